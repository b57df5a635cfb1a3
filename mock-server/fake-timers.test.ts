/** @jest-environment node */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { join } from "node:path";
import type * as Package from "./index";

// Asserted here, too: A-delivery.

/* The built package under the fakes of a test runner, which it must not wait for. */

const { startMockServer } = require(join(__dirname, "../dist/index.js")) as typeof Package;
const MESSAGE = { message: { text: "Hi" } };

let hanging: Server;
let receiver: string;
beforeAll(async () => {
  hanging = createServer(() => {}).listen(0, "127.0.0.1");
  await once(hanging, "listening");
  receiver = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}/`;
});
afterEach(() => {
  jest.useRealTimers();
});
afterAll(() => {
  hanging.closeAllConnections();
  hanging.close();
});

test.each(["before", "after"])(
  "the clock that is real is the machine's, when Date is faked %s the package is loaded",
  async (when) => {
    const machineNow = Date.now();
    if (when === "before") jest.useFakeTimers({ now: 0 });
    let loaded: typeof Package | undefined;
    jest.isolateModules(() => {
      loaded = require(join(__dirname, "../dist/index.js"));
    });
    jest.useFakeTimers({ now: 0 });
    const mock = await (loaded as typeof Package).startMockServer();
    const box = await mock.sandbox();
    expect(Date.parse((await box.clock.read()).now)).toBeGreaterThanOrEqual(machineNow);
    await box.faults.arm({ fault: "latency", ms: 30 });
    const held = await fetch(`${box.url}/api/partner/v2/chats/46`, { headers: { "X-LINQ-INTEGRATION-TOKEN": "any" } });
    expect(held.status).toBe(200);
    await mock.stop();
  },
);

describe.each([
  ["modern", {}],
  ["legacy", { legacyFakeTimers: true as const }],
])("under %s fake timers", (_, fakes) => {
  test("a stop does not wait for connections without a request, be they new or kept alive", async () => {
    const mock = await startMockServer();
    const sockets = [0, 1].map(() => connect(Number(new URL(mock.url).port), "127.0.0.1"));
    await Promise.all(sockets.map((socket) => once(socket, "connect")));
    sockets[0]?.write("GET /api/partner/v2/chats/46 HTTP/1.1\r\nHost: localhost\r\nX-LINQ-INTEGRATION-TOKEN: any\r\n\r\n");
    await once(sockets[0] as Socket, "data");
    jest.useFakeTimers(fakes);
    const closed = Promise.all(sockets.map((socket) => once(socket.resume(), "close")));
    await mock.stop();
    await closed;
  });

  test("a stop waits for a receiver that hangs no longer than it is told to", async () => {
    const mock = await startMockServer();
    const box = await mock.sandbox();
    jest.useFakeTimers(fakes);
    const headers = { "X-LINQ-INTEGRATION-TOKEN": box.token, "Content-Type": "application/json" };
    const call = (path: string, body: object) =>
      fetch(`${box.url}/api/partner/v2${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    const subscription = { webhook_url: receiver, events: ["message.sent"], version: 2 };
    expect((await call("/webhook_subscriptions", { webhook_subscription: subscription })).status).toBe(201);
    const asked = once(hanging, "request");
    expect((await call("/chats/46/chat_messages", MESSAGE)).status).toBe(201);
    await asked;
    await mock.stop({ timeoutMs: 50 });
  });
});
