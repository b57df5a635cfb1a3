import type { Option } from "commander";
import { shippedSeed } from "../../fixtures/seeds";
import { version } from "../../package.json";
import { banner } from "../banner";
import { LOG_LEVELS, type LogLevel } from "../logger";
import { listen } from "../server";
import { CommandError } from "./command-error";
import {
  flag,
  parseClock,
  parseHostName,
  parseOrigin,
  parsePort,
  parseSeed,
  parseSwitch,
  parseText,
  repeatable,
} from "./flags";
import { ProgressLine } from "./progress-line";

export interface StartFlags {
  readonly port: number;
  readonly host: string;
  readonly fixtures?: string;
  readonly watch?: boolean;
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

export function startOptions(): Option[] {
  return [
    flag("--port <n>", "port to listen on; 0 takes any free one").default(4010).argParser(parsePort),
    flag("--host <address>", "address to listen on").default("127.0.0.1").argParser(parseText),
    flag("--fixtures <file|folder|name>", "the world to serve: your own, or a shipped one").argParser(parseText),
    flag("--watch", "load a changed fixture again, if it can be served"),
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

/** Serves the mock until a signal ends it. */
export async function start({ token, allowHost, allowWebhookHost, ...flags }: StartFlags): Promise<void> {
  if (flags.watch && !flags.fixtures) throw new CommandError("--watch needs --fixtures <file|folder>");
  if (flags.watch && shippedSeed(flags.fixtures)) {
    throw new CommandError(`--watch needs a file or folder; the shipped world ${flags.fixtures} does not change`);
  }
  const progress = new ProgressLine();
  const options = { ...flags, tokens: token, allowHosts: allowHost, allowWebhookHosts: allowWebhookHost };
  const { server, mock } = await listen(options, progress.show).finally(() => progress.end());
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
