import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { version } from "../../package.json";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import type { TestSandbox } from "../test-sandbox";
import { sandboxClient } from "../testing/api-client";
import { EventListener, type SentEvent } from "../testing/event-listener";
import { ANN, BEN, LINE, smallWorld } from "../testing/worlds";

let mock: MockServer;
let box: TestSandbox;

const NOW = "2025-07-01T12:00:00.000-05:00";

beforeEach(async () => {
  mock = await startMockServer({ fixtures: smallWorld, clock: NOW });
  box = await mock.sandbox();
});

afterEach(() => mock.stop());

function api(path: string, options: RequestInit = {}): Promise<Response> {
  const headers = { "X-LINQ-INTEGRATION-TOKEN": "test", "Content-Type": "application/json", "X-Request-Id": "mine" };
  return fetch(`${box.url}/api/partner/v2${path}`, { headers, ...options });
}

function send(text: string): Promise<Response> {
  return api("/chats/1/chat_messages", { method: "POST", body: JSON.stringify({ message: { text } }) });
}

function typesOf(events: readonly SentEvent[]): string[] {
  return events.map(({ type }) => type);
}

test("the stream says hello first, and gateways are told not to keep it back", async () => {
  await box.simulate.typing({ chat: 1 });
  const { hello, headers } = await EventListener.open(box.url);
  expect(hello).toEqual({
    sentId: expect.stringMatching(/^[\da-f]{8}-2$/),
    ...{ id: 2, type: "hello", at: NOW, chat_id: null, message_id: null, request_id: null, version: null },
    data: { version, sandbox: { name: box.name }, start: hello.sentId.slice(0, 8), last_id: 2 },
  });
  expect([headers.get("content-type"), headers.get("x-accel-buffering")]).toEqual(["text/event-stream", "no"]);
});

test("an event has one shape, whatever it tells, and names what it is about and which request caused it", async () => {
  const events = await EventListener.open(box.url);
  await send("Hi");
  const [sent, request] = [await events.next(), await events.next()];
  expect(sent).toEqual({
    sentId: `${events.hello.data.start}-1`,
    ...{ id: 1, type: "message.sent", at: NOW, chat_id: 1, message_id: 2, request_id: "mine", version: "v2" },
    data: {
      message: expect.objectContaining({
        id: 2,
        text: "Hi",
        status: "pending",
        caused_by: { request_id: "mine", version: "v2" },
      }),
      chat: expect.objectContaining({
        id: 1,
        title: "Ann Archer",
        message_count: 2,
        url: `/s/${box.name}/__mock/ui/#/chats/1`,
      }),
    },
  });
  expect(request).toMatchObject({ type: "request", chat_id: 1, message_id: 2, request_id: "mine", version: "v2" });
  expect(request.data).toEqual({ request: (await box.requests.list())[0] });
  expect(request.data.request).toMatchObject({
    event_ids: [1],
    request: { headers: { "x-linq-integration-token": "(hidden)" } },
  });
});

test("what becomes of a message is caused by the request that has sent it; what others do, by none", async () => {
  const events = await EventListener.open(box.url);
  for (const text of ["Hi", "linq-mock: undeliverable"]) await send(text);
  await box.clock.advance(500);
  await box.simulate.read({ chat: 1 });
  const told = await events.upTo("message.read");
  const outcomes = told.filter(({ type }) => /delivered|failed|read/.test(type));
  expect(outcomes.map(({ type, at, message_id, request_id }) => [type, at.slice(20, 23), message_id, request_id])).toEqual([
    ["message.delivered", "500", 2, "mine"],
    ["message.failed", "500", 3, "mine"],
    ["message.read", "500", 2, null],
  ]);
  expect(outcomes.map(({ data: { message } }) => [message.status, message.failure])).toEqual([
    ["delivered", null],
    ["failed", "service_unavailable"],
    ["read", null],
  ]);
  const [second, first] = await box.requests.list();
  expect([first?.event_ids, second?.event_ids]).toEqual([
    [1, 7],
    [4, 9],
  ]);
  expect(await box.deliveries.list()).toEqual([]);
});

