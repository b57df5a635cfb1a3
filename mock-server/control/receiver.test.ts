import { createHmac } from "node:crypto";
import type { MockServerOptions } from "../server/options";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import { sendByHttp, type TestSandbox } from "../test-sandbox";
import { sandboxClient } from "../testing/api-client";
import { checkControlAnswers } from "../testing/control-contract";
import { EventListener } from "../testing/event-listener";
import { smallWorld } from "../testing/worlds";

// Asserted here, too: A-list-order.

checkControlAnswers();

const CLOCK = "2025-12-05T12:00:00.000-06:00";
const ALL_EVENTS = 14;

let mock: MockServer;
let box: TestSandbox;

beforeEach(() => start());
afterEach(() => mock.stop());

async function start(options: MockServerOptions = {}): Promise<void> {
  await mock?.stop();
  mock = await startMockServer({ fixtures: smallWorld, clock: CLOCK, ...options });
  box = await mock.sandbox();
}

/** Somebody writes; resolves when the receiver was told. */
async function hear(text: string, from = box): Promise<void> {
  const before = (await from.deliveries.list({ status: "delivered" })).length;
  await from.simulate.message({ chat: 1, text });
  await from.deliveries.waitFor({ event: "message.received" }, { count: before + 1 });
}

const textOf = ({ body }: { body: string }): string => JSON.parse(body).data.text;
const textsOf = async (from = box): Promise<string[]> => (await from.receiver.received()).map(textOf);

async function post(url: string, body: string, headers: Record<string, string> = {}): Promise<number> {
  return (await fetch(url, { method: "POST", headers, body })).status;
}

test("it is told what happens, signed by its secret, over HTTP", async () => {
  const receiver = await box.receiver.open();
  expect(receiver).toMatchObject({ url: `${box.url}/__mock/receiver/hook`, answer: { status: 200, delay_ms: 0 } });
  await hear("Hi");
  const [delivery] = await box.deliveries.list();
  expect(delivery).toMatchObject({ status: "delivered", url: receiver.url, subscription_id: receiver.subscription_id });
  const [received] = await box.receiver.received();
  const signature = createHmac("sha256", receiver.secret).update(`${delivery?.body}`).digest("hex");
  expect(received).toMatchObject({
    ...{ id: 1, at: CLOCK, event: "message.received", event_id: delivery?.event_id, body: delivery?.body },
    ...{ verified: true, why: "X-Webhook-Signature is the HMAC-SHA256 of the raw body by this secret." },
    ...{ headers: { "x-webhook-signature": `sha256=${signature}` }, answer: { status: 200, delay_ms: 0 } },
  });
});

test("what it got comes newest first, and is told to whoever listens", async () => {
  const listener = await EventListener.open(box.url);
  await box.receiver.open();
  await hear("one");
  await hear("two");
  expect(await textsOf()).toEqual(["two", "one"]);
  const { received } = (await (await fetch(`${box.url}/__mock/receiver?limit=1`)).json()) as { received: { body: string }[] };
  expect(received.map(textOf)).toEqual(["two"]);
  const told = (await listener.upTo("received")).at(-1);
  expect(told?.data).toMatchObject({ received: { id: 1, event: "message.received", verified: true } });
  await listener.hangUp();
});

test("it is a subscription with the origin receiver, which the API does not know", async () => {
  const { subscription_id } = await box.receiver.open();
  const call = sandboxClient(box);
  expect((await call("GET", "/webhook_subscriptions")).webhook_subscriptions).toEqual([]);
  const { subscriptions } = (await (await fetch(`${box.url}/__mock/subscriptions`)).json()) as {
    subscriptions: { events: [] }[];
  };
  expect(subscriptions).toMatchObject([
    { id: subscription_id, origin: "receiver", signed: true, version: "v2", delivery_attempts: 0 },
  ]);
  expect(subscriptions[0]?.events).toHaveLength(ALL_EVENTS);
  expect(JSON.stringify(await box.state())).not.toContain("receiver/hook");
});

test("it takes the events that were named alone, and refuses those that no version has", async () => {
  await box.receiver.open({ events: ["typing_indicator.received"] });
  await box.simulate.message({ chat: 1, text: "Hi" });
  await box.simulate.typing({ chat: 1 });
  await box.deliveries.waitFor({ event: "typing_indicator.received" });
  expect((await box.receiver.received()).map(({ event }) => event)).toEqual(["typing_indicator.received"]);
  await expect(box.receiver.open({ events: ["message.recieved"] })).rejects.toThrow(
    "POST /__mock/receiver answered 422: The API has no event message.recieved (at /events). Did you mean message.received?",
  );
  await expect(box.receiver.open({ version: "v2", events: ["message.delivered"] })).rejects.toThrow(
    "message.delivered is an event of V3: say version: v3, or leave it out.",
  );
  await expect(box.receiver.open({ subscribe: false, events: ["message.read"] })).rejects.toThrow(
    "events does not go with subscribe: false",
  );
});

