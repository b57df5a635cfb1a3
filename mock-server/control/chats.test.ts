import type { FixtureDocument } from "../../fixtures/generated/fixture-document";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import type { TestSandbox } from "../test-sandbox";
import { checkControlAnswers } from "../testing/control-contract";
import { ANN, BEN, CAY, LINE, OTHER_LINE, smallWorld } from "../testing/worlds";
import { PublicIds } from "../world/public-ids";

// Asserted here, too: A-list-order.

checkControlAnswers();

const NOW = "2025-07-01T12:00:00.000-05:00";

let mock: MockServer;
let box: TestSandbox;

beforeAll(async () => {
  mock = await startMockServer({ fixtures: smallWorld, clock: NOW });
});
beforeEach(async () => {
  box = await mock.sandbox();
});
afterAll(() => mock.stop());

// biome-ignore lint/suspicious/noExplicitAny: the document is checked; a test says what else it expects
async function ask(path: string): Promise<{ status: number; body: any }> {
  const response = await fetch(`${box.url}/__mock${path}`);
  return { status: response.status, body: await response.json() };
}

async function idsOf(path: string): Promise<number[]> {
  const { body } = await ask(path);
  return (body.chats ?? body.messages).map(({ id }: { id: number }) => id);
}

function api(method: string, path: string, body?: object): Promise<Response> {
  const headers = { "X-LINQ-INTEGRATION-TOKEN": "test", "Content-Type": "application/json", "X-Request-Id": "mine" };
  return fetch(`${box.url}/api/partner/v2${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
}

test("your lines, what they have not read, and how many chats they have", async () => {
  await box.simulate.message({ chat: 2, from: BEN, text: "Hi" });
  await api("POST", "/chats/2/chat_messages", { message: { text: "unread by the others" } });
  await box.simulate.message({ line: OTHER_LINE, from: LINE, text: "one of yours among the others" });
  expect((await ask("/lines")).body.lines).toEqual([
    { id: 1, identifier: LINE, unread: 1, chats: 4 },
    { id: 2, identifier: OTHER_LINE, unread: 1, chats: 2 },
  ]);
});

test("a chat, in words of no version", async () => {
  await box.simulate.typing({ chat: 1 });
  expect((await ask("/chats/1")).body.chat).toEqual({
    ...{ id: 1, line: LINE, name: null, title: "Ann Archer", service: "iMessage", group: false },
    participants: [
      {
        ...{ handle_id: 1, identifier: ANN, name: "Ann Archer", service: "iMessage", own: false, typing: true },
        joined_at: expect.any(String),
        left_at: null,
      },
      expect.objectContaining({ handle_id: 2, identifier: LINE, name: null, own: true, typing: false }),
    ],
    former_participants: [],
    last_message: {
      ...{
        id: 1,
        v3_id: new PublicIds(box.name).uuidOf("message", 1),
        chat_id: 1,
        handle_id: 1,
        from: ANN,
        own: false,
        text: "Hello",
        decorations: [],
        attachments: [],
        reactions: [],
      },
      ...{ status: "received", failure: null, edited_at: null, read: true, caused_by: null },
      ...{ effect: null, reply_to: null, service: "iMessage" },
      sent_at: expect.any(String),
      delivered_at: expect.any(String),
    },
    ...{
      unread: 0,
      message_count: 1,
      next_fails: false,
      v3_id: new PublicIds(box.name).uuidOf("chat", 1),
      url: `/s/${box.name}/__mock/ui/#/chats/1`,
    },
  });
});

