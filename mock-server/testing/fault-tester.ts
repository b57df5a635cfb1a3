import { type MockServer, startMockServer } from "../server/start-mock-server";
import type { TestSandbox } from "../test-sandbox";
import { type SocketAnswer, socketCall } from "./sockets";
import { LINE, smallWorld } from "./worlds";

/** For all tests of a file: a mock with a clock that stands still, whose faults a reset must end. Set-up rests on A-list-order, A-delivery. */
export class FaultTester {
  static readonly NOW = "2025-12-05T12:00:00.000-06:00";
  static readonly LIST = `/chats?phone_number=${encodeURIComponent(LINE)}`;
  static readonly SEND = { method: "POST", path: "/chats/1/chat_messages", body: { message: { text: "Hello" } } };
  #started: { readonly mock: MockServer; readonly box: TestSandbox } | undefined;

  constructor() {
    beforeEach(async () => {
      const mock = await startMockServer({ fixtures: smallWorld, clock: FaultTester.NOW });
      this.#started = { mock, box: await mock.sandbox() };
    });
    afterEach(async () => {
      await this.box.reset();
      expect(await this.box.faults.list()).toEqual([]);
      await this.mock.stop();
    });
  }

  get mock(): MockServer {
    return this.#running.mock;
  }

  get box(): TestSandbox {
    return this.#running.box;
  }

  get #running() {
    if (!this.#started) throw new Error("it is started before each test");
    return this.#started;
  }

  get(path: string = FaultTester.LIST): Promise<SocketAnswer> {
    return socketCall(this.box.url, { path });
  }

  /** Sends a message into chat 1. */
  send(): Promise<SocketAnswer> {
    return socketCall(this.box.url, FaultTester.SEND);
  }

  /** How many messages chat 1 has. */
  async messages(): Promise<number> {
    const { chats = [] } = await this.box.state();
    return chats[0]?.messages?.length ?? 0;
  }

  /** Resolves once rules have befallen so many calls. */
  async hits(count: number): Promise<void> {
    for (let asked = 0; asked < 1000; asked += 1) {
      const all = (await this.box.faults.list()).reduce((sum, fault) => sum + fault.hits, 0);
      if (all >= count) return;
    }
    throw new Error(`no fault has befallen so many as ${count} calls`);
  }
}
