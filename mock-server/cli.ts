#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { FixtureError } from "../fixtures/fixture-error";
import { version } from "../package.json";
import { banner } from "./banner";
import { isHostName, isOrigin } from "./check-options";
import { LOG_LEVELS, type LogLevel } from "./logger";
import { listen } from "./server";
import { readClockSetting } from "./state/clock";

interface StartFlags {
  readonly port: number;
  readonly host: string;
  readonly fixtures?: string;
  readonly token: readonly string[];
  readonly cors: readonly string[];
  readonly allowHost: readonly string[];
  readonly clock: string;
  readonly log: LogLevel;
  readonly jsonLog?: boolean;
  readonly controlToken?: string;
  readonly seed?: number;
  readonly allowWebhookHost: readonly string[];
  readonly rateLimits: boolean;
}

const EXIT_USAGE = 2;
const ENVIRONMENT_PREFIX = "LINQ_MOCK_";

void run();

async function run(): Promise<void> {
  dropUnsetVariables();
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {}); // whoever read it has gone; the mock serves on
  try {
    await commandLine().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    process.stderr.write(`linq-mock: ${explain(error)}\n`);
    process.exitCode = EXIT_USAGE;
  }
}

/** A variable that is empty, or a switch that is off, is the same as none. */
function dropUnsetVariables(): void {
  for (const [name, value] of Object.entries(process.env)) {
    const isOff = name === `${ENVIRONMENT_PREFIX}JSON_LOG` && /^(false|0|off|no)$/i.test(value ?? "");
    if (name.startsWith(ENVIRONMENT_PREFIX) && (value === "" || isOff)) delete process.env[name];
  }
}

function commandLine(): Command {
  const program = new Command("linq-mock")
    .description("A local stand-in for the Linq Partner API V2 (iMessage, RCS, SMS).")
    .version(version)
    .exitOverride()
    .configureOutput({ writeErr: () => {} }); // run() says it, in one sentence
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
  return program.addHelpText("after", () => `\n${command.helpInformation()}`);
}

function startOptions(): Option[] {
  return [
    flag("--port <n>", "port to listen on; 0 takes any free one").default(4010).argParser(parsePort),
    flag("--host <address>", "address to listen on").default("127.0.0.1").argParser(parseText),
    flag("--fixtures <file|folder>", "the world to serve, instead of the shipped one").argParser(parseText),
    repeatable("--token <t>", "accept only this token; repeatable", parseText),
    repeatable("--cors <origin|off>", "let pages of this origin read answers, beside local ones; repeatable", parseOrigin),
    repeatable("--allow-host <name>", "serve requests to this host name, too; repeatable", parseHostName),
    flag("--clock <real|time>", "the machine's clock, or an ISO 8601 time at which it stands still")
      .default("real")
      .argParser(parseClock),
    flag("--seed <n>", "a number that event ids follow from, so that they are the same each time").argParser(parseSeed),
    repeatable("--allow-webhook-host <name>", "deliver webhooks to this host, too; repeatable", parseHostName),
    flag("--rate-limits <on|off>", "off answers every availability check").default(true, "on").argParser(parseSwitch),
    flag("--log <level>", "how much to log").choices(LOG_LEVELS).default("info"),
    flag("--json-log", "log JSON records on stdout"),
    flag("--control-token <t>", "required by /__mock; needed there beyond loopback").argParser(parseText),
  ];
}

/** Every flag can be set as an environment variable, too. */
function flag(flags: string, description: string): Option {
  const option = new Option(flags, description);
  return option.env(`${ENVIRONMENT_PREFIX}${option.name().toUpperCase().replaceAll("-", "_")}`);
}

/** A flag that may be given more than once; values may also stand in one, with commas between. */
function repeatable(flags: string, description: string, parse: (value: string) => string): Option {
  const collect = (value: string, previous: readonly string[]): string[] => [
    ...previous,
    ...value.split(",").map((item) => parse(item.trim())),
  ];
  return flag(flags, description).default([], "none named").argParser(collect);
}

async function start({ token, allowHost, allowWebhookHost, ...flags }: StartFlags): Promise<void> {
  const { server, mock } = await listen({
    ...flags,
    tokens: token,
    allowHosts: allowHost,
    allowWebhookHosts: allowWebhookHost,
  });
  mock.log.announce(
    banner({
      url: server.url,
      token: token.length === 0 ? "any-token" : "sandbox-demo",
      records: mock.records,
      controlClosed: mock.controlClosed,
    }),
    { version, url: server.url },
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(1));
      void server.stop().then(() => process.exit(0));
    });
  }
}

function parseText(value: string): string {
  if (value.trim() === "") throw new InvalidArgumentError("It is not blank.");
  return value;
}

function parsePort(value: string): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  return Number(value);
}

function parseHostName(value: string): string {
  if (isHostName(value)) return value;
  throw new InvalidArgumentError("A host name has no scheme, no port and no path.");
}

function parseSeed(value: string): number {
  if (!/^-?\d{1,15}$/.test(value)) throw new InvalidArgumentError("A seed is a whole number.");
  return Number(value);
}

function parseSwitch(value: string): boolean {
  if (!/^(on|off)$/.test(value)) throw new InvalidArgumentError("It is on or off.");
  return value === "on";
}

function parseOrigin(value: string): string {
  if (isOrigin(value)) return value;
  throw new InvalidArgumentError("An origin is a scheme, a host and perhaps a port, such as https://app.example:8443.");
}

function parseClock(value: string): string {
  try {
    readClockSetting(value);
    return value;
  } catch {
    throw new InvalidArgumentError("A clock is real, or a time such as 2025-05-21T15:30:00-05:00.");
  }
}

function explain(error: unknown): string {
  if (error instanceof FixtureError) return `cannot serve these fixtures: ${error.message}`;
  if (error instanceof CommanderError) return error.message.replace(/^error: /, "").replaceAll("\n", " ");
  if (!(error instanceof Error)) return String(error);
  const { code, port, address, hostname } = error as Error & {
    code?: string;
    port?: number;
    address?: string;
    hostname?: string;
  };
  switch (code) {
    case "EADDRINUSE":
      return `port ${port} is in use; choose another with --port, or let --port 0 take any free one`;
    case "EACCES":
      return `port ${port} may not be used by this user; choose one above 1023 with --port`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `--host ${hostname ?? address} is no address of this machine`;
    default:
      return error.stack ?? error.message;
  }
}