test("a listener is told of deliveries, as they are listed, and why they are", async () => {
  const webhook_subscription = { webhook_url: "http://127.0.0.1:1/", version: 2, events: ["message.received", "message.sent"] };
  await api("/webhook_subscriptions", { method: "POST", body: JSON.stringify({ webhook_subscription }) });
  const events = await EventListener.open(box.url);
  await send("Hi");
  const delivery = (await events.upTo("delivery")).at(-1);
  expect(delivery).toMatchObject({ chat_id: 1, message_id: 2, request_id: "mine", version: "v2" });
  expect(delivery?.data).toEqual({ delivery: (await box.deliveries.list())[0] });
  expect(delivery?.data.delivery).toMatchObject({ attempts: [{ error: "connection refused by 127.0.0.1:1 (ECONNREFUSED)" }] });
});

/** Whatever there is to do, and what is told of it. */
const DEEDS: Readonly<Record<string, readonly [deed: () => Promise<unknown>, told: readonly (readonly [string, object])[]]>> = {
  "a message that is received": [
    () => box.simulate.message({ line: LINE, from: "+12055550177", text: "Hi\nthere" }),
    [
      ["chat.opened", { chat: { id: 6, title: "+1 (205) 555-0177", name: null } }],
      [
        "message.received",
        { message: { id: 2, text: "Hi\nthere", own: false, status: "received" }, chat: { id: 6, unread: 1 } },
      ],
    ],
  ],
  "a chat that the API makes": [
    () =>
      api("/chats", {
        method: "POST",
        body: JSON.stringify({ send_from: LINE, chat: { phone_numbers: [BEN] }, message: { text: "Hi" } }),
      }),
    [
      ["chat.created", { chat: { id: 6, line: LINE, group: false } }],
      ["message.sent", { message: { text: "Hi" }, chat: { id: 6 } }],
      ["request", { request: { operation: "createChat", chat_id: 6, message_id: 2, event_ids: [1, 3] } }],
    ],
  ],
  "a message that is edited, and deleted": [
    async () => {
      await send("Hi");
      await api("/chats/1/chat_messages/2/edit", { method: "POST", body: JSON.stringify({ text: "Hey" }) });
      await api("/chats/1/chat_messages/2", { method: "DELETE" });
    },
    [
      ["message.sent", {}],
      ["request", {}],
      ["message.edited", { message: { id: 2, text: "Hey", edited_at: NOW } }],
      ["request", {}],
      ["message.deleted", { message: { id: 2 }, chat: { message_count: 1, last_message: { id: 1 } } }],
      ["request", {}],
    ],
  ],
  "a reaction": [
    () => box.simulate.reaction({ message: 1, type: "love" }),
    [
      [
        "reaction.received",
        {
          message: { id: 1, reactions: [{ id: 1, handle_id: 1, from: ANN, type: "love" }] },
          reaction: { id: 1, handle_id: 1, from: ANN, type: "love" },
        },
      ],
    ],
  ],
  "typing, of either side": [
    async () => {
      await box.simulate.typing({ chat: 1 });
      await api("/chats/1/start_typing", { method: "POST" });
    },
    [
      ["typing.started", { chat_id: 1, handle_id: 1, identifier: ANN }],
      ["typing.started", { chat_id: 1, handle_id: 2, identifier: LINE }],
      ["request", { request: { chat_id: 1, message_id: null } }],
    ],
  ],
  "somebody who leaves": [
    () => box.simulate.participantRemoved({ chat: 2, participant: BEN }),
    [["participant.removed", { identifier: BEN, chat: { id: 2, former_participants: [{ identifier: BEN }] } }]],
  ],
  "a contact": [
    () => api("/contacts", { method: "POST", body: JSON.stringify({ contact: { first_name: "Eve" } }) }),
    [
      ["contact.created", { contact: { id: 3, first_name: "Eve", email: null, created_at: NOW } }],
      ["request", {}],
    ],
  ],
  "a line": [
    () => api("/phone_numbers/1", { method: "PUT", body: JSON.stringify({ forwarding_number: BEN }) }),
    [
      ["line.updated", { line: { id: 1, identifier: LINE, chats: 4, unread: 0 } }],
      ["request", {}],
    ],
  ],
  "a call": [
    () => box.simulate.call({ line: LINE, with: ANN, recording: { url: "https://example.com/call.mp3" } }),
    [["call.completed", { call: { from: ANN, to: LINE, recording: { duration: 60 } } }]],
  ],
  "the clock": [
    () => box.clock.advance(1500),
    [["clock", { clock: { mode: "frozen", now: "2025-07-01T12:00:01.500-05:00" }, jumped_ms: 1500 }]],
  ],
  faults: [
    async () => {
      await box.faults.arm({ fault: "latency", name: "slow", ms: 10 });
      await box.faults.disarm("slow");
      await expect(box.faults.disarm("slow")).rejects.toThrow("There is no fault");
      await box.simulate.typing({ chat: 1 });
    },
    [
      ["faults", { faults: [{ name: "slow", hits: 0 }] }],
      ["faults", { faults: [] }],
      ["typing.started", {}],
    ],
  ],
  "a reset": [() => box.reset(), [["reset", {}]]],
  "another sandbox": [
    async () => (await mock.sandbox("other")).drop(),
    [
      ["sandbox", { sandbox: { name: "other" }, change: "opened" }],
      ["sandbox", { sandbox: { name: "other" }, change: "dropped" }],
    ],
  ],
};

