import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import type { Express } from "express";
import { createExpressServer } from "./express-server";
import { urlHost } from "./loopback";

/** A server that has a port: the mock, a proxy or a replay. */
export interface ListeningServer {
  /** Without a slash at the end. */
  readonly url: string;
  /**
   * Takes no more connections, and closes each when it has no request in flight, or after 10 s. Then does `afterwards`, whose signal
   * aborts when these 10 s are over. Twice is the same as once.
   */
  stop(afterwards?: (timeout: AbortSignal) => Promise<void> | void): Promise<void>;
}

const STOP_TIMEOUT_MS = 10_000;
const STOP_POLL_MS = 20;

/** Serves an app. Rejects with a system error, such as EADDRINUSE, when it cannot listen. */
export async function listen(app: Express, { host, port }: { host: string; port: number }): Promise<ListeningServer> {
  const http = createExpressServer(app);
  const sockets = new Set<Socket>();
  http.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  http.listen(port, host);
  await once(http, "listening");

  const stop: ListeningServer["stop"] = async (afterwards) => {
    const closed = once(http, "close");
    const timeout = new AbortController();
    http.close();
    const poll = setInterval(() => {
      http.closeIdleConnections();
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy(); // Node does not count those that never sent a request
    }, STOP_POLL_MS);
    const timer = setTimeout(() => {
      timeout.abort();
      for (const socket of sockets) socket.destroy();
    }, STOP_TIMEOUT_MS);
    try {
      await closed;
      await afterwards?.(timeout.signal);
    } finally {
      clearInterval(poll);
      clearTimeout(timer);
    }
  };
  let stopped: Promise<void> | undefined;
  return {
    url: `http://${urlHost(host)}:${(http.address() as AddressInfo).port}`,
    stop: (afterwards) => {
      stopped ??= stop(afterwards);
      return stopped;
    },
  };
}

/** Resolves on the first SIGINT or SIGTERM; the second ends the process at once. */
export async function stopSignal(): Promise<void> {
  const first = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => (first.signal.aborted ? process.exit(1) : first.abort()));
  }
  await once(first.signal, "abort");
}
