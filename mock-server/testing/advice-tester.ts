import type { Mock } from "../server/mock";
import { type MockServer, startMock } from "../server/start-mock-server";
import { TestSandbox } from "../test-sandbox";
import type { World } from "../world/world";
import { checkControlAnswers } from "./control-contract";
import { ASSUMPTION_HEADER, fetchUnwatched, watched } from "./named-assumptions";
import { smallWorld } from "./worlds";

export interface Taken {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects
  readonly body: any;
}

/** For all tests of a file: a mock with a clock that stands still, and a client that takes every answer, refusals too. */
export class AdviceTester {
  static readonly NOW = "2025-07-01T12:00:00.000-05:00";
  #started: { readonly server: MockServer; readonly mock: Mock; readonly box: TestSandbox } | undefined;

  constructor() {
    checkControlAnswers();
    beforeAll(async () => {
      const { server, mock } = await startMock({ fixtures: smallWorld, clock: AdviceTester.NOW });
      this.#started = { server, mock, box: new TestSandbox(server.url, "advised") };
    });
    beforeEach(() => this.box.reset());
    afterAll(() => this.server.stop());
  }

  get #running() {
    if (!this.#started) throw new Error("it is started before the first test");
    return this.#started;
  }

  get server(): MockServer {
    return this.#running.server;
  }

  get box(): TestSandbox {
    return this.#running.box;
  }

  /** What only a fault, or a real receiver that takes its time, could put into the log. */
  get world(): World {
    return this.#running.mock.sandboxes.open(this.box.name).world;
  }

  async api(method: string, path: string, body?: object | FormData, headers: Record<string, string> = {}): Promise<Taken> {
    const isJson = body !== undefined && !(body instanceof FormData);
    const response = await fetchUnwatched(`${this.box.url}/api/partner/v2${path}`, {
      method,
      headers: { "X-LINQ-INTEGRATION-TOKEN": "test", ...(isJson && { "Content-Type": "application/json" }), ...headers },
      ...(body && { body: isJson ? JSON.stringify(body) : (body as FormData) }),
    });
    const text = await response.text();
    const { status, headers: got } = response;
    const taken: Taken = { status, headers: got, body: text === "" ? undefined : JSON.parse(text) };
    return watched(taken, ["status", "body"], `${method} ${path}`, got.get(ASSUMPTION_HEADER));
  }

  async advised(): Promise<string[]> {
    return (await this.box.advice()).map(({ id, count }) => `${id} ${count}`);
  }
}
