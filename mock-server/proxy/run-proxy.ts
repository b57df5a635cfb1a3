import { kindsAllowed } from "../../contracts/client/request-kinds";
import { API_PREFIX, API_PREFIX_V3 } from "../../contracts/client/url-and-token";
import { version } from "../../package.json";
import { explainFixtures } from "../command-line/input";
import { Recorder, type RecordingCounts } from "../recording/recorder";
import { stopSignal } from "../server/listen";
import { importLogger, type Logger, type LogLevel } from "../server/logger";
import { familiarUrl, isLoopback } from "../server/loopback";
import { amount } from "../server/printable-text";
import type { ProxiedExchange } from "./call";
import { openFallback } from "./mock-fallback";
import { type ProxyServer, type ProxyServerOptions, startProxy } from "./server";
import { describeTally } from "./summary";

/** The flags of `proxy`, as commander reads them. */
export interface ProxyFlags {
  readonly target?: string;
  readonly port: number;
  readonly host: string;
  readonly allow: readonly string[];
  readonly recipient: readonly string[];
  readonly rate?: number;
  readonly timeout?: number;
  readonly strict?: boolean;
  /** A file that is not there yet. */
  readonly record?: string;
  readonly fallback?: boolean;
  readonly fixtures?: readonly string[];
  readonly cors: readonly string[];
  readonly allowHost: readonly string[];
  readonly log: LogLevel;
  readonly jsonLog?: boolean;
}

/** Serves the proxy until a signal ends it, and says what it has seen. Sets the exit code: 0, or 1 when there was a violation. */
export async function runProxy(flags: ProxyFlags, target: string): Promise<void> {
  const log = await importLogger(flags);
  const opening = flags.fallback ? openFallback(flags.fixtures) : undefined;
  const mock = await opening?.catch((error: unknown) => {
    throw explainFixtures(error, flags.fixtures);
  });
  try {
    const recorder = flags.record === undefined ? undefined : openRecorder(flags.record, log);
    const onExchange = recorder && ((exchange: ProxiedExchange) => recorder.record(exchange));
    const proxy = await open(flags, { target, fallback: mock?.fallback, log, onExchange }).catch((error: unknown) => {
      recorder?.discard();
      throw error;
    });
    await stopSignal();
    await proxy.stop();
    const out = flags.jsonLog ? process.stderr : process.stdout;
    out.write(describeTally(proxy.tally, { target: proxy.target, strict: flags.strict === true }));
    if (recorder) out.write(describeRecording(flags.record ?? "", recorder.close()));
    process.exitCode = proxy.tally.violations > 0 ? 1 : 0;
  } finally {
    await mock?.server.stop();
  }
}

async function open(
  { allow, recipient, timeout, allowHost, ...flags }: ProxyFlags,
  { target, fallback, log, onExchange }: Pick<ProxyServerOptions, "target" | "fallback" | "log" | "onExchange">,
): Promise<ProxyServer> {
  const token = (process.env["LINQ_TOKEN"] ?? "").trim() || undefined;
  const proxy = await startProxy({
    ...flags,
    target,
    fallback,
    onExchange,
    token,
    log,
    allow: kindsAllowed(allow),
    recipients: recipient,
    timeoutMs: timeout === undefined ? undefined : timeout * 1000,
    allowHosts: allowHost,
  });
  const allowed = [...new Set(allow)].join(",");
  const what = allowed === "" ? "GET and HEAD alone pass" : `GET, HEAD and what --allow ${allowed} allows pass`;
  const lines = [
    `linq-mock ${version}: proxy at ${familiarUrl(proxy.url, flags.host)}${API_PREFIX} and ${API_PREFIX_V3} to ${proxy.target}; ${what}`,
    ...(token === undefined ? [] : ["whoever sends a token uses that of LINQ_TOKEN instead"]),
    ...(flags.record === undefined ? [] : [`what passes is recorded in ${flags.record}`]),
    ...(fallback ? [`a mock answers what it knows; its own API is at ${fallback.url}/__mock`] : []),
    ...(isLoopback(flags.host) ? [] : ["other machines can reach this proxy, and through it the account"]),
  ];
  log.announce(lines.join("\n"), { version, url: proxy.url, target: proxy.target });
  return proxy;
}

/** Makes the file of a recording. What ends it early is told in the log. @throws TargetError when it cannot be made */
function openRecorder(file: string, log: Logger): Recorder {
  return new Recorder(file, { creatorVersion: version, onEnd: (reason) => log.warn(reason) });
}

/** What a recording holds, in a line for people. */
function describeRecording(file: string, { recorded, leftOut, problem }: RecordingCounts): string {
  const calls = amount(recorded, "call");
  const others = leftOut === 0 ? "" : `; ${leftOut} could not be${problem === undefined ? "" : `: ${problem}`}`;
  return `recorded   ${calls} in ${file}${others}\n`;
}
