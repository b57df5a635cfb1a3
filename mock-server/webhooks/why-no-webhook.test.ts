import type { MockServerOptions } from "../server/options";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import type { TestSandbox } from "../test-sandbox";
import { sandboxClient } from "../testing/api-client";
import { checkControlAnswers } from "../testing/control-contract";
import { EventListener } from "../testing/event-listener";
import { type Answer, type Receiver, startReceiver, status } from "../testing/receiver";
import { ANN, LINE, smallWorld } from "../testing/worlds";

// Asserted here, too: A-webhook-events.

const NOON = "2025-12-05T12:00:00.000-06:00";
const CLOSED = "http://127.0.0.1:1/hook?key=hidden";

checkControlAnswers();

let mock: MockServer;
let box: TestSandbox;
let call: ReturnType<typeof sandboxClient>;
const receivers: Receiver[] = [];

beforeEach(() => start());

async function start(options: MockServerOptions = {}): Promise<void> {
  await mock?.stop();
  mock = await startMockServer({ fixtures: smallWorld, clock: NOON, ...options });
  box = await mock.sandbox("why");
  call = sandboxClient(box);
}

afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.stop()));
  await mock.stop();
});

async function receive(answer?: Answer): Promise<Receiver> {
  const receiver = await startReceiver(answer);
  receivers.push(receiver);
  return receiver;
}

async function subscribe(webhook_url: string, fields: object = {}): Promise<number> {
  const subscription = { webhook_url, events: ["message.received"], version: 2, ...fields };
  return (await call("POST", "/webhook_subscriptions", { webhook_subscription: subscription })).webhook_subscription.id;
}

/** Somebody writes; returns the hint of the answer, if it has one. */
async function hear(text = "Hi"): Promise<string | null> {
  const response = await fetch(`${box.url}/__mock/simulate/message`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ chat: 1, text }),
  });
  await response.text();
  return response.headers.get("x-linq-mock-hint");
}

/** Why nobody was told of the newest message, once nothing is under way. */
async function why() {
  await box.clock.advance(0);
  const [event] = await box.webhookEvents({ type: "message.received", limit: 1 });
  return event?.unreached;
}

test("an event that was received has its delivery and no reason; newest comes first, of one chat, type or message", async () => {
  const receiver = await receive();
  await subscribe(receiver.url);
  expect(await hear()).toBeNull();
  await box.deliveries.waitFor({});
  await box.simulate.typing({ chat: 5 });
  const [{ id: delivery, webhook_event_id } = { id: 0, webhook_event_id: 0 }] = await box.deliveries.list();
  const received = {
    id: webhook_event_id,
    event_id: receiver.received[0]?.event.event_id,
    type: "message.received",
    version: "v2",
    at: NOON,
    chat_id: 1,
    message_id: 2,
    request_id: null,
    person: null,
    text: "Hi",
    deliveries: [delivery],
    unreached: null,
    url: `${box.url}/__mock/ui/#/webhooks/${webhook_event_id}`,
  };
  expect(await box.webhookEvents()).toEqual([
    expect.objectContaining({
      type: "typing_indicator.received",
      chat_id: 5,
      message_id: null,
      event_id: null,
      deliveries: [],
    }),
    received,
  ]);
  for (const filter of [{ chat: 1 }, { type: "message.received" }, { message: 2 }])
    expect(await box.webhookEvents(filter)).toEqual([received]);
  expect(await box.webhookEvents({ limit: 1 })).toHaveLength(1);
  expect(await box.webhookEvents({ chat: 2 })).toEqual([]);
});

test("a listener is told of each, and of what becomes of it, with the request that caused it", async () => {
  await subscribe(CLOSED, { events: ["message.sent"] });
  const events = await EventListener.open(box.url);
  await call("POST", "/chats/1/chat_messages", { message: { text: "Hi" } });
  const [entered, failed] = [await events.nextWebhookEvent(), await events.nextWebhookEvent()];
  const [request] = await box.requests.list({ operation: "sendMessage" });
  const caused = { chat_id: 1, message_id: 2, request_id: request?.id };
  expect([entered, failed]).toMatchObject([caused, caused]);
  expect(entered.data.webhook_event).toMatchObject({ ...caused, type: "message.sent", unreached: null });
  expect(failed.data.webhook_event.unreached.reason).toBe("receiver_unreachable");
  expect(await box.webhookEvents()).toMatchObject([failed.data.webhook_event]);
  await events.hangUp();
});

