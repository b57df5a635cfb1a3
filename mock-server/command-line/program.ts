import { Command, CommanderError } from "commander";
import { version } from "../../package.json";
import { addProxyCommand } from "../proxy/command";
import { addReplayCommand } from "../replay/command";
import { addContractCommand } from "./contract/command";
import { addFixturesCommand } from "./fixtures";
import { type StartFlags, start, startOptions } from "./start";

export const EXIT_USAGE = 2;

/** Every command with its flags. */
export function commandLine(): Command {
  const program = new Command("linq-mock")
    .description("A local stand-in for the Linq Partner API V2 (iMessage, RCS, SMS).")
    .version(version)
    .exitOverride()
    .configureOutput({ writeErr: () => {} }); // cli.ts says it, in one sentence
  const command = program
    .command("start", { isDefault: true })
    .description("serve the mock; this is what linq-mock does without a command")
    .allowExcessArguments()
    .action((flags: StartFlags, { args: [unknown] }: Command) => {
      if (unknown !== undefined)
        throw new CommanderError(EXIT_USAGE, "unknown", `unknown command '${unknown}'; see linq-mock --help`);
      return start(flags);
    });
  for (const option of startOptions()) command.addOption(option);
  addFixturesCommand(program);
  addContractCommand(program);
  addProxyCommand(program);
  addReplayCommand(program);
  return program.addHelpText("after", () => `\n${command.helpInformation()}`);
}
