import { type Command, Option } from "commander";
import { parseAllowed } from "../command-line/contract/command";
import {
  fixturesFlag,
  flag,
  hostFlag,
  parseHostName,
  parseOrigin,
  parseRate,
  parseText,
  portFlag,
  repeatable,
} from "../command-line/flags";
import { CommandError } from "../command-line/input";
import { LOG_LEVELS } from "../server/logger";
import type { ProxyFlags } from "./run-proxy";

/** `linq-mock proxy`. */
export function addProxyCommand(program: Command): void {
  program
    .command("proxy")
    .description("pass requests on to a server, and check both directions against the contract")
    .addOption(
      flag("--target <url>", "where the server is; reading is all that reaches it, unless --allow says more").argParser(
        parseText,
      ),
    )
    .addOption(portFlag())
    .addOption(hostFlag())
    .addOption(repeatable("--allow <writes|visible|send>", "what may be done beside reading; repeatable", parseAllowed))
    .addOption(repeatable("--recipient <number>", "who may be reached, and nobody else; repeatable", parseText))
    .addOption(flag("--rate <n>", "requests to the target in a second (default: as many as come)").argParser(parseRate))
    .addOption(flag("--timeout <seconds>", "how long an answer may take (default: 30)").argParser(parseRate))
    .addOption(
      new Option("--strict", "what is only assumed of an answer, and what the contract does not know in it, is a violation"),
    )
    .addOption(
      flag("--record <file.har>", "write what passes into a new HAR file, with nothing of anybody").argParser(parseText),
    )
    .addOption(new Option("--fallback", "a mock answers what it knows, and the target the rest"))
    .addOption(fixturesFlag("the world of that mock: your own, or a shipped one"))
    .addOption(repeatable("--cors <origin|off>", "let pages of this origin ask, beside local ones; repeatable", parseOrigin))
    .addOption(repeatable("--allow-host <name>", "serve requests to this host name, too; repeatable", parseHostName))
    .addOption(flag("--log <level>", "how much to log; warn is violations and refusals").choices(LOG_LEVELS).default("info"))
    .addOption(new Option("--json-log", "log JSON records on stdout"))
    .action(async (flags: ProxyFlags, command: Command) => {
      const isAsked = command.getOptionValueSource("fixtures") === "cli"; // as a variable, it may be meant for a mock
      if (flags.fixtures !== undefined && isAsked && !flags.fallback)
        throw new CommandError("--fixtures is the world of the mock; add --fallback");
      await (await import("./run-proxy")).runProxy(flags, requireTarget(flags));
    });
}

/** The target that flags name. @throws CommandError when they say nothing together */
function requireTarget({ target, allow, recipient }: ProxyFlags): string {
  if (target === undefined) throw new CommandError("there is nothing to pass requests on to; name it with --target <url>");
  const reaches = allow.includes("send") || allow.includes("visible");
  if (reaches && recipient.length === 0) {
    throw new CommandError("--allow send and --allow visible need somebody to be reached; name each with --recipient");
  }
  if (recipient.length > 0 && allow.length === 0) {
    throw new CommandError("--recipient names somebody who may be reached, which needs --allow writes, visible or send");
  }
  return target;
}
