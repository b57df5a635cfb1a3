import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { LoadOptions } from "../../fixtures/load/read-document";
import { TestSandbox } from "../test-sandbox";
import { checkOptions } from "./check-options";
import { createExpressServer } from "./express-server";
import { isLoopback } from "./loopback";
import { createMock, type Mock, type MockOptions } from "./mock";
import { urlHost } from "./url-host";
import { watchFixtures } from "./watch-fixtures";

export interface MockServerOptions extends MockOptions {
  /** Default: 0, which takes any free port. */
  readonly port?: number;
  /** The address to listen on. Default: 127.0.0.1. */
  readonly host?: string;
  /** Whether a changed fixture file is loaded again. Needs `fixtures` to be a path. */
  readonly watch?: boolean;
}

export interface MockServer {
  /** Without a slash at the end; `/api/partner/v2` and `/__mock` are below it. */
  readonly url: string;
  /**
   * Opens a sandbox: a world of its own, untouched by any other. Without a name it is a new one.
   *
   * @throws SandboxError when the name cannot be one (1 to 64 of A-Z a-z 0-9 _ -), or when there are 10,000
   */
  sandbox(name?: string): Promise<TestSandbox>;
  /** Takes every sandbox back to the seed. */
  reset(): Promise<void>;
  /** Finishes what is in flight, requests and webhook deliveries, for up to 10 s, and stops listening. What still waits is dropped and counted. */
  stop(): Promise<void>;
}

const STOP_LIMIT_MS = 10_000;
const STOP_POLL_MS = 20;

/**
 * Starts the mock.
 *
 * @throws TypeError when an option is unknown or not what it must be, RangeError when the clock is no time, FixtureError
 *   when the fixtures cannot be served; a system error, such as EADDRINUSE, when it cannot listen
 */
export async function startMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  return (await listen(options)).server;
}

/** As {@link startMockServer}, with what the command line shows of it. */
export async function listen(
  options: MockServerOptions,
  onProgress?: LoadOptions["onProgress"],
): Promise<{ server: MockServer; mock: Mock }> {
  checkOptions(options);
  const host = options.host ?? "127.0.0.1";
  const mock = createMock(
    { ...options, allowHosts: [...(options.allowHosts ?? []), host] },
    { reachable: !isLoopback(host), onProgress },
  );
  const http = createExpressServer(mock.app);
  http.listen(options.port ?? 0, host);
  await once(http, "listening"); // rejects with the error that listening ends in
  const stopWatching = options.watch ? watchFixtures(String(options.fixtures), mock.reload) : undefined;
  return { server: new ListeningMock(http, mock, { host, stopWatching }), mock };
}

class ListeningMock implements MockServer {
  readonly url: string;
  readonly #http: Server;
  readonly #mock: Mock;
  readonly #sockets = new Set<Socket>();
  readonly #stopWatching: (() => void) | undefined;
  #stopped: Promise<void> | undefined;

  constructor(http: Server, mock: Mock, { host, stopWatching }: { host: string; stopWatching: (() => void) | undefined }) {
    const { port } = http.address() as AddressInfo;
    this.url = `http://${urlHost(host)}:${port}`;
    this.#http = http;
    this.#mock = mock;
    this.#stopWatching = stopWatching;
    http.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
  }

  async sandbox(name?: string): Promise<TestSandbox> {
    const { sandboxes } = this.#mock;
    const sandbox = name === undefined ? sandboxes.openNew() : sandboxes.open(name);
    return new TestSandbox(this.url, sandbox.name, this.#mock.controlToken);
  }

  async reset(): Promise<void> {
    this.#mock.sandboxes.resetAll();
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#close();
    return this.#stopped;
  }

  async #close(): Promise<void> {
    this.#stopWatching?.();
    const closed = once(this.#http, "close");
    const impatience = new AbortController();
    this.#http.close();
    const poll = setInterval(() => this.#closeWaiting(), STOP_POLL_MS);
    const limit = setTimeout(() => {
      impatience.abort();
      this.#closeAll();
    }, STOP_LIMIT_MS);
    this.#mock.sandboxes.endWaits();
    await closed;
    await this.#mock.stop(impatience.signal);
    clearInterval(poll);
    clearTimeout(limit);
    this.#mock.log.flush();
  }

  #closeAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Closes connections that have no request in flight; Node does not count those that never sent one. */
  #closeWaiting(): void {
    this.#http.closeIdleConnections();
    for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.destroy();
  }
}
