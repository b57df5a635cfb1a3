import { createHmac } from "node:crypto";
import type { MockServerOptions } from "../server/options";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import type { TestSandbox } from "../test-sandbox";
import { sandboxClient } from "../testing/api-client";
import { type Receiver, startReceiver } from "../testing/receiver";
import { ANN, BEN, LINE, smallWorld } from "../testing/worlds";

// Asserted here, too: A-list-order, A-v3-timestamps, A-v3-webhook-key-order.

const NOON = "2025-12-05T12:00:00.000-06:00";
const SECRET = "s3cret";

let mock: MockServer;
let box: TestSandbox;
let receiver: Receiver;
let call: ReturnType<typeof sandboxClient>;

beforeEach(async () => {
  receiver = await startReceiver();
  await start();
});

async function start(options: MockServerOptions = {}): Promise<void> {
  await mock?.stop();
  mock = await startMockServer({ fixtures: smallWorld, clock: NOON, ...options });
  box = await mock.sandbox();
  call = sandboxClient(box);
  const events = ["message.received", "contact.created", "call.completed"];
  await call("POST", "/webhook_subscriptions", {
    webhook_subscription: { webhook_url: receiver.url, events, version: 2, secret: SECRET },
  });
}

afterEach(async () => {
  expect(await box.contractViolations()).toEqual([]);
  await mock.stop();
  await receiver.stop();
});

/** Somebody writes; resolves when the clock has done what is due. */
async function hear(text: string, chat = 1): Promise<void> {
  await box.simulate.message({ chat, from: ANN, text });
  await box.clock.advance(0);
}

async function takeSecretAway(): Promise<void> {
  await call("PUT", "/webhook_subscriptions/1", {
    webhook_subscription: { webhook_url: receiver.url, events: ["message.received"], version: 2, secret: "" },
  });
}

function heard(): string[] {
  return receiver.received.map(({ event }) => event.data.text);
}

test("webhook-drop does not send it, and the deliveries say so", async () => {
  await box.faults.arm({ fault: "webhook-drop", name: "lost", nth: 2 });
  for (const text of ["one", "two", "three"]) await hear(text);
  expect(heard()).toEqual(["one", "three"]);
  expect((await box.deliveries.list()).map(({ status, fault }) => [status, fault])).toEqual([
    ["delivered", null],
    ["dropped", "lost (webhook-drop)"],
    ["delivered", null],
  ]);
});