test("what is bold or moves in a text of V3 is said of the whole of it", async () => {
  const { v3_id } = (await ask("/chats/1")).body.chat;
  const text_decorations = [
    { range: [0, 4], style: "bold" },
    { range: [5, 8], animation: "shake" },
  ];
  const parts = [{ type: "text", value: "Loud now", text_decorations }];
  const sent = await fetch(`${box.url}/api/partner/v3/chats/${v3_id}/messages`, {
    method: "POST",
    headers: { Authorization: `Bearer sandbox-${box.name}`, "Content-Type": "application/json" },
    body: JSON.stringify({ message: { parts } }),
  });
  expect(sent.status).toBe(202);
  expect((await ask("/chats/1")).body.chat.last_message).toMatchObject({
    text: "Loud now",
    decorations: [
      { start: 0, end: 4, style: "bold" },
      { start: 5, end: 8, style: "shake" },
    ],
  });
});

test("in the default sandbox, its page has no sandbox in front", async () => {
  const { chat } = (await (await fetch(`${mock.url}/__mock/chats/3`)).json()) as { chat: object };
  expect(chat).toMatchObject({ name: "The three", title: "The three", group: true, url: "/__mock/ui/#/chats/3" });
});

test("who typed, but long ago, types no more; who left is former, and what they wrote stays", async () => {
  await box.simulate.typing({ chat: 1 });
  await box.clock.advance(60_000);
  await box.simulate.message({ chat: 2, from: BEN, text: "Bye" });
  await box.simulate.participantRemoved({ chat: 2, participant: BEN });
  expect((await ask("/chats/1")).body.chat.participants[0].typing).toBe(false);
  expect((await ask("/chats/2")).body.chat).toMatchObject({
    title: "Ann Archer",
    former_participants: [{ identifier: BEN, own: false }],
    last_message: { text: "Bye", from: BEN },
  });
});

test("a message that was sent is pending, delivered, read or failed, and says which request has sent it", async () => {
  const last = async () => (await ask("/chats/1")).body.chat.last_message;
  await api("POST", "/chats/1/chat_messages", { message: { text: "Hi" } });
  expect(await last()).toMatchObject({
    ...{ own: true, from: LINE, status: "pending", delivered_at: null, read: false },
    caused_by: { request_id: "mine", version: "v2" },
  });
  await box.clock.advance(1000);
  expect(await last()).toMatchObject({ status: "delivered", delivered_at: "2025-07-01T12:00:00.500-05:00" });
  await box.simulate.read({ chat: 1 });
  expect(await last()).toMatchObject({ status: "read", read: true, caused_by: { request_id: "mine" } });
  await api("POST", "/chats/1/chat_messages", { message: { text: "linq-mock: undeliverable" } });
  await box.clock.advance(1000);
  expect(await last()).toMatchObject({ status: "failed", failure: "service_unavailable", delivered_at: null });
  await box.simulate.delivery({ message: 3, status: "delivered" });
  await box.simulate.delivery({ message: 3, status: "failed", reason: "no such number" });
  expect(await last()).toMatchObject({ status: "failed", failure: "no such number" });
  await box.simulate.message({ chat: 1, from: "me", text: "by hand" });
  expect(await last()).toMatchObject({ own: true, caused_by: null });
});

test("which request has sent a message is known in a snapshot, too", async () => {
  await api("POST", "/chats/1/chat_messages", { message: { text: "Hi" } });
  await box.snapshots.save("sent");
  await box.reset();
  await box.snapshots.restore("sent");
  expect((await ask("/chats/1")).body.chat.last_message.caused_by).toEqual({ request_id: "mine", version: "v2" });
});

test("what is attached and who has reacted is shown", async () => {
  await box.simulate.reaction({ message: 1, type: "love" });
  await box.simulate.message({ chat: 1, attachments: [{ filename: "a.png", content_base64: "AAAA" }] });
  const [first, second] = (await ask("/chats/1/messages")).body.messages;
  expect(first.reactions).toEqual([{ id: 1, handle_id: 1, from: ANN, type: "love" }]);
  expect(second.attachments).toEqual([
    { id: expect.any(String), url: expect.stringContaining("http"), filename: "a.png", mime_type: "image/png", file_size: 3 },
  ]);
});