test("without a subscription it takes what the API's subscriptions send", async () => {
  const { url, secret, subscription_id, subscription_ids } = await box.receiver.open({ subscribe: false });
  expect([subscription_id, subscription_ids]).toEqual([null, []]);
  const webhook_subscription = { webhook_url: url, secret, events: ["message.received"], version: 2 };
  await sandboxClient(box)("POST", "/webhook_subscriptions", { webhook_subscription });
  await hear("Hi");
  expect(await box.receiver.received()).toMatchObject([{ event: "message.received", verified: true }]);
});

test("opened again, it keeps its secret and what it got, and answers otherwise", async () => {
  const first = await box.receiver.open();
  await hear("one");
  const second = await box.receiver.open({ answer: { status: 503 } });
  expect(second).toEqual({ ...first, answer: { status: 503, delay_ms: 0 } });
  await box.simulate.message({ chat: 1, text: "two" });
  const [failed] = await box.deliveries.waitFor({ status: "failed" });
  expect(failed?.attempts).toMatchObject([{ status: 503 }]);
  expect((await box.receiver.received()).map(({ answer }) => answer.status)).toEqual([503, 200]);
});

test("opened again, it changes what is named alone", async () => {
  await box.receiver.open({ version: "v3", events: ["message.sent", "message.received"] });
  const told = async () => {
    const answer = await fetch(`${box.url}/__mock/subscriptions`);
    const { subscriptions } = (await answer.json()) as { subscriptions: { version: string; events: string[] }[] };
    return subscriptions.map(({ version, events }) => [version, events.length]);
  };
  expect(await box.receiver.open({ answer: { status: 503 } })).toMatchObject({ answer: { status: 503, delay_ms: 0 } });
  expect(await told()).toEqual([["v3", 2]]);
  const later = await box.receiver.open({ events: ["message.read"], answer: { delay_ms: 5 } });
  expect(later.answer).toEqual({ status: 503, delay_ms: 5 });
  expect(await told()).toEqual([["v3", 1]]);
  await box.receiver.open({ version: "v2" });
  expect(await told()).toEqual([["v2", ALL_EVENTS]]);
  await box.receiver.open({ subscribe: false });
  await box.receiver.open({ answer: { status: 200 } });
  expect(await told()).toEqual([]);
  await box.receiver.open({ events: ["message.read"] });
  expect(await told()).toEqual([["v2", 1]]);
});

test("it answers late by the sandbox's clock, and too late", async () => {
  await box.receiver.open({ answer: { delay_ms: 5000 } });
  await box.simulate.message({ chat: 1, text: "slowly" });
  await box.clock.advance(4999);
  expect((await box.deliveries.list())[0]).toMatchObject({ status: "pending" });
  await box.clock.advance(1);
  expect(await box.deliveries.waitFor({ event: "message.received" })).toHaveLength(1);
  await box.receiver.open({ answer: { delay_ms: 60_000 } });
  await box.simulate.message({ chat: 1, text: "too slowly" });
  await box.clock.advance(15_000);
  const [failed] = await box.deliveries.waitFor({ status: "failed" });
  expect(failed?.attempts).toMatchObject([
    { status: null, error: "no answer within 15 s by the sandbox's clock, which was advanced" },
  ]);
});

test("it outlives a reset, which forgets what it got, and a load and a restored snapshot, too", async () => {
  await box.snapshots.save("before");
  const receiver = await box.receiver.open();
  await hear("gone");
  const ways = [
    () => box.reset(),
    () => box.undoReset(),
    () => box.load({ ...smallWorld }),
    () => box.snapshots.restore("before"),
  ];
  for (const [i, way] of ways.entries()) {
    await way();
    expect(await textsOf()).toEqual([]);
    await hear(`after ${i}`);
    expect(await textsOf()).toEqual([`after ${i}`]);
  }
  expect(await box.receiver.open()).toEqual(receiver);
});

test("closed, it is told nothing, even by a snapshot in which it was open; a fork has none", async () => {
  const { url } = await box.receiver.open();
  await hear("Hi");
  await box.snapshots.save("open");
  const fork = await box.fork();
  await box.receiver.close();
  await box.snapshots.restore("open");
  for (const one of [box, fork]) {
    await one.simulate.message({ chat: 1, text: "Nobody hears" });
    const [event] = await one.webhookEvents();
    expect(event?.unreached).toMatchObject({ reason: "no_subscription" });
  }
  expect(await post(url, "{}")).toBe(404);
  const read = await fetch(`${box.url}/__mock/receiver`);
  expect(await read.json()).toEqual({ receiver: null, received: [], evicted: 0 });
  await box.receiver.close();
});