test("webhook-duplicate sends it twice, with the same event id", async () => {
  await box.faults.arm({ fault: "webhook-duplicate", first: 1 });
  for (const text of ["one", "two"]) await hear(text);
  expect(heard()).toEqual(["one", "one", "two"]);
  const [first, again, other] = receiver.received.map(({ event }) => event.event_id);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

test("each rule of webhook-duplicate sends it once more, and as many as there can be keep nobody waiting", async () => {
  for (let i = 0; i < 100; i += 1) await box.faults.arm({ fault: "webhook-duplicate" });
  await hear("one");
  expect(heard()).toHaveLength(101);
});

test("webhook-reorder lets the next one pass", async () => {
  await box.faults.arm({ fault: "webhook-reorder", nth: 1 });
  for (const text of ["one", "two", "three"]) await hear(text);
  expect(heard()).toEqual(["two", "one", "three"]);
});

test("webhook-reorder of every webhook lets each second one pass, and keeps none longer", async () => {
  await box.faults.arm({ fault: "webhook-reorder", ms: 3000 });
  for (const text of ["one", "two", "three", "four", "five"]) await hear(text);
  expect(heard()).toEqual(["two", "one", "four", "three"]);
  await box.clock.advance(3000);
  expect(heard()).toEqual(["two", "one", "four", "three", "five"]);
});

test("webhook-reorder lets the next one pass all duplicates", async () => {
  await box.faults.arm({ fault: "webhook-reorder", nth: 1 });
  await box.faults.arm({ fault: "webhook-duplicate", nth: 1 });
  for (const text of ["one", "two", "three"]) await hear(text);
  expect(heard()).toEqual(["two", "one", "one", "three"]);
});

test("webhook-reorder passes no more than its time without a next one", async () => {
  await box.faults.arm({ fault: "webhook-reorder", first: 1, ms: 3000 });
  await hear("one");
  await box.clock.advance(2999);
  expect(heard()).toEqual([]);
  await box.clock.advance(1);
  expect(heard()).toEqual(["one"]);
  await hear("two");
  expect(heard()).toEqual(["one", "two"]);
});

test("webhook-delay comes late, and others pass it", async () => {
  await box.faults.arm({ fault: "webhook-delay", ms: 4000, nth: 1 });
  for (const text of ["one", "two"]) await hear(text);
  await box.clock.advance(3999);
  expect(heard()).toEqual(["two"]);
  await box.clock.advance(1);
  expect(heard()).toEqual(["two", "one"]);
});

test("where webhooks arrive in order, those behind webhook-delay wait, and webhook-reorder lets the next one pass", async () => {
  await start({ webhookOrder: "in-order" });
  await box.faults.arm({ fault: "webhook-delay", ms: 4000, nth: 1 });
  for (const text of ["one", "two"]) await hear(text);
  await box.clock.advance(3999);
  expect(heard()).toEqual([]);
  await box.clock.advance(1);
  expect(heard()).toEqual(["one", "two"]);
  await box.faults.arm({ fault: "webhook-reorder", nth: 1 });
  for (const text of ["three", "four", "five"]) await hear(text);
  expect(heard().slice(2)).toEqual(["four", "three", "five"]);
});

test("webhook-reorder waits for the answer to the one that passes it, so that the order is bad for certain", async () => {
  await receiver.stop();
  const unanswered: (() => void)[] = [];
  receiver = await startReceiver((res) => unanswered.push(() => res.end()));
  await start();
  await box.faults.arm({ fault: "webhook-reorder", nth: 1 });
  for (const text of ["one", "two"]) await box.simulate.message({ chat: 1, from: ANN, text });
  await box.clock.advance(10_000);
  expect(heard()).toEqual(["two"]);
  for (const answer of unanswered) answer();
  await box.deliveries.waitFor({ event: "message.received" });
  await box.clock.advance(0);
  expect(heard()).toEqual(["two", "one"]);
  for (const answer of unanswered) answer();
});

test("webhook-bad-signature has a signature that is not that of the body, and the next one's is right", async () => {
  await box.faults.arm({ fault: "webhook-bad-signature", nth: 1 });
  for (const text of ["one", "two"]) await hear(text);
  const isRight = receiver.received.map(
    ({ raw, headers }) => headers["x-webhook-signature"] === `sha256=${createHmac("sha256", SECRET).update(raw).digest("hex")}`,
  );
  expect(receiver.received[0]?.headers["x-webhook-signature"]).toMatch(/^sha256=[0-9a-f]{64}$/);
  expect(isRight).toEqual([false, true]);
});

test("webhook-bad-signature leaves alone what has no signature", async () => {
  await takeSecretAway();
  await box.faults.arm({ fault: "webhook-bad-signature", nth: 1 });
  await hear("unsigned");
  expect(heard()).toEqual(["unsigned"]);
  expect(receiver.received[0]?.headers).not.toHaveProperty("x-webhook-signature");
  expect(await box.faults.list()).toMatchObject([{ matches: 0, hits: 0 }]);
  expect(await box.advice()).toEqual([]);
});

test("webhook-bad-signature adds none to what waited while the secret was taken away", async () => {
  await box.faults.arm({ fault: "webhook-bad-signature" });
  await box.faults.arm({ fault: "webhook-delay", ms: 1000 });
  await hear("waits");
  await takeSecretAway();
  await box.clock.advance(1000);
  expect(heard()).toEqual(["waits"]);
  expect(receiver.received[0]?.headers).not.toHaveProperty("x-webhook-signature");
  expect(await box.advice()).toEqual([]);
});

test("a rule means events, lines and people", async () => {
  await box.faults.arm({ fault: "webhook-drop", name: "contacts", event: "contact.created" });
  await box.faults.arm({ fault: "webhook-drop", name: "ben", participant: BEN });
  await box.faults.arm({ fault: "webhook-drop", name: "calls", line: LINE, event: "call.completed" });
  await hear("from Ann alone");
  await hear("in the group with Ben", 2);
  await call("POST", "/contacts", { contact: { first_name: "Eve", phone_number: "+12055550144" } });
  await box.simulate.call({ line: LINE, with: ANN });
  await box.clock.advance(0);
  expect(heard()).toEqual(["from Ann alone"]);
  expect((await box.faults.list()).map(({ name, hits }) => [name, hits])).toEqual([
    ["contacts", 1],
    ["ben", 1],
    ["calls", 1],
  ]);
});

test("a rule means one subscription, by its id or URL, or one version, and counts what is sent there alone", async () => {
  const other = await startReceiver();
  const body = JSON.stringify({ url: `${other.url}?app=2`, version: "v3" });
  await fetch(`${box.url}/__mock/subscriptions`, { method: "POST", headers: { "Content-Type": "application/json" }, body });
  await box.faults.arm({ fault: "webhook-drop", name: "by-id", subscription: 1, nth: 2 });
  await box.faults.arm({
    fault: "webhook-drop",
    name: "by-url",
    subscription: `${other.url}*`,
    event: "message.received",
    nth: 1,
  });
  await box.faults.arm({ fault: "webhook-duplicate", version: "v3", event: "message.received", nth: 3 });
  for (const text of ["one", "two", "three"]) await hear(text);
  const textsOfV3 = other.received.map(({ event }) => event.data.parts?.[0].value);
  expect([heard(), textsOfV3]).toEqual([
    ["one", "three"],
    ["two", "three", "three"],
  ]);
  expect((await box.faults.list()).map(({ name, matches, hits }) => [name, matches, hits])).toEqual([
    ["by-id", 3, 1],
    ["by-url", 3, 1],
    ["webhook-duplicate", 3, 1],
  ]);
  await other.stop();
});

test("faults add up: a webhook can come twice, late and badly signed", async () => {
  await box.faults.arm({ fault: "webhook-duplicate" });
  await box.faults.arm({ fault: "webhook-delay", ms: 1000 });
  await box.faults.arm({ fault: "webhook-bad-signature" });
  await hear("one");
  expect(heard()).toEqual([]);
  await box.clock.advance(1000);
  expect(heard()).toEqual(["one", "one"]);
  const [delivery] = await box.deliveries.list();
  expect(delivery?.fault).toBe("webhook-duplicate, webhook-delay, webhook-bad-signature");
});

test("what is passed is still as late as another rule makes it", async () => {
  await box.faults.arm({ fault: "webhook-reorder", nth: 1 });
  await box.faults.arm({ fault: "webhook-delay", ms: 10_000, nth: 1 });
  for (const text of ["one", "two"]) await hear(text);
  expect(heard()).toEqual(["two"]);
  await box.clock.advance(9999);
  expect(heard()).toEqual(["two"]);
  await box.clock.advance(1);
  expect(heard()).toEqual(["two", "one"]);
});

test("what was held back for a subscription that is deleted is dropped", async () => {
  await box.faults.arm({ fault: "webhook-reorder" });
  await hear("one");
  const { webhook_subscriptions: all } = await call("GET", "/webhook_subscriptions");
  await call("DELETE", `/webhook_subscriptions/${all[0].id}`);
  await box.clock.advance(5000);
  expect([heard(), (await box.deliveries.list()).map(({ status }) => status)]).toEqual([[], ["dropped"]]);
});

test("a receiver that refuses a bad signature is not blamed for it", async () => {
  await receiver.stop();
  receiver = await startReceiver((res) => res.writeHead(401).end());
  await call("POST", "/webhook_subscriptions", {
    webhook_subscription: { webhook_url: receiver.url, events: ["contact.created"], version: 2, secret: SECRET },
  });
  await box.faults.arm({ fault: "webhook-bad-signature" });
  await call("POST", "/contacts", { contact: { first_name: "Eve", phone_number: "+12055550144" } });
  const [delivery] = await box.deliveries.waitFor({ subscription_id: 2, status: "failed" });
  expect(delivery?.attempts[0]?.error).toBe("the receiver answered 401 to what a fault had signed badly");
});

test("a reset drops what a fault held back, and the fault", async () => {
  await box.faults.arm({ fault: "webhook-delay", ms: 60_000 });
  await hear("one");
  await box.reset();
  await box.clock.advance(60_000);
  expect([heard(), await box.faults.list()]).toEqual([[], []]);
});
