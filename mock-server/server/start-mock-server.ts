import type { TestSandbox } from "../test-sandbox";
import type { MockServerOptions } from "./options";
import { startMock } from "./start-mock";

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

/**
 * Starts the mock.
 *
 * @throws TypeError when an option is unknown or not what it must be, RangeError when the clock is no time, FixtureError
 *   when the fixtures cannot be served; a system error, such as EADDRINUSE, when it cannot listen
 */
export async function startMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  return (await startMock(options)).server;
}