test("nobody is subscribed", async () => {
  const hint = await hear();
  expect(await why()).toEqual({
    reason: "no_subscription",
    message: "Nobody is subscribed.",
    hint: "Subscribe through the API, or start the mock with --webhook <url>.",
  });
  expect(hint).toBe(
    `No webhook message.received: Nobody is subscribed. Subscribe through the API, or start the mock with --webhook <url>. ${box.url}/__mock/ui/#/webhooks/1`,
  );
});

test("the subscriptions do not take it, as they were then (A-webhook-events)", async () => {
  const first = await subscribe(CLOSED, { events: ["message.read", "message.sent"] });
  const second = await subscribe(CLOSED, { events: [] });
  const hint = await hear();
  await subscribe(CLOSED);
  const expected = {
    reason: "not_subscribed",
    message: `Subscription ${first} does not take message.received; it takes message.read, message.sent. Subscription ${second} does not take message.received; it takes nothing.`,
    hint: `Add message.received to the events of subscription ${first}.`,
  };
  expect(await why()).toEqual(expected);
  expect(hint).toContain(expected.message);
});

test("of many subscriptions and events, three are named", async () => {
  const events = ["message.read", "message.sent", "chat.created", "call.completed", "contact.created"];
  for (let i = 0; i < 5; i += 1) await subscribe(CLOSED, { events });
  await hear();
  expect((await why())?.message).toMatch(
    /^Subscription 1 .*message\.read, message\.sent, chat\.created, and 2 more\. .*Subscription 3 .* and 2 more$/,
  );
});

test("the subscription is paused", async () => {
  const id = await subscribe(CLOSED, { active: false });
  const message = `Subscription ${id}, http://127.0.0.1:1/hook, is paused (active: false).`;
  expect(await hear()).toContain(message);
  expect(await why()).toMatchObject({ reason: "paused", message });
});

test("the receiver is not there; the query of its URL may be a secret", async () => {
  const id = await subscribe(CLOSED);
  expect(await hear()).toBeNull(); // it is not known yet
  expect(await why()).toEqual({
    reason: "receiver_unreachable",
    message: `Subscription ${id}, http://127.0.0.1:1/hook: connection refused by 127.0.0.1:1 (ECONNREFUSED).`,
    hint: "Start the receiver, or correct its URL. POST /s/why/__mock/deliveries/1/redeliver sends it again.",
  });
});

test("the receiver refuses; sent again and received, it has reached somebody", async () => {
  const receiver = await receive((res, count) => status(count === 1 ? 500 : 200)(res, count));
  const id = await subscribe(receiver.url);
  await hear();
  expect(await why()).toMatchObject({
    reason: "receiver_refused",
    message: `Subscription ${id}, ${receiver.url}: the receiver answered 500.`,
  });
  await box.deliveries.redeliver(1);
  await box.deliveries.waitFor({});
  expect(await why()).toBeNull();
  expect((await box.webhookEvents())[0]?.deliveries).toEqual([1, 2]);
});

test("when it is tried again is told anew once that is delayed", async () => {
  const body = JSON.stringify({ url: CLOSED, version: "v3" });
  const headers = { "Content-Type": "application/json" };
  await fetch(`${box.url}/__mock/subscriptions`, { method: "POST", headers, body });
  await hear();
  const retryOf = async () => /tried again at (\S+)\./.exec((await why())?.message ?? "")?.[1] ?? "";
  const first = Date.parse(await retryOf());
  const events = await EventListener.open(box.url);
  await box.deliveries.delay(1, 10_000);
  expect(Date.parse(await retryOf()) - first).toBe(10_000);
  expect((await events.nextWebhookEvent()).data.webhook_event.unreached).toEqual(await why());
  await events.hangUp();
});

test("whom a call was with, and which contact was changed, is said", async () => {
  await box.simulate.call({ line: LINE, with: ANN });
  await box.simulate.call({ line: LINE, with: "+12055550177", direction: "outbound" });
  await call("POST", "/contacts", { contact: { first_name: "Zoe", last_name: "Zacks", phone_number: "+12055550178" } });
  const told = (await box.webhookEvents()).map(({ type, person }) => [type, person]);
  expect(told).toEqual([
    ["contact.created", "Zoe Zacks"],
    ["call.completed", "+1 (205) 555-0177"],
    ["call.completed", "Ann Archer"],
  ]);
});