test.each(Object.keys(DEEDS))("a listener is told of %s", async (name) => {
  const [deed, expected] = DEEDS[name] as (typeof DEEDS)[string];
  const events = await EventListener.open(box.url);
  await deed();
  const told: SentEvent[] = [];
  for (const _ of expected) told.push(await events.next());
  expect(told.map(({ type, data }) => [type, data])).toMatchObject(expected);
});

test("a secret is in no event", async () => {
  const events = await EventListener.open(box.url);
  const webhook_subscription = { webhook_url: "http://127.0.0.1:1/", version: 2, events: ["message.sent"], secret: "s3cret" };
  await api("/webhook_subscriptions", { method: "POST", body: JSON.stringify({ webhook_subscription }) });
  const told = await events.upTo("request");
  expect(told[0]?.data).toMatchObject({ subscription: { id: 1, signed: true, origin: "api", version: "v2" } });
  expect(JSON.stringify(told[0])).not.toContain("s3cret");
});

test("changes are numbered, and a listener is told of them in order", async () => {
  await box.simulate.typing({ chat: 1 });
  const events = await EventListener.open(box.url);
  await box.simulate.message({ line: LINE, from: "+12055550177", text: "Hi" });
  expect((await events.upTo("message.received")).map(({ id }) => id)).toEqual([3, 5]);
});

test("a listener is told of what falls due while the clock is advanced, each at its instant", async () => {
  await box.simulate.typing({ chat: 1 });
  const events = await EventListener.open(box.url);
  await box.clock.advance(90_000);
  expect((await events.upTo("clock")).map(({ type, at }) => [type, at])).toEqual([
    ["typing.stopped", "2025-07-01T12:01:00.000-05:00"],
    ["clock", "2025-07-01T12:01:30.000-05:00"],
  ]);
});

test("the stream goes on over a reset, a restored snapshot and other fixtures", async () => {
  await box.snapshots.save("start");
  const events = await EventListener.open(box.url);
  for (const begin of [() => box.reset(), () => box.snapshots.restore("start"), () => box.load(smallWorld)]) {
    await begin();
    await box.simulate.typing({ chat: 1 });
    expect(typesOf(await events.upTo("typing.started"))).toEqual(["reset", "typing.started"]);
  }
});

test("a listener is told of its own sandbox only", async () => {
  const other = await mock.sandbox();
  const events = await EventListener.open(box.url);
  await other.simulate.message({ chat: 1, text: "Elsewhere" });
  await box.simulate.message({ chat: 1, text: "Here" });
  expect((await events.next()).data.message.text).toBe("Here");
});

test("several may listen, and who hangs up does no harm", async () => {
  const [one, two] = [await EventListener.open(box.url), await EventListener.open(box.url)];
  await box.simulate.typing({ chat: 1 });
  expect((await one.next()).type).toBe("typing.started");
  await one.hangUp();
  await box.simulate.typing({ chat: 1, typing: false });
  expect(typesOf(await two.upTo("typing.stopped"))).toEqual(["typing.started", "typing.stopped"]);
});

