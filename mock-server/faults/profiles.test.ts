import { type MockServer, startMockServer } from "../server/start-mock-server";
import type { TestSandbox } from "../test-sandbox";
import { sandboxClient } from "../testing/api-client";
import { startReceiver } from "../testing/receiver";
import { socketCall } from "../testing/sockets";
import { ANN, LINE, smallWorld } from "../testing/worlds";

// Asserted here, too: A-list-order, A-retry-after, A-error-wording, A-delivery.

const LIST = `/chats?phone_number=${encodeURIComponent(LINE)}`;

let mock: MockServer;
let box: TestSandbox;

beforeAll(async () => {
  mock = await startMockServer({ fixtures: smallWorld, clock: "2025-12-05T12:00:00.000-06:00" });
});
beforeEach(async () => {
  box = await mock.sandbox();
});
afterAll(() => mock.stop());

/** What so many calls come to: their statuses, or how their connections ended. */
async function outcomes(calls: number): Promise<(number | string)[]> {
  const found: (number | string)[] = [];
  for (let i = 0; i < calls; i += 1) {
    const { status, ended } = await socketCall(box.url, { path: LIST });
    found.push(ended === "reset" ? ended : status);
  }
  return found;
}

test("rate-limited refuses every third call, and whoever waits gets on", async () => {
  await box.faults.arm("rate-limited");
  expect(await outcomes(7)).toEqual([200, 200, 429, 200, 200, 429, 200]);
});

test("gateway-errors are pages, and lost connections, now and then", async () => {
  await box.faults.arm("gateway-errors");
  expect(await outcomes(9)).toEqual([200, 200, 200, 502, 200, 200, 504, 502, "reset"]);
});

test("expired-token refuses everything until it is disarmed", async () => {
  await box.faults.arm("expired-token");
  expect(await outcomes(2)).toEqual([401, 401]);
  await box.faults.disarm();
  expect(await outcomes(1)).toEqual([200]);
});

test("carrier-slow takes its time to send, and reads as ever", async () => {
  await box.faults.arm("carrier-slow");
  expect(await outcomes(1)).toEqual([200]);
  const sent = socketCall(box.url, { method: "POST", path: "/chats/1/chat_messages", body: { message: { text: "Hi" } } });
  while ((await box.faults.list())[0]?.hits === 0);
  await box.clock.advance(1499);
  expect(await box.requests.list({ operation: "sendMessage" })).toEqual([]);
  await box.clock.advance(2501);
  expect((await sent).status).toBe(201);
});

test("flapping-webhooks come twice, late, in another order, or not at all", async () => {
  const receiver = await startReceiver();
  await sandboxClient(box)("POST", "/webhook_subscriptions", {
    webhook_subscription: { webhook_url: receiver.url, events: ["message.received"], version: 2 },
  });
  await box.faults.arm("flapping-webhooks");
  for (let i = 1; i <= 10; i += 1) {
    await box.simulate.message({ chat: 1, from: ANN, text: String(i) });
    await box.clock.advance(500);
  }
  await box.clock.advance(10_000);
  const heard = receiver.received.map(({ event }) => Number(event.data.text));
  expect(heard).toEqual([1, 2, 3, 3, 6, 6, 7, 9, 9, 8, 5, 4]);
  await receiver.stop();
});
