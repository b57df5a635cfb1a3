import { type Command, Option } from "commander";
import { flag, parseHostName, parseText, repeatable } from "../command-line/flags";

/** `linq-mock exam`. */
export function addExamCommand(program: Command): void {
  program
    .command("exam")
    .description(
      "send a receiver of webhooks what real life sends, which it may write into its data, and grade it; exit code 1 when it fails something",
    )
    .argument("<url>", "where it takes webhooks")
    .addOption(flag("--secret <s>", "what its webhooks are signed with").argParser(parseText))
    .addOption(
      flag("--api-version <name>", "the version of the API whose webhooks it takes").default("v2").argParser(parseText),
    )
    .addOption(new Option("--version <name>", "the same").argParser(parseText).hideHelp())
    .addOption(
      repeatable("--allow-webhook-host <name>", "send webhooks to this host, beside this machine; repeatable", parseHostName),
    )
    .addOption(new Option("--json", "print the exam as JSON"))
    .action(async (url, flags) => (await import("./take-exam")).runExam(url, flags));
}
