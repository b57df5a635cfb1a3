import { type Command, Option } from "commander";
import { nearest } from "../../contracts/spelling-suggestion";
import type * as Actions from "./fixture-actions";
import { flag, parseCount, parseRate, parseSeed, parseText, repeatable } from "./flags";
import { CommandError } from "./input";

/** `linq-mock fixtures`. */
export function addFixturesCommand(program: Command): void {
  const fixtures = program
    .command("fixtures")
    .description("write, check and read the worlds that the mock serves")
    .allowExcessArguments()
    .action(refuseUnknown);
  for (const add of [addValidate, addList, addGenerate, addExport, addPull]) add(fixtures);
}

function refuseUnknown(_flags: object, command: Command): never {
  const names = command.commands.map((known) => known.name());
  const [unknown] = command.args;
  if (unknown === undefined) throw new CommandError(`linq-mock fixtures needs one of ${names.join(", ")}`);
  const meant = nearest(unknown, names);
  const remedy = meant === undefined ? `there are ${names.join(", ")}` : `did you mean ${meant}?`;
  throw new CommandError(`unknown command 'fixtures ${unknown}'; ${remedy}`);
}

function addValidate(fixtures: Command): void {
  fixtures
    .command("validate")
    .description("check fixture files or folders, each as the world that it would be; exit code 1 when something is wrong")
    .argument("<path...>", "files, folders, or names of shipped worlds")
    .addOption(new Option("--together", "check them as one world, in which later ones add to earlier ones"))
    .addOption(new Option("--json", "print the problems as JSON"))
    .addOption(new Option("--github", "print the problems as annotations of GitHub Actions").conflicts("json"))
    .action(async (paths, flags) => (await actions()).validateFixtures(paths, flags));
}

function addList(fixtures: Command): void {
  fixtures
    .command("list")
    .description("the shipped worlds, which --fixtures takes by name")
    .option("--json", "print them as JSON")
    .action(async (flags) => (await actions()).listFixtures(flags));
}

function addGenerate(fixtures: Command): void {
  fixtures
    .command("generate")
    .description("make up a world; the same flags give the same bytes everywhere")
    .addOption(
      new Option(
        "--profile <name>",
        "what kind of world: organization, busy-inbox (many unread) or edge (as edge-cases; fixed counts)",
      ).argParser(parseText),
    )
    .addOption(flag("--chats <n>", "how many chats, up to 1,000,000 (default: 30)").argParser(parseCount))
    .addOption(flag("--messages <n>", "how many messages, in all chats (default: 13 to a chat)").argParser(parseCount))
    .addOption(flag("--contacts <n>", "how many contacts (default: 2 to 3 chats)").argParser(parseCount))
    .addOption(
      new Option("--lines <n>", "how many lines of the organization (default: 1 to 50, by the chats)").argParser(parseCount),
    )
    .addOption(new Option("--seed <n>", "which of all such worlds (default: 1)").argParser(parseSeed))
    .addOption(repeatable("--locale <code>", "where people are from: en, es, de, fr; repeatable", parseText))
    .addOption(
      flag("--until <time>", "the ISO 8601 time of the newest message; without it 21 November 2025").argParser(parseText),
    )
    .addOption(out())
    .addOption(force())
    .action(async (flags) => (await actions()).generateFixtures(flags));
}

function addExport(fixtures: Command): void {
  fixtures
    .command("export")
    .description("write the world of a running mock as a fixture")
    .addOption(flag("--url <url>", "where the mock is").default("http://localhost:4010").argParser(parseText))
    .addOption(new Option("--sandbox <name>", "which sandbox").default("default").argParser(parseText))
    .addOption(flag("--control-token <t>", "what the mock was started with").argParser(parseText))
    .addOption(out())
    .addOption(force())
    .action(async (flags) => (await actions()).exportFixtures(flags));
}

function addPull(fixtures: Command): void {
  fixtures
    .command("pull")
    .description(
      "read an account of a real server, with GET alone, or a recording of it, into a fixture without anything personal",
    )
    .addOption(flag("--target <url>", "where the server is").argParser(parseText))
    .addOption(flag("--har <file>", "a recording to read instead of a server").argParser(parseText))
    .addOption(repeatable("--line <number>", "read the chats of this line, instead of all; repeatable", parseText))
    .addOption(flag("--out <file>", "the .json or .yaml file to write").makeOptionMandatory().argParser(parseText))
    .addOption(force())
    .addOption(flag("--rate <n>", "requests in a second").default(4).argParser(parseRate))
    .addOption(new Option("--token-stdin", "read the token from stdin, instead of from the variable LINQ_TOKEN"))
    .addOption(new Option("--no-anonymize", "keep names, numbers and texts as they are"))
    .addOption(new Option("--restart", "begin again, instead of going on where the last run ended"))
    .action(async (flags) => (await import("./pull")).pullFixtures(flags));
}

/** They bring what reads and makes up fixtures, which a start does without. */
function actions(): Promise<typeof Actions> {
  return import("./fixture-actions");
}

function out(): Option {
  return flag("--out <file>", "a .json or .yaml file to write, instead of JSON on stdout").argParser(parseText);
}

function force(): Option {
  return new Option("--force", "overwrite the file, if it is there");
}