test("the chat with the newest activity comes first, whatever happens", async () => {
  expect(await idsOf("/chats")).toEqual([1, 5, 4, 3, 2]);
  await box.clock.advance(1000);
  await box.simulate.message({ chat: 2, from: ANN, text: "Hi" });
  await box.clock.advance(1000);
  await box.simulate.message({ line: OTHER_LINE, from: BEN, text: "new" });
  expect(await idsOf("/chats")).toEqual([6, 2, 1, 5, 4, 3]);
  await box.clock.advance(1000);
  await api("POST", "/chats/3/chat_messages", { message: { text: "first" } });
  expect(await idsOf("/chats")).toEqual([3, 6, 2, 1, 5, 4]);
  await api("DELETE", "/chats/3/chat_messages/4");
  expect(await idsOf("/chats")).toEqual([3, 6, 2, 1, 5, 4]);
  await box.reset();
  expect(await idsOf("/chats")).toEqual([1, 5, 4, 3, 2]);
});

test("pages of chats follow each other, though others become active meanwhile", async () => {
  const first = (await ask("/chats?limit=2")).body;
  expect([first.chats.map(({ id }: { id: number }) => id), first.total]).toEqual([[1, 5], 5]);
  await box.simulate.message({ chat: 2, from: ANN, text: "Hi" });
  await box.simulate.message({ chat: 1, text: "Hi" });
  const second = (await ask(`/chats?limit=2&cursor=${first.next}`)).body;
  expect([second.chats.map(({ id }: { id: number }) => id), second.next]).toEqual([[4, 3], null]);
});

test.each([
  ["line=%2B15559876543", [5]],
  ["line=15559876543", [5]],
  ["search=archer", [1, 5, 3, 2]],
  ["search=THE%20%20three", [3]],
  ["search=hello", [1]],
  ["search=dee@example", [4]],
  ["search=(205)%20555-0103", [3]],
  ["search=archer&line=%2B15559876543", [5]],
  ["search=nobody", []],
  ["search=%20", [1, 5, 4, 3, 2]],
  ["search=.*", []],
])("a part of the chats: %s", async (query, ids) => {
  const { body } = await ask(`/chats?${query}`);
  expect(body.chats.map(({ id }: { id: number }) => id).sort()).toEqual([...ids].sort());
  expect([body.total, body.next]).toEqual([ids.length, null]);
  const paged = (await ask(`/chats?limit=1&${query}`)).body;
  expect([paged.chats.length, paged.total]).toEqual([Math.min(1, ids.length), ids.length]);
});

