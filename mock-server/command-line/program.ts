import { Command, CommanderError } from "commander";
import { nearest } from "../../contracts/spelling-suggestion";
import { version } from "../../package.json";
import { addExamCommand } from "../exam/command";
import { addProxyCommand } from "../proxy/command";
import { addReplayCommand } from "../replay/command";
import { addContractCommand } from "./contract/command";
import { addFixturesCommand } from "./fixtures";
import { readSwitches } from "./flags";
import { type StartFlags, start, startOptions } from "./start";

export const EXIT_USAGE = 2;

/** Every command with its flags. */
export function commandLine(): Command {
  const program = new Command("linq-mock")
    .description("A local stand-in for the Linq Partner API V2 and V3 (iMessage, RCS, SMS).")
    .version(version)
    .hook("preAction", (_, command) => {
      refuseSwallowedFlags(command, program);
      readSwitches(command);
    })
    .enablePositionalOptions() // --version after a command is no question for ours, which would end it well
    .configureOutput({ writeErr: () => {} }); // main.ts says it, in one sentence
  const command = program
    .command("start", { isDefault: true })
    .description("serve the mock; this is what linq-mock does without a command")
    .allowExcessArguments()
    .action((flags: StartFlags, { args: [unknown] }: Command) => {
      if (unknown !== undefined) throw new CommanderError(EXIT_USAGE, "unknown", unknownCommand(unknown, program));
      return start(flags);
    });
  for (const option of startOptions()) command.addOption(option);
  addFixturesCommand(program);
  addContractCommand(program);
  addExamCommand(program);
  addProxyCommand(program);
  addReplayCommand(program);
  sayWhereHelpIs(program, program.name(), program);
  return program.addHelpText("after", () => `\n${command.helpInformation()}`);
}

/** Commander takes a flag for the value of the one before it that was given none. */
function refuseSwallowedFlags({ options }: Command, { rawArgs }: Command & { readonly rawArgs?: readonly string[] }): void {
  for (const [i, given] of (rawArgs ?? []).entries()) {
    const next = rawArgs?.[i + 1];
    if (!options.some(({ long, required }) => required && long === given)) continue;
    if (options.some(({ long }) => long === next))
      throw new CommanderError(EXIT_USAGE, "valueless", `${given} has no value: ${next} is a flag of its own`);
  }
}

function unknownCommand(name: string, program: Command): string {
  const meant = nearest(
    name,
    program.commands.map((known) => known.name()),
  );
  if (meant === undefined && process.env["npm_lifecycle_event"] !== undefined)
    return `unknown command '${name}'; npm passes flags on after --: npm start -- ${/^\d+$/.test(name) ? `--port ${name}` : "--port 4391"}`;
  if (/^\d+$/.test(name)) return `unknown command '${name}'; did you mean --port ${name}?`;
  return `unknown command '${name}'; ${meant === undefined ? "see linq-mock --help" : `did you mean ${meant}?`}`;
}

/** Of each command, to whoever gives it a flag that it does not have. */
function sayWhereHelpIs(command: Command, path: string, program: Command): void {
  command.exitOverride((error) => {
    const [first = "-", second = ""] = program.args;
    if (error.code === "commander.help" && error.exitCode > 0)
      throw new CommanderError(error.exitCode, error.code, unknownCommand(second, program)); // help of what is none
    if (error.code !== "commander.unknownOption") throw error;
    const isCommand = first.startsWith("-") || program.commands.some((known) => known.name() === first); // misspelt, it is taken for what is given to start
    const message = isCommand ? `${error.message}; see ${path} --help` : unknownCommand(first, program);
    throw new CommanderError(error.exitCode, error.code, message);
  });
  for (const sub of command.commands) sayWhereHelpIs(sub, `${path} ${sub.name()}`, program);
}
