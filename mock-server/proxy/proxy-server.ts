import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { realTime } from "../../contracts/client/client-time";
import { TargetError } from "../../contracts/client/target-error";
import { createExpressServer } from "../server/express-server";
import type { Logger } from "../server/logger";
import { isLoopback, urlHost } from "../server/loopback";
import { createProxyApp } from "./proxy-app";
import type { ProxyOptions } from "./proxy-options";
import { Relay } from "./relay";
import type { Tally } from "./summary/tally";

export interface ProxyServerOptions extends ProxyOptions {
  /** Default: 0, which takes any free port. */
  readonly port?: number;
  /** The address to listen on. Default: 127.0.0.1. */
  readonly host?: string;
  /** Origins of web pages that may ask, beside pages of this machine; `off` allows none, `*` all. */
  readonly cors?: readonly string[];
  /** Host names that are served beside those of this machine. */
  readonly allowHosts?: readonly string[];
  readonly log: Logger;
}

export interface ProxyServer {
  /** Without a slash at the end; `/api/partner/v2` is below it. */
  readonly url: string;
  /** The target, as requests reach it. */
  readonly target: string;
  readonly tally: Tally;
  /** Finishes what is in flight, for up to 10 s, and stops listening. */
  stop(): Promise<void>;
}

const STOP_LIMIT_MS = 10_000;

/**
 * Starts a proxy that checks what passes it.
 *
 * @throws TargetError when an option cannot be what is meant; a system error, such as EADDRINUSE, when it cannot listen
 */
export async function startProxy(options: ProxyServerOptions): Promise<ProxyServer> {
  const { host = "127.0.0.1", port = 0, cors = [], allowHosts = [], log, time = realTime } = options;
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
  const http = createExpressServer(app);
  const inFlight = new InFlight(http);
  http.listen(port, host);
  await once(http, "listening"); // rejects with the error that listening ends in
  const { port: taken } = http.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    const closed = once(http, "close");
    http.close();
    const impatience = new AbortController();
    await Promise.race([inFlight.ended(), time.sleep(STOP_LIMIT_MS, impatience.signal).catch(() => {})]);
    impatience.abort();
    relay.close();
    http.closeAllConnections();
    await closed;
    log.flush();
  };
  let stopped: Promise<void> | undefined;
  return {
    url: `http://${urlHost(host)}:${taken}`,
    target: relay.baseUrl,
    tally: relay.tally,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** Whether requests to a target would come back to where the proxy listens, without end. */
function isItself(target: string, host: string, port: number): boolean {
  const { protocol, hostname, port: named } = new URL(target);
  const isHere = hostname === urlHost(host) || (isLoopback(hostname) && (hostname === "localhost" || !isLoopback(host)));
  return protocol === "http:" && isHere && Number(named || 80) === port;
}

/** Counts the requests that are not answered yet. */
class InFlight {
  #count = 0;
  #onEnd: (() => void) | undefined;

  constructor(http: Server) {
    http.on("request", (_request, response) => {
      this.#count += 1;
      response.once("close", () => {
        this.#count -= 1;
        if (this.#count === 0) this.#onEnd?.();
      });
    });
  }

  ended(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#count === 0) resolve();
      else this.#onEnd = resolve;
    });
  }
}
