import { TargetError } from "../../contracts/client/errors";
import { listen } from "../server/listen";
import type { Logger } from "../server/logger";
import { isLoopback, urlHost } from "../server/loopback";
import { API_VERSIONS } from "../versions";
import { createProxyApp } from "./app";
import { type ProxyOptions, Relay } from "./relay";
import type { Tally } from "./summary";

export interface ProxyServerOptions extends ProxyOptions {
  /** Default: 0, which takes any free port. */
  readonly port?: number;
  /** The address to listen on. Default: `localhost`, which is 127.0.0.1 and ::1. */
  readonly host?: string;
  /** Origins of web pages that may ask, beside pages of this machine; `off` allows none, `*` all. */
  readonly cors?: readonly string[];
  /** Host names that are served beside those of this machine. */
  readonly allowHosts?: readonly string[];
  readonly log: Logger;
}

export interface ProxyServer {
  /** Without a slash at the end; `/api/partner/v2` and `/api/partner/v3` are below it. */
  readonly url: string;
  /** The target, as requests reach it. */
  readonly target: string;
  readonly tally: Tally;
  /** Finishes what is in flight, for up to 8 s, and stops listening. */
  stop(): Promise<void>;
}

/**
 * Starts a proxy that checks what passes it.
 *
 * @throws TargetError when an option cannot be what is meant; a system error, such as EADDRINUSE, when it cannot listen
 */
export async function startProxy(options: ProxyServerOptions): Promise<ProxyServer> {
  const { host = "localhost", port = 0, cors = [], allowHosts = [], log } = options;
  const relay = new Relay(options, (what, error) => log.error(`linq-mock: ${what}`, error));
  const app = createProxyApp(relay, log, {
    tokens: [],
    origins: cors,
    hosts: [...allowHosts, host],
    controlToken: undefined,
    reachable: !isLoopback(host),
  });
  if (isItself(relay.baseUrl, host, port)) {
    throw new TargetError(
      "The target is the address of the proxy itself; choose another port with --port, or another --target.",
    );
  }
  const { url, stop } = await listen(app, { host, port, versions: API_VERSIONS, log });
  return {
    url,
    target: relay.baseUrl,
    tally: relay.tally,
    stop: async () => {
      await stop(() => relay.close());
      log.flush();
    },
  };
}

/** Whether requests to a target would come back to where the proxy listens, without end. */
function isItself(target: string, host: string, port: number): boolean {
  const { protocol, hostname, port: named } = new URL(target);
  const isEverywhere = host === "localhost" || !isLoopback(host);
  const isHere = hostname === urlHost(host) || (isLoopback(hostname) && (hostname === "localhost" || isEverywhere));
  return protocol === "http:" && isHere && Number(named || 80) === port;
}
