#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { FixtureError } from "../fixtures/fixture-error";
import { version } from "../package.json";
import { banner } from "./banner";
import { LOG_LEVELS, type LogLevel } from "./logger";
import { listen } from "./server";

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
}

const EXIT_USAGE = 2;

void run();

async function run(): Promise<void> {
  try {
    await commandLine().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    process.stderr.write(`linq-mock: ${explain(error)}\n`);
    process.exitCode = EXIT_USAGE;
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
    .description("serve the mock")
    .helpOption("-h, --help")
    .action((flags: StartFlags) => start(flags));
  for (const option of startOptions()) command.addOption(option);
  return program;
}

function startOptions(): Option[] {
  return [
    flag("--port <n>", "port to listen on; 0 takes any free one").default(4010).argParser(parsePort),
    flag("--host <address>", "address to listen on").default("127.0.0.1"),
    flag("--fixtures <file|folder>", "the world to serve (default: the shipped one)"),
    repeatable("--token <t>", "accept only this token, repeatable (default: any)"),
    repeatable("--cors <origin|off>", "let pages of this origin read answers, beside local ones; repeatable"),
    repeatable("--allow-host <name>", "serve requests to this host name, too; repeatable"),
    flag("--clock <real|time>", "the machine's clock, or an ISO 8601 time at which it stands still")
      .default("real")
      .argParser(parseClock),
    flag("--log <level>", "how much to log").choices(LOG_LEVELS).default("info"),
    flag("--json-log", "log JSON records on stdout"),
    flag("--control-token <t>", "required by /__mock; needed there beyond loopback"),
  ];
}

/** Every flag can be set as an environment variable, too. */
function flag(flags: string, description: string): Option {
  const option = new Option(flags, description);
  return option.env(`LINQ_MOCK_${option.name().toUpperCase().replaceAll("-", "_")}`);
}

function repeatable(flags: string, description: string): Option {
  return flag(flags, description)
    .default([])
    .argParser((value: string, previous: readonly string[]) => [...previous, value]);
}

async function start({ token, allowHost, ...flags }: StartFlags): Promise<void> {
  const { server, mock } = await listen({ ...flags, tokens: token, allowHosts: allowHost });
  mock.log.info(banner(server.url, mock.records));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(1));
      void server.stop().then(() => process.exit(0));
    });
  }
}

function parsePort(value: string): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  return Number(value);
}

function parseClock(value: string): string {
  if (value !== "real" && Number.isNaN(Date.parse(value)))
    throw new InvalidArgumentError("It is real, or a time such as 2025-05-21T15:30:00-05:00.");
  return value;
}

function explain(error: unknown): string {
  if (error instanceof FixtureError) return `cannot serve these fixtures: ${error.message}`;
  if (error instanceof CommanderError) return error.message.replace(/^error: /, "").replaceAll("\n", " ");
  if (!(error instanceof Error)) return String(error);
  const { code, port, address } = error as Error & { code?: string; port?: number; address?: string };
  switch (code) {
    case "EADDRINUSE":
      return `port ${port} is in use; choose another with --port, or let --port 0 take any free one`;
    case "EACCES":
      return `port ${port} may not be used by this user; choose one above 1023 with --port`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `--host ${address ?? ""} is no address of this machine`;
    default:
      return error.stack ?? error.message;
  }
}
