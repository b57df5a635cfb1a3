import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type OperationId, operations } from "../contracts/generated/v2/operations";
import { controlCalls } from "./control/generated/calls";
import { createLocalMock } from "./server/create-app";
import { createExpressServer } from "./server/listen";
import type { Mock } from "./server/mock";
import { fullWorld, goodRequests } from "./testing/good-requests";
import { type Receiver, startReceiver } from "./testing/receiver";
import { ANN, LINE, STRANGER } from "./testing/worlds";
import { API_VERSIONS } from "./versions";

// Asserted here, too: A-error-wording, A-idempotency-scope, A-availability-scope, A-retry-after.

/* Performs everything that can be done to a mock, resets it, and requires that nothing is left. */

const CLOCK = "2025-12-05T12:00:00.000-06:00";
const EVENTS = ["message.sent", "message.received", "typing_indicator.received", "contact.created"];

/** The good request of each simulation, for the full world, in an order in which they are possible. */
const simulations: Readonly<Record<string, object>> = {
  message: {
    chat: 1,
    text: "Look",
    attachments: [{ filename: "a.txt", content_base64: Buffer.from("hello").toString("base64") }],
  },
  typing: { chat: 1 },
  reaction: { message: 1, type: "love" },
  read: { chat: 1 },
  participant_added: { chat: 1, participant: STRANGER },
  participant_removed: { chat: 1, participant: STRANGER },
  call: { line: LINE, with: ANN },
  delivery: { message: 2, status: "failed", reason: "Not in service" },
  next_failure: { chat: 1, reason: "Not in service" },
};

let mock: Mock;
let server: Server;
let receiver: Receiver;
let url: string;

beforeEach(async () => {
  const options = { fixtures: fullWorld, clock: CLOCK, seed: 1 };
  mock = createLocalMock(options);
  server = createExpressServer(mock.app, API_VERSIONS, mock.log).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  receiver = await startReceiver((res, count) => res.writeHead(count % 2 === 0 ? 200 : 500).end());
});

afterEach(async () => {
  await receiver.stop();
  server.close();
  await mock.stop(AbortSignal.timeout(1000));
});

async function call(method: string, path: string, body?: object): Promise<{ status: number; text: string }> {
  const headers = { "X-LINQ-INTEGRATION-TOKEN": "walk", ...(body && { "Content-Type": "application/json" }) };
  const response = await fetch(`${url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  return { status: response.status, text: await response.text() };
}

async function perform(id: OperationId): Promise<void> {
  const { path, body, status } = goodRequests[id];
  const answer = await call(operations[id].method, `/api/partner/v2${path}`, body);
  expect({ id, status: answer.status }).toEqual({ id, status });
}

async function subscribe(): Promise<void> {
  const webhook_subscription = { webhook_url: receiver.url, events: EVENTS, version: 2, secret: "s" };
  await call("POST", "/api/partner/v2/webhook_subscriptions", { webhook_subscription });
}

async function upload(): Promise<string> {
  const form = new FormData();
  form.set("message[text]", "A file");
  form.set("message[attachments][]", new Blob(["bytes"], { type: "text/plain" }), "a.txt");
  const headers = { "X-LINQ-INTEGRATION-TOKEN": "walk" };
  const response = await fetch(`${url}/api/partner/v2/chats/1/chat_messages`, { method: "POST", headers, body: form });
  return ((await response.json()) as { data: { attachments: [{ url: string }] } }).data.attachments[0].url;
}

/** Every operation but those that delete, every simulation, an upload; then those that delete. */
async function walk(): Promise<{ file: string }> {
  const ids = Object.keys(goodRequests) as OperationId[];
  const deleting = ids.filter((id) => operations[id].method === "DELETE");
  await subscribe();
  for (const id of ids.filter((other) => !deleting.includes(other))) await perform(id);
  for (const [name, body] of Object.entries(simulations)) {
    const { status, text } = await call("POST", `/__mock/simulate/${name}`, body);
    expect({ name, ok: status < 300, text }).toEqual({ name, ok: true, text });
  }
  const file = await upload();
  for (const id of deleting) await perform(id);
  return { file };
}

test("the walk knows every operation and every simulation", () => {
  expect(Object.keys(goodRequests).sort()).toEqual(Object.keys(operations).sort());
  const documented = Object.values(controlCalls).flatMap(({ path }) => /^\/simulate\/(\w+)$/.exec(path)?.[1] ?? []);
  expect(Object.keys(simulations).sort()).toEqual(documented.sort());
});

test("after every operation and simulation, a reset leaves what a fresh start has, byte for byte", async () => {
  const fresh = (await call("GET", "/__mock/state")).text;
  const answers = (await call("GET", "/api/partner/v2/chats/1/chat_messages")).text;
  const { file } = await walk();
  expect((await call("GET", "/__mock/state")).text).not.toBe(fresh);
  expect((await fetch(file)).status).toBe(200);

  await call("POST", "/__mock/reset");
  expect((await call("GET", "/__mock/state")).text).toBe(fresh);
  expect((await call("GET", "/api/partner/v2/chats/1/chat_messages")).text).toBe(answers);
  expect((await fetch(file)).status).toBe(404);
  expect(JSON.parse((await call("GET", "/__mock/deliveries")).text)).toMatchObject({ deliveries: [], counts: { pending: 0 } });
  expect(JSON.parse((await call("GET", "/__mock/clock")).text)).toEqual({ mode: "frozen", now: CLOCK, next: null });
  const { requests } = JSON.parse((await call("GET", "/__mock/requests")).text);
  expect(requests).toMatchObject([{ operation: "listMessages" }]); // the one that was just made
});

test("after a reset nothing is pending: no timer, no delivery, nothing in flight", async () => {
  await walk();
  const { world } = mock.sandboxes.open("default");
  expect(world.clock.pending).toBeGreaterThan(0);
  await call("POST", "/__mock/reset");
  const now = mock.sandboxes.open("default").world;
  expect([world.clock.pending, world.deliveries.pending, now.clock.pending, now.deliveries.pending]).toEqual([0, 0, 0, 0]);
  const before = receiver.received.length;
  await call("PUT", "/__mock/clock", { advance_ms: 3_600_000 });
  expect(receiver.received).toHaveLength(before);
});

test("the same walk gives the same world each time", async () => {
  await walk();
  await call("PUT", "/__mock/clock", { advance_ms: 3_600_000 });
  const withoutPort = (text: string): string => text.replaceAll(/127\.0\.0\.1:\d+/g, "host");
  const first = withoutPort((await call("GET", "/__mock/state")).text);
  await call("POST", "/__mock/reset");
  receiver.received.length = 0;
  await walk();
  await call("PUT", "/__mock/clock", { advance_ms: 3_600_000 });
  expect(withoutPort((await call("GET", "/__mock/state")).text)).toBe(first);
});

test("the used keys, ids and limits are forgotten, too", async () => {
  const send = () => call("POST", "/api/partner/v2/chats/1/chat_messages", { message: { text: "a", idempotency_key: "k" } });
  const check = () => call("POST", "/api/partner/v2/i_message_availability/check", { phone_number: ANN });
  const first = [await send(), await check()].map(({ status }) => status);
  expect([await send(), await check()].map(({ status }) => status)).toEqual([200, 429]);
  await call("POST", "/__mock/reset");
  expect([await send(), await check()].map(({ status }) => status)).toEqual(first);
});