test("the stream ends when its sandbox is dropped", async () => {
  const events = await EventListener.open(box.url);
  await box.drop();
  await events.ended();
});

test("the stream ends when the mock stops, and does not keep it", async () => {
  const events = await EventListener.open(box.url);
  await mock.stop();
  await events.ended();
});

test("whoever listens and does not read is hung up on", async () => {
  const request = get(`${box.url}/__mock/events`);
  const [response] = (await once(request, "response")) as [IncomingMessage];
  const text = "x".repeat(1_000_000);
  const api = sandboxClient(box);
  for (let i = 0; i < 40; i += 1) await api("POST", "/chats/1/chat_messages", { message: { text } });
  response.resume();
  await expect(once(response, "end")).rejects.toThrow("aborted");
});

test.each(["header", "parameter"])(
  "a listener that comes back is told what it has missed, in order, and then what happens: by %s",
  async (how) => {
    const events = await EventListener.open(box.url);
    await box.simulate.message({ chat: 1, text: "one" });
    const { id, sentId } = await events.next();
    await events.hangUp();
    await box.simulate.message({ chat: 1, text: "two" });
    await box.simulate.message({ chat: 1, text: "three" });
    const again = await EventListener.open(box.url, { [how]: sentId });
    await box.simulate.message({ chat: 1, text: "four" });
    const told = [await again.next(), await again.next(), await again.next()];
    expect([again.hello.sentId, again.hello.data.last_id]).toEqual([sentId, id + 5]);
    expect(told.map((event) => [event.id, event.data.message.text])).toEqual([
      [id + 2, "two"],
      [id + 4, "three"],
      [id + 6, "four"],
    ]);
  },
);

test.each([
  ["what is not kept any more", "0", 2],
  ["that the mock was started anew", "1000", null],
  ["that another has counted, whatever the number", "00000000-0", null],
  ["that nobody knows, where the id is none", "-1; DROP", null],
])("a listener that comes back is told %s", async (_, last, events) => {
  await box.simulate.message({ chat: 1, text: "nobody listens yet" });
  const listener = await EventListener.open(box.url, { header: last });
  expect(await listener.next()).toMatchObject({ id: 2, type: "missed", data: { after: last, events } });
});

test("a sandbox that was dropped and opened again has another start", async () => {
  const first = await EventListener.open(box.url);
  await box.drop();
  const second = await EventListener.open(box.url, { header: first.hello.sentId });
  expect(second.hello.data.start).not.toBe(first.hello.data.start);
  expect(await second.next()).toMatchObject({ type: "missed", data: { events: null } });
});

test.each(["", "x", "1-2-3", `${"9".repeat(20)}`])("a parameter last_event_id that is none is refused: %j", async (id) => {
  const response = await fetch(`${box.url}/__mock/events?last_event_id=${id}`);
  expect([response.status, await response.json()]).toMatchObject([
    400,
    { error: { code: "invalid", pointer: "/last_event_id", hint: "It is the id of an event, such as 9f86d081-42." } },
  ]);
});

test("a listener who wants so many a second is told of the first, how many more there were, and then again of all", async () => {
  const listener = await EventListener.open(box.url, { atMost: 3 });
  const all = await EventListener.open(box.url);
  const type = (typing: boolean): Promise<unknown> => box.simulate.typing({ chat: 1, typing });
  for (let i = 0; i < 5; i += 1) {
    await type(true);
    await type(false);
  }
  const told = await listener.upTo("missed");
  const sent: unknown[] = [];
  for (let i = 0; i < 10; i += 1) sent.push(await all.next());
  const shown = told.slice(0, -1);
  expect(shown).toEqual(sent.slice(0, shown.length));
  expect(shown.length).toBeLessThan(10); // three, and three more if a second ended meanwhile
  const { events, types } = told.at(-1)?.data ?? {};
  expect(events).toBeGreaterThan(0);
  expect(types.length).toBeGreaterThan(0);
  expect(["typing.started", "typing.stopped", "webhook_event"]).toEqual(expect.arrayContaining(types));
  expect(new Set(types).size).toBe(types.length);
  await type(true);
  await listener.upTo("typing.started");
});
