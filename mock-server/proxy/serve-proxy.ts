import { once } from "node:events";
import { API_PREFIX } from "../../contracts/client/address";
import { version } from "../../package.json";
import { CommandError } from "../command-line/command-error";
import { kindsAllowed } from "../command-line/contract/contract-options";
import { createLogger } from "../server/logger";
import { isLoopback } from "../server/loopback";
import { describeRecording } from "./describe-recording";
import { openFallback } from "./open-fallback";
import { openRecorder } from "./open-recorder";
import type { ProxiedExchange } from "./proxied-exchange";
import { type ProxyFlags, requireTarget } from "./proxy-flags";
import type * as ProxyKit from "./proxy-kit";
import type { ProxyServer, ProxyServerOptions } from "./proxy-server";

/** Serves the proxy until a signal ends it, and says what it has seen. Sets the exit code: 0, or 1 when there was a violation. */
export async function serveProxy(flags: ProxyFlags): Promise<void> {
  const target = requireTarget(flags);
  const kit = require("./proxy-kit") as typeof ProxyKit; // large, and of no use to a mock
  const log = createLogger(flags.log, flags.jsonLog ? "json" : "text");
  const mock = flags.fallback ? await openFallback(flags.fixtures) : undefined;
  try {
    const recorder = flags.record === undefined ? undefined : openRecorder(flags.record, log);
    const onExchange = recorder && ((exchange: ProxiedExchange) => recorder.record(exchange));
    const proxy = await open(kit, flags, { target, fallback: mock?.fallback, log, onExchange }).catch((error: unknown) => {
      recorder?.discard();
      throw error;
    });
    await stopSignal();
    await proxy.stop();
    const out = flags.jsonLog ? process.stderr : process.stdout;
    out.write(kit.describeTally(proxy.tally, { target: proxy.target, strict: flags.strict === true }));
    if (recorder) out.write(describeRecording(flags.record ?? "", recorder.close()));
    process.exitCode = proxy.tally.violations > 0 ? 1 : 0;
  } catch (error) {
    // The kit's own class is another one in its own bundle.
    throw error instanceof Error && error.name === "TargetError" ? new CommandError(error.message) : error;
  } finally {
    await mock?.server.stop();
  }
}

async function open(
  kit: typeof ProxyKit,
  { allow, recipient, timeout, allowHost, ...flags }: ProxyFlags,
  { target, fallback, log, onExchange }: Pick<ProxyServerOptions, "target" | "fallback" | "log" | "onExchange">,
): Promise<ProxyServer> {
  const token = (process.env["LINQ_TOKEN"] ?? "").trim() || undefined;
  const proxy = await kit.startProxy({
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
    `linq-mock ${version}: proxy at ${proxy.url.replace("//127.0.0.1:", "//localhost:")}${API_PREFIX} to ${proxy.target}; ${what}`,
    ...(token === undefined ? [] : ["whoever sends a token uses that of LINQ_TOKEN instead"]),
    ...(flags.record === undefined ? [] : [`what passes is recorded in ${flags.record}`]),
    ...(fallback ? [`a mock answers what it knows; its own API is at ${fallback.url}/__mock`] : []),
    ...(isLoopback(flags.host) ? [] : ["other machines can reach this proxy, and through it the account"]),
  ];
  log.announce(lines.join("\n"), { version, url: proxy.url, target: proxy.target });
  return proxy;
}

/** Resolves on the first signal; the second ends the process at once. */
async function stopSignal(): Promise<void> {
  const first = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => (first.signal.aborted ? process.exit(1) : first.abort()));
  }
  await once(first.signal, "abort");
}
