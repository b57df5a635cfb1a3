import type { LoadOptions } from "../../fixtures/resolve/resolve";
import { checkOptionNames } from "../option-names";
import { TestSandbox } from "../test-sandbox";
import { API_VERSIONS } from "../versions";
import { listen } from "./listen";
import { importLogger } from "./logger";
import { isLoopback } from "./loopback";
import { createMock, type Mock } from "./mock";
import { checkOptions, type MockServerOptions, pathsOf } from "./options";
import { sandboxPath } from "./paths";
import { watchFixtures } from "./watch-fixtures";
import { withWorldLoader } from "./world-loader";

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
  /**
   * Finishes what is in flight, requests and webhook deliveries, and stops listening. What still waits is dropped and counted. It takes `timeoutMs`
   * at most, by default 4,000: hooks of test runners have 5 s.
   */
  stop(options?: { readonly timeoutMs?: number }): Promise<void>;
}

const TEST_STOP_TIMEOUT_MS = 4000;

/**
 * Starts the mock.
 *
 * @throws TypeError when an option is unknown or not what it must be, RangeError when the clock is no time, FixtureError
 *   when the fixtures cannot be served; a system error, such as EADDRINUSE, when it cannot listen
 */
export async function startMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  try {
    return (await startMock(options)).server;
  } catch (error) {
    const { code, port } = error as { readonly code?: string; readonly port?: number };
    if (code !== "EADDRINUSE") throw error;
    const message = `linq-mock: port ${port} is in use; choose another, or leave out port to take any free one`;
    throw Object.assign(new Error(message, { cause: error }), { code, port });
  }
}

/** Starts the mock, as `startMockServer` does, and gives what the command line shows of it, too. */
export async function startMock(
  options: MockServerOptions,
  onProgress?: LoadOptions["onProgress"],
): Promise<{ server: MockServer; mock: Mock }> {
  checkOptions(options);
  const { host = "localhost", port = 0, allowHosts = [] } = options;
  const surroundings = { versions: API_VERSIONS, reachable: !isLoopback(host), log: await importLogger(options), onProgress };
  const mock = await withWorldLoader(options, (reader) =>
    createMock({ ...options, allowHosts: [...allowHosts, host] }, { ...surroundings, reader }),
  );
  const { url, stop } = await listen(mock.app, { host, port, versions: API_VERSIONS, log: mock.log });
  mock.sandboxes.serveAt((name) => `${url}${sandboxPath(name)}`);
  const stopWatching = options.watch
    ? watchFixtures(() => [...pathsOf(options.fixtures), ...mock.extended()], mock.reload)
    : undefined;
  const { sandboxes, controlToken, log } = mock;
  let isStopped = false;
  const requireServing = (): void => {
    if (isStopped) throw new Error("linq-mock: this mock was stopped");
  };
  const server: MockServer = {
    url,
    sandbox: async (name) => {
      requireServing();
      const sandbox = name === undefined ? sandboxes.openNew() : sandboxes.open(name);
      return new TestSandbox(url, sandbox.name, controlToken);
    },
    reset: async () => {
      requireServing();
      sandboxes.resetAll();
    },
    stop: async (how = {}) => {
      checkOptionNames("stop", how, ["timeoutMs"]);
      const { timeoutMs = TEST_STOP_TIMEOUT_MS } = how;
      isStopped = true;
      stopWatching?.();
      sandboxes.endWaits();
      await stop((timeout) => mock.stop(timeout), timeoutMs);
      log.flush();
    },
  };
  return { server, mock };
}