test("the receiver is too slow", async () => {
  await subscribe((await receive(() => {})).url);
  await hear();
  await box.clock.advance(15_000);
  expect(await why()).toMatchObject({
    reason: "receiver_too_slow",
    message: expect.stringMatching(/: no answer within 15 s by the sandbox's clock, which was advanced\.$/),
  });
});

test("a fault drops it", async () => {
  await subscribe(CLOSED);
  await box.faults.arm({ fault: "webhook-drop", name: "lossy" });
  const hint = await hear();
  expect(await why()).toMatchObject({ reason: "fault", message: "A fault dropped it: lossy (webhook-drop)." });
  expect(hint).toContain("lossy (webhook-drop)");
});

test("the host is not allowed", async () => {
  await subscribe("http://hooks.example.com/");
  expect(await hear()).toContain("--allow-webhook-host hooks.example.com allows this one");
  expect(await why()).toMatchObject({
    reason: "not_allowed",
    message: expect.stringContaining("--allow-webhook-host hooks.example.com allows this one"),
  });
});

test("the receiver speaks http, and its URL says https", async () => {
  const { url } = await receive();
  await subscribe(url.replace("http:", "https:"));
  await hear();
  expect((await why())?.message).toMatch(
    /: your receiver, 127\.0\.0\.1:\d+, speaks http, and the URL says https \(EPROTO\)\.$/,
  );
});

test("it waited, and its subscription was deleted", async () => {
  const id = await subscribe(CLOSED);
  await box.faults.arm({ fault: "webhook-delay", ms: 1000 });
  await hear();
  expect(await why()).toBeNull();
  await call("DELETE", `/webhook_subscriptions/${id}`);
  expect(await why()).toMatchObject({ reason: "dropped", message: expect.stringMatching(/: the subscription was deleted\.$/) });
});

test("one receiver has got it, another has not: it has reached somebody", async () => {
  await subscribe(CLOSED);
  await subscribe((await receive()).url);
  await hear();
  expect(await why()).toBeNull();
});

test("several have not got it: each says why", async () => {
  await subscribe(CLOSED);
  await subscribe((await receive(status(404))).url);
  await hear();
  expect((await why())?.message).toMatch(/ECONNREFUSED\)\. Subscription 2, .* answered 404\.$/);
});

test("what the API has no event for says so in the hint", async () => {
  const { message } = await box.simulate.message({ chat: 3, from: LINE, text: "Hi" });
  const response = await fetch(`${box.url}/__mock/simulate/delivery`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ message: message.id, status: "delivered" }), // groups give no receipts
  });
  expect(response.headers.get("x-linq-mock-hint")).toBe(
    "No webhook goes out: nothing has happened that the API has an event for.",
  );
});

test("the last 1,000 are kept, and the others counted", async () => {
  const { world } = (await import("../server/create-app")).createLocalMock({ fixtures: smallWorld }).sandboxes.open("default");
  const [chat] = world.chats.values();
  if (!chat) throw new Error("there is no chat");
  for (let i = 0; i < 1005; i += 1) world.announce({ kind: "chat.created", chat });
  expect([world.webhookEvents.values().length, world.webhookEvents.evicted]).toEqual([1000, 5]);
  expect(world.webhookEvents.values()[0]?.id).toBe(6);
});

test("a reset forgets them", async () => {
  await hear();
  await box.reset();
  expect(await box.webhookEvents()).toEqual([]);
});

test("they and their deliveries are listed a page at a time, from the newest back", async () => {
  await subscribe((await receive()).url);
  for (const text of ["One", "Two", "Three"]) await hear(text);
  await box.deliveries.waitFor({ event: "message.received" }, { count: 3 });
  const idsOf = async (list: string, query: string): Promise<number[]> => {
    const body = await (await fetch(`${box.url}/__mock/${list}?${query}`)).json();
    return (body as Record<string, { id: number }[]>)[list]?.map(({ id }) => id) ?? [];
  };
  for (const list of ["webhook_events", "deliveries"]) {
    const all = await idsOf(list, "");
    const [newest] = all;
    expect(await idsOf(list, `before=${newest}&limit=1`)).toEqual([all[1]]);
    expect(await idsOf(list, `before=${all.at(-1)}`)).toEqual([]);
  }
});