describe("of a long chat", () => {
  const sent_at = (i: number): string => new Date(Date.UTC(2025, 5, 1, 12, i)).toISOString();
  const long: FixtureDocument = {
    version: 1,
    lines: [{ phone_number: LINE }],
    chats: [
      {
        ...{ id: 7, line: LINE, participants: [CAY] },
        messages: Array.from({ length: 120 }, (_, i) => ({ id: i + 1, from: CAY, text: `${i}`, sent_at: sent_at(i) })),
      },
      { id: 8, line: LINE, participants: [ANN], messages: [{ id: 500, from: ANN, text: "other" }] },
    ],
  };
  beforeEach(() => box.load(long));

  const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

  test.each([
    ["", range(71, 120), true, false],
    ["limit=3", range(118, 120), true, false],
    ["before=71", range(21, 70), true, true],
    ["before=21", range(1, 20), false, true],
    ["before=1", [], false, true],
    ["after=20&limit=2", [21, 22], true, true],
    ["after=118", [119, 120], true, false],
    ["after=120", [], true, false],
    ["around=60&limit=5", range(58, 62), true, true],
    ["around=1&limit=4", range(1, 4), false, true],
    ["around=120&limit=4", range(117, 120), true, false],
    ["around=60&limit=200", range(1, 120), false, false],
    ["around=60&limit=1", [60], true, true],
  ])("messages are shown in parts: %s", async (query, ids, has_older, has_newer) => {
    const { body } = await ask(`/chats/7/messages?${query}`);
    expect(body.messages.map(({ id }: { id: number }) => id)).toEqual(ids);
    expect([body.has_older, body.has_newer]).toEqual([has_older, has_newer]);
  });

  test("parts follow each other over what was deleted and what is new", async () => {
    await api("DELETE", "/chats/7/chat_messages/119");
    await box.simulate.message({ chat: 7, text: "new" });
    expect(await idsOf("/chats/7/messages?limit=3")).toEqual([118, 120, 501]);
    expect(await idsOf("/chats/7/messages?before=118&limit=2")).toEqual([116, 117]);
    expect(await idsOf("/chats/7/messages?after=117&limit=2")).toEqual([118, 120]);
  });

  test.each([
    ["before=999", 404, "message_unknown", "/before", "the newest messages are shown"],
    ["around=500", 404, "message_unknown", "/around", "It is in chat 8."],
    ["before=5&after=4", 400, "invalid", "/after", undefined],
    ["before=0", 400, "invalid", "/before", undefined],
    ["after=-1", 400, "invalid", "/after", undefined],
    ["around=1e3", 400, "invalid", "/around", undefined],
    ["limit=0", 400, "invalid", "/limit", undefined],
    ["limit=1000000", 400, "invalid", "/limit", undefined],
    ["limit=999999999999999999999", 400, "invalid", "/limit", undefined],
    ["before=5&before=6", 400, "invalid", undefined, undefined],
    ["page=2", 400, "invalid", undefined, undefined],
  ])("what is no part of it is refused: %s", async (query, status, code, pointer, hint) => {
    const { status: given, body } = await ask(`/chats/7/messages?${query}`);
    expect([given, body.error.code, body.error.pointer]).toEqual([status, code, pointer]);
    if (hint !== undefined) expect(body.error.hint).toContain(hint);
  });
});

test.each([
  ["/chats/999", 404, "chat_unknown", "There are 1, 2, 3, 4, 5."],
  ["/chats/999/messages", 404, "chat_unknown", "There are 1, 2, 3, 4, 5."],
  ["/chats/0", 404, "chat_unknown", "There are"],
  ["/chats/abc", 400, "invalid", "Ids are numbers here"],
  ["/chats/1'%20OR%201=1", 400, "invalid", "Ids are numbers here"],
  ["/chats?line=%2B12055550199", 404, "line_unknown", `There are ${LINE}, ${OTHER_LINE}.`],
  ["/chats?line=", 404, "line_unknown", `There are ${LINE}`],
  ["/chats?cursor=", 400, "invalid", "what the page before had in next"],
  ["/chats?cursor=1;2", 400, "invalid", "what the page before had in next"],
  ["/chats?cursor=1_2", 400, "invalid", "what the page before had in next"],
  ["/chats?limit=201", 400, "invalid", undefined],
  [`/chats?search=${"x".repeat(201)}`, 400, "invalid", undefined],
  ["/chats?serach=x", 400, "invalid", "Did you mean search?"],
  ["/lines?limit=1", 400, "invalid", undefined],
])("what there is not is refused, with a hint: %s", async (path, status, code, hint) => {
  const { status: given, body } = await ask(path);
  expect([given, body.error.code]).toEqual([status, code]);
  if (hint !== undefined) expect(body.error.hint).toContain(hint);
});

test("a cursor of nowhere is a place in the order, too", async () => {
  expect(await idsOf("/chats?cursor=-9999999999999999_1_1")).toEqual([]);
  expect((await idsOf("/chats?cursor=9999999999999999_1_1")).length).toBe(5);
});

test("subscriptions, without their secrets, and where they come from", async () => {
  await box.load({
    ...smallWorld,
    webhook_subscriptions: [{ webhook_url: "http://localhost:1/", events: ["message.sent"] }],
  });
  const webhook_subscription = { webhook_url: "http://localhost:2/", version: 2, events: ["message.read"], secret: "s3cret" };
  await api("POST", "/webhook_subscriptions", { webhook_subscription });
  const { body } = await ask("/subscriptions");
  const never = { v3_id: expect.any(String), active: true, version: "v2", delivery_attempts: 0, last_delivered_at: null };
  expect(body.subscriptions).toEqual([
    { ...never, id: 1, url: "http://localhost:1/", events: ["message.sent"], signed: false, origin: "fixture" },
    { ...never, id: 2, url: "http://localhost:2/", events: ["message.read"], signed: true, origin: "api" },
  ]);
});