test("what waits for it when it is closed is dropped", async () => {
  await box.receiver.open({ answer: { delay_ms: 1000 } });
  await box.simulate.message({ chat: 1, text: "Hi" });
  await box.receiver.close();
  expect(await box.deliveries.waitFor({ status: "dropped" })).toHaveLength(1);
});

test.each([
  ["no signature", "{}", {}, "It is not signed: there is no X-Webhook-Signature, and no webhook-signature."],
  [
    "a wrong one",
    '{"event_type": "x", "event_id": 7}',
    { "X-Webhook-Signature": "sha256=00" },
    "X-Webhook-Signature is not the HMAC-SHA256 of the raw body by this secret.",
  ],
  [
    "no JSON at all",
    "<a>",
    { "Content-Type": "text/xml" },
    "It is not signed: there is no X-Webhook-Signature, and no webhook-signature.",
  ],
])("it keeps what others post, with %s, and says why it is not verified", async (_, body, headers, why) => {
  const { url } = await box.receiver.open();
  expect(await post(url, body, headers)).toBe(200);
  const [received] = await box.receiver.received();
  expect(received).toMatchObject({ event_id: null, verified: false, why, body });
});

test("a webhook with a spoilt signature is not verified", async () => {
  await box.receiver.open();
  await hear("Hi");
  await box.deliveries.redeliver(1, { signature: "spoilt" });
  await box.deliveries.waitFor({ event: "message.received" }, { count: 2 });
  expect((await box.receiver.received()).map(({ verified }) => verified)).toEqual([false, true]);
});

test("what is posted to it is no request of the API", async () => {
  const { url } = await box.receiver.open();
  await post(url, "{}");
  await hear("Hi");
  expect(await box.requests.list()).toEqual([]);
});

test("it keeps the last 500, within the bound of all that is kept", async () => {
  const { url } = await box.receiver.open();
  for (let i = 0; i < 503; i += 1) await post(url, `{"data": {"text": ${i}}}`);
  const { received, evicted } = (await (await fetch(`${box.url}/__mock/receiver?limit=1000`)).json()) as {
    received: { body: string }[];
    evicted: number;
  };
  expect([received.length, evicted, textOf(received.at(-1) as { body: string })]).toEqual([500, 3, 3]);

  await start({ maxMemory: 1 });
  const other = await box.receiver.open();
  for (let i = 0; i < 4; i += 1) await post(other.url, "x".repeat(200_000));
  expect(await box.receiver.received()).toHaveLength(2);
  const { memory } = (await (await fetch(`${box.url}/__mock/health`)).json()) as { memory: { dropped: object } };
  expect(memory.dropped).toMatchObject({ received: 2 });
});

test("what is over 10 MB is refused", async () => {
  const { url } = await box.receiver.open();
  expect(await post(url, "x".repeat(10 * 1024 * 1024 + 1))).toBe(413);
  expect(await box.receiver.received()).toEqual([]);
});

test("webhooks reach it without the control token, and nobody reads it without; no page of another site posts to it", async () => {
  await start({ controlToken: "c0ntrol", host: "0.0.0.0" });
  const { url } = await box.receiver.open();
  expect((await box.receiver.open()).url).toBe(url);
  await hear("Hi");
  expect(await box.receiver.received()).toMatchObject([{ verified: true }]);
  for (const method of ["GET", "DELETE", "POST"])
    expect((await fetch(`${box.url}/__mock/receiver`, { method })).status).toBe(401);
  expect((await fetch(url)).status).toBe(401);
  expect(await post(url, "{}", { Origin: "https://evil.example" })).toBe(403);
});

test("behind a port that another program has mapped, its URL is that by which the mock reaches itself", async () => {
  const headers = { Host: "localhost:9", "Content-Type": "application/json" };
  const { text } = await sendByHttp(`${box.url}/__mock/receiver`, { method: "POST", headers, body: "{}" });
  const { port } = new URL(mock.url);
  expect(JSON.parse(text).receiver.url).toBe(`http://127.0.0.1:${port}/s/${box.name}/__mock/receiver/hook`);
});

test("it is told by V3 where that is wanted, and both signatures are verified", async () => {
  const receiver = await box.receiver.open({ version: "v3" });
  await hear("Hi");
  const [received, ...others] = await box.receiver.received();
  expect(others).toEqual([]);
  expect(received).toMatchObject({ event: "message.received", verified: true });
  expect(JSON.parse(`${received?.body}`)).toMatchObject({
    api_version: "v3",
    data: { parts: [{ type: "text", value: "Hi" }] },
  });
  const spoilt = { ...received?.headers, "webhook-timestamp": "1" } as Record<string, string>;
  for (const name of ["host", "connection", "content-length"]) delete spoilt[name];
  await post(receiver.url, `${received?.body}`, spoilt);
  expect((await box.receiver.received())[0]).toMatchObject({ verified: false });
  await expect(box.receiver.open({ version: "v4" })).rejects.toThrow("there is no version v4; there are v2, v3");
});
