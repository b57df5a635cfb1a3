import { type Command, InvalidArgumentError, Option } from "commander";
import { kindsAllowed } from "../../../contracts/client/request-kinds";
import { flag, parsePort, parseRate, parseSeed, parseText, repeatable } from "../flags";

/** `linq-mock contract`. */
export function addContractCommand(program: Command): void {
  program
    .command("contract")
    .description("ask a server whether it behaves as the contract says; without --target, a mock of its own")
    .addOption(
      flag("--target <url>", "where the server is; reading is all that is done there, unless --allow says more").argParser(
        parseText,
      ),
    )
    .addOption(flag("--line <number>", "the own line to speak of, instead of the account's first").argParser(parseText))
    .addOption(flag("--chat <id>", "a chat of the line to ask about, instead of any").argParser(parseId))
    .addOption(flag("--contact <id>", "a contact to ask about, instead of any").argParser(parseId))
    .addOption(repeatable("--allow <writes|visible|send>", "what may be done beside reading; repeatable", parseAllowed))
    .addOption(repeatable("--recipient <number>", "who may be sent messages, and nobody else; repeatable", parseText))
    .addOption(flag("--spare-line <number>", "a line whose forwarding may be changed for a moment").argParser(parseText))
    .addOption(new Option("--dry-run", "say what would be asked, and ask nothing"))
    .addOption(
      flag(
        "--rate <n>",
        "requests in a second (default: 4, up to 10 as the answers allow; on this machine, as fast as it answers)",
      ).argParser(parseRate),
    )
    .addOption(flag("--timeout <seconds>", "how long an answer may take (default: 30)").argParser(parseRate))
    .addOption(
      flag("--webhook-url <url>", "where the target reaches the receiver of this run, if that is not this machine").argParser(
        parseText,
      ),
    )
    .addOption(flag("--webhook-port <n>", "the port on which that receiver listens (default: any)").argParser(parsePort))
    .addOption(flag("--baseline <file>", "deviations that are known, and do not count").argParser(parseText))
    .addOption(new Option("--against <mock>", "compare with a mock that holds what is read from the target").choices(["mock"]))
    .addOption(new Option("--strict", "what is only assumed counts as broken, and what the contract does not know"))
    .addOption(
      repeatable("--report <format=file>", "write a report, too: json, junit, github or html; repeatable", parseReport),
    )
    .addOption(flag("--lines <n|all>", "how many lines are printed at most").default(60).argParser(parseLines))
    .addOption(
      flag("--facts <file>", "write what was found out about what is assumed, without private values").argParser(parseText),
    )
    .addOption(new Option("--show-values", "show numbers, names and texts in reports, which then are not to be passed on"))
    .addOption(flag("--har <file>", "check a recording instead of a server").argParser(parseText))
    .addOption(new Option("--sweep", "remove what earlier runs have left on the target, and do nothing else"))
    .addOption(
      flag("--ledger <file>", "where a run notes what it makes, until it has removed it")
        .default(".linq-mock-contract.ledger")
        .argParser(parseText),
    )
    .addOption(new Option("--seed <n>", "which of several chats and contacts are asked about").default(1).argParser(parseSeed))
    .addOption(new Option("--token-stdin", "read the token from stdin, instead of from the variable LINQ_TOKEN"))
    .action(async (flags) => (await import("./ask")).askContract(flags));
}

/** The flags of `contract`, as commander reads them. */
export interface ContractFlags {
  readonly target?: string;
  readonly line?: string;
  readonly chat?: number;
  readonly contact?: number;
  readonly allow: readonly string[];
  readonly recipient: readonly string[];
  readonly spareLine?: string;
  readonly dryRun?: boolean;
  readonly rate?: number;
  readonly timeout?: number;
  readonly webhookUrl?: string;
  readonly webhookPort?: number;
  readonly baseline?: string;
  readonly against?: "mock";
  readonly strict?: boolean;
  readonly report: readonly string[];
  readonly lines: number;
  readonly facts?: string;
  readonly showValues?: boolean;
  readonly har?: string;
  readonly sweep?: boolean;
  readonly ledger: string;
  readonly seed: number;
  readonly tokenStdin?: boolean;
}

const FORMATS = "json, junit, github, html";

export function parseAllowed(value: string): string {
  if (kindsAllowed([value]).length === 0) throw new InvalidArgumentError("It is writes, visible or send.");
  return value;
}

function parseId(value: string): number {
  if (!/^[1-9]\d{0,15}$/.test(value)) throw new InvalidArgumentError("An id is a positive whole number.");
  return Number(value);
}

function parseLines(value: string): number {
  if (value === "all") return Number.POSITIVE_INFINITY;
  if (!/^[1-9]\d{0,5}$/.test(value)) throw new InvalidArgumentError("It is a positive whole number, or all.");
  return Number(value);
}

function parseReport(value: string): string {
  if (!/^(json|junit|github|html)=./.test(value)) {
    throw new InvalidArgumentError(`It is a format, an equals sign and a file: junit=report.xml. The formats: ${FORMATS}.`);
  }
  return value;
}