test("a subscription of V3 that is given no secret has one made, which is told once, and signs the newest webhooks", async () => {
  const events = ["message.received"];
  const [status, made] = await change("POST", "", { url: "http://127.0.0.1:1/", version: "v3", events });
  expect([status, made]).toMatchObject([
    201,
    { subscription: { signed: true, version: "v3" }, signing_secret: expect.stringMatching(/^whsec_/) },
  ]);
  expect(JSON.stringify((await ask("/subscriptions")).body)).not.toContain(made.signing_secret);
  for (const fields of [{ version: "v3", secret: "s3cret" }, {}])
    expect((await change("POST", "", { url: "http://127.0.0.1:1/", events, ...fields }))[1]).not.toHaveProperty(
      "signing_secret",
    );
});

test("a subscription is made as by the API, which knows it, then paused, let go on and ended (A-list-order)", async () => {
  const made = await change("POST", "", { url: "http://127.0.0.1:1/", secret: "s3cret", events: ["message.received"] });
  expect(made).toMatchObject([201, { subscription: { id: 1, active: true, signed: true, version: "v2", origin: "api" } }]);
  expect(await (await api("GET", "/webhook_subscriptions")).json()).toMatchObject({
    webhook_subscriptions: [{ id: 1, events: ["message.received"], secret_configured: true }],
  });
  expect(await change("PUT", "/1", { active: false })).toMatchObject([200, { subscription: { active: false } }]);
  await box.simulate.message({ chat: 1, text: "Hi" });
  expect((await box.webhookEvents())[0]?.unreached?.reason).toBe("paused");
  await change("PUT", "/1", { active: true });
  await box.simulate.message({ chat: 1, text: "Hi" });
  expect(await box.deliveries.list()).toHaveLength(1);
  expect(await change("DELETE", "/1")).toEqual([204, undefined]);
  expect((await ask("/subscriptions")).body.subscriptions).toEqual([]);
});

test("one of V3 is told everything; that of the mock's own receiver is paused, and ended only with it", async () => {
  const [, body] = await change("POST", "", { url: "http://127.0.0.1:1/", version: "v3" });
  expect(body.subscription).toMatchObject({ version: "v3", signed: true });
  expect(body.subscription.events.length).toBeGreaterThan(10);
  await box.load(await box.state()); // which has it
  const { subscription_id: id } = await box.receiver.open();
  expect(await change("PUT", `/${id}`, { active: false })).toMatchObject([200, { subscription: { active: false } }]);
  expect(await change("DELETE", `/${id}`)).toMatchObject([409, { error: { code: "impossible" } }]);
});

test.each([
  ["POST", "", { url: "ftp://127.0.0.1/" }, 422, "/url"],
  ["POST", "", { url: "http://127.0.0.1:1/", events: ["message.recieved"] }, 422, "/events"],
  ["POST", "", { url: "http://127.0.0.1:1/", version: "v9" }, 422, "/version"],
  ["PUT", "/7", { active: true }, 404, "/id"],
  ["DELETE", "/7", undefined, 404, "/id"],
] as const)("%s /subscriptions%s is refused: %j", async (method, path, body, status, pointer) => {
  expect(await change(method, path, body)).toMatchObject([status, { error: { pointer } }]);
});

// biome-ignore lint/suspicious/noExplicitAny: the document is checked; a test says what else it expects
async function change(method: string, path: string, body?: object): Promise<[number, any]> {
  const response = await fetch(`${box.url}/__mock/subscriptions${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return [response.status, text === "" ? undefined : JSON.parse(text)];
}
