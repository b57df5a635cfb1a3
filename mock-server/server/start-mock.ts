import type { LoadOptions } from "../../fixtures/resolve/resolve";
import { TestSandbox } from "../test-sandbox";
import { listen } from "./listen";
import { importLogger } from "./logger";
import { isLoopback } from "./loopback";
import { createMock, type Mock } from "./mock";
import { checkOptions, type MockServerOptions } from "./options";
import type { MockServer } from "./start-mock-server";
import { watchFixtures } from "./watch-fixtures";
import { importWorldReader } from "./world-reader";

/** Starts the mock, as `startMockServer` does, and gives what the command line shows of it, too. */
export async function startMock(
  options: MockServerOptions,
  onProgress?: LoadOptions["onProgress"],
): Promise<{ server: MockServer; mock: Mock }> {
  checkOptions(options);
  const { host = "127.0.0.1", port = 0, allowHosts = [] } = options;
  const mock = createMock(
    { ...options, allowHosts: [...allowHosts, host] },
    { reachable: !isLoopback(host), log: await importLogger(options), reader: await importWorldReader(options), onProgress },
  );
  const { url, stop } = await listen(mock.app, { host, port });
  const stopWatching = options.watch ? watchFixtures(String(options.fixtures), mock.reload) : undefined;
  const { sandboxes, controlToken, log } = mock;
  const server: MockServer = {
    url,
    sandbox: async (name) => {
      const sandbox = name === undefined ? sandboxes.openNew() : sandboxes.open(name);
      return new TestSandbox(url, sandbox.name, controlToken);
    },
    reset: async () => sandboxes.resetAll(),
    stop: async () => {
      stopWatching?.();
      sandboxes.endWaits();
      await stop((timeout) => mock.stop(timeout));
      log.flush();
    },
  };
  return { server, mock };
}
