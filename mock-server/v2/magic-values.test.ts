import { requireContract } from "../../contracts/testing/require-contract";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import type { TestSandbox } from "../test-sandbox";
import { type Receiver, startReceiver } from "../testing/receiver";
import { ANN, BEN, LINE, smallWorld } from "../testing/worlds";

// Asserted here, too: A-error-wording, A-create-service, A-availability, A-delivery, A-create-existing, A-find-match,
// A-list-order, A-list-scope, A-message-order, A-idempotency-create, A-idempotency-scope.

/* Each magic value, as a client sees it that has nothing but the API. */

const NUMBERS = {
  refused: "+15005550101",
  undeliverable: "+15005550102",
  pending: "+15005550103",
  slow: "+15005550104",
  paused: "+15005550106",
  sms: "+15005550105",
};
const NOW = "2025-07-01T12:00:00.000-05:00";

let mock: MockServer;
let box: TestSandbox;

beforeAll(async () => {
  mock = await startMockServer({ fixtures: smallWorld, clock: NOW, rateLimits: false });
});
beforeEach(async () => {
  box = await mock.sandbox();
});
afterAll(() => mock.stop());

interface Answer {
  readonly status: number;
  readonly hint: string | null;
  readonly assumptions: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects
  readonly body: any;
}

async function api(method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${box.url}/api/partner/v2${path}`, {
    method,
    headers: { "X-LINQ-INTEGRATION-TOKEN": "test", ...(body && { "Content-Type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  requireContract(method, path, response.status, answer);
  const { headers, status } = response;
  return {
    status,
    hint: headers.get("x-linq-mock-hint"),
    assumptions: headers.get("x-linq-mock-assumption"),
    body: answer,
  };
}

function send(text: string, chat = 1): Promise<Answer> {
  return api("POST", `/chats/${chat}/chat_messages`, { message: { text } });
}

function create(text: string, ...phone_numbers: string[]): Promise<Answer> {
  return api("POST", "/chats", { send_from: LINE, chat: { phone_numbers }, message: { text } });
}

/** Each way to send a message with an outcome: by a number to a new chat, alone and in a group, and by a text to both operations. */
function ways(outcome: Exclude<keyof typeof NUMBERS, "sms">): [string, string, () => Promise<Answer>][] {
  const [number, text] = [NUMBERS[outcome], `linq-mock: ${outcome}`];
  return [
    ["to its number", number, () => create("Hi", number)],
    ["to a group with its number", number, () => create("Hi", ANN, number, BEN)],
    ["with its text, to somebody new", text, () => create(text, "+12055550177")],
    ["with its text, to a chat that Create Chat finds", text, () => create(text, ANN)],
    ["with its text, by Send Message", text, () => send(text)],
    ["with its text, written otherwise", text, () => send(` ${text.toUpperCase()}\n`)],
  ];
}

/** The message that an answer shows, and where it is read. */
function sentBy({ body: { data } }: Answer): { message: Answer["body"]; path: () => Promise<string> } {
  const message = data.chat_messages ?? data;
  const path = async (): Promise<string> => {
    const { chats = [] } = await box.state();
    const chat = chats.find(({ messages = [] }) => messages.some(({ id }) => id === message.id));
    return `/chats/${chat?.id}/chat_messages/${message.id}`;
  };
  return { message, path };
}

async function read(answer: Answer): Promise<Answer> {
  return api("GET", await sentBy(answer).path());
}

test.each(ways("refused"))("a message %s is refused, and leaves nothing behind", async (_, value, ask) => {
  const before = await box.state();
  const { status, body, hint } = await ask();
  expect(status).toBe(422);
  expect(body).toEqual({
    errors: [{ status: 422, code: "invalid_params", title: "Invalid Params", detail: "The message was refused" }],
  });
  expect(hint).toBe(`${value} is a magic value: sending is refused (V2: 422, V3: 400), and nothing is sent or created.`);
  expect(await box.state()).toEqual(before);
});

test.each(ways("undeliverable"))("a message %s is accepted, and then undeliverable", async (_, value, ask) => {
  const answer = await ask();
  expect(answer.status).toBeLessThan(300);
  expect(sentBy(answer).message).toMatchObject({ delivery_status: "pending", delivered_at: null });
  expect(answer.hint).toContain(`${value} is a magic value: the message is accepted as pending`);
  await box.clock.advance(499);
  expect((await read(answer)).body.data).toMatchObject({ delivery_status: "pending", delivered_at: null });
  await box.clock.advance(1);
  const { body, hint } = await read(answer);
  expect(body.data).toMatchObject({ delivery_status: "service_unavailable", delivered_at: null });
  expect(hint).toContain(`${value} is a magic value`);
});

test.each(ways("pending"))("a message %s stays pending", async (_, value, ask) => {
  const answer = await ask();
  expect(sentBy(answer).message).toMatchObject({ delivery_status: "pending", delivered_at: null });
  await box.clock.advance(365 * 86_400_000);
  const { body, hint } = await read(answer);
  expect(body.data).toMatchObject({ delivery_status: "pending", delivered_at: null });
  expect(hint).toBe(`${value} is a magic value: the message is accepted, and stays pending for ever.`);
});

test.each(ways("paused"))("a message %s is paused, until it is delivered all the same", async (_, value, ask) => {
  const answer = await ask();
  const { id, ...message } = sentBy(answer).message;
  expect([answer.status < 300, message]).toMatchObject([true, { delivery_status: "paused", delivered_at: null }]);
  await box.clock.advance(86_400_000);
  const { body, hint } = await read(answer);
  expect(body.data).toMatchObject({ delivery_status: "paused", delivered_at: null });
  expect(hint).toBe(`${value} is a magic value: the message is accepted as paused, and stays so (V3: it fails).`);
  await box.simulate.delivery({ message: id, status: "delivered" });
  expect((await read(answer)).body.data.delivery_status).toBe("delivered");
});

test.each(ways("slow"))("a message %s is delivered after half a minute", async (_, value, ask) => {
  const answer = await ask();
  expect(sentBy(answer).message).toMatchObject({ delivery_status: "pending", delivered_at: null });
  await box.clock.advance(29_999);
  expect((await read(answer)).body.data).toMatchObject({ delivery_status: "pending", delivered_at: null });
  await box.clock.advance(1);
  const { body, hint } = await read(answer);
  expect(body.data).toMatchObject({ delivery_status: "delivered", delivered_at: "2025-07-01T12:00:30.000-05:00" });
  expect(hint).toContain(`${value} is a magic value`);
});

test("a number that receives SMS only is not available, and its chats are SMS", async () => {
  const check = await api("POST", "/i_message_availability/check", { phone_number: "5005550105" });
  expect(check.body).toEqual({ available: false, phone_number: NUMBERS.sms });
  expect(check.assumptions).toBe("A-availability-number");
  const created = await create("Hi", NUMBERS.sms);
  expect(created.body.data).toMatchObject({ service: "SMS", chat_handles: [{ service: "SMS" }, { service: "SMS" }] });
  const path = `/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=%2B15005550105`;
  const found = await api("GET", path);
  const got = await api("GET", `/chats/${created.body.data.id}`);
  const listed = await api("GET", "/chats?phone_number=%2B15005550105");
  expect([found.body.data.chat.service, got.body.data.service, listed.body.data[0].service]).toEqual(["SMS", "SMS", "SMS"]);
  for (const { hint } of [check, created, found, got, listed])
    expect(hint).toBe(
      "+15005550105 is a magic value: Check iMessage Availability answers available: false, and a chat with this number has the service SMS.",
    );
  await box.clock.advance(500);
  expect((await read(created)).body.data.delivery_status).toBe("delivered");
});

test("who is in a group with it receives SMS, too", async () => {
  expect((await create("Hi", ANN, NUMBERS.sms)).body.data.service).toBe("SMS");
});

test("a chat that a fixture has with it is SMS, unless the fixture states a service", async () => {
  const chat = { line: LINE, participants: [NUMBERS.sms] };
  await box.load({ version: 1, lines: [LINE], chats: [chat, { ...chat, service: "RCS" }] });
  expect((await api("GET", "/chats/1")).body.data.service).toBe("SMS");
  const { body, hint } = await api("GET", "/chats/2");
  expect([body.data.service, hint]).toEqual(["RCS", null]);
});

test("what a fixture states of a number's availability wins", async () => {
  await box.load({ ...smallWorld, availability: { [NUMBERS.sms]: "iMessage" } });
  const { body, hint } = await api("POST", "/i_message_availability/check", { phone_number: NUMBERS.sms });
  expect([body.available, hint]).toEqual([true, null]);
  const created = await create("Hi", NUMBERS.sms);
  expect([created.body.data.service, created.hint]).toEqual(["iMessage", null]);
});

test("a contact may have a magic number, and its chat may be there from the start", async () => {
  const contacts = [{ first_name: "Nora", phone_number: NUMBERS.undeliverable }];
  await box.load({
    version: 1,
    lines: [LINE],
    contacts,
    chats: [{ line: LINE, participants: ["Nora"], messages: [{ me: "Old" }] }],
  });
  expect((await api("GET", "/chats/1/chat_messages")).hint).toBeNull();
  const sent = await send("New");
  await box.clock.advance(500);
  const { body, hint } = await api("GET", "/chats/1/chat_messages");
  expect(body.data).toMatchObject([
    { text: "Old", delivery_status: "delivered" },
    { text: "New", delivery_status: "service_unavailable" },
  ]);
  expect(hint).toBe(sent.hint);
});

test("what others write is no magic text, and reaches the line from a magic number", async () => {
  await box.simulate.message({ chat: 1, text: "linq-mock: pending" });
  const { message } = await box.simulate.message({ line: LINE, from: NUMBERS.refused, text: "Hi" });
  expect(message.delivery_status).toBe("delivered");
  expect((await api("GET", "/chats/1/chat_messages")).hint).toBeNull();
});

test("a replay by Create Chat shows what could not be delivered as paused, and says why", async () => {
  const body = {
    send_from: LINE,
    chat: { phone_numbers: [NUMBERS.undeliverable] },
    message: { text: "Hi", idempotency_key: "once" },
  };
  await api("POST", "/chats", body);
  await box.clock.advance(500);
  const { body: replayed, hint, assumptions } = await api("POST", "/chats", body);
  expect(replayed.data.chat_messages).toMatchObject({ delivery_status: "paused", delivered_at: null });
  expect(assumptions).toContain("A-create-undeliverable");
  expect(hint).toContain(NUMBERS.undeliverable);
});

test("an edited message keeps its outcome, and an edit to a magic text has none", async () => {
  const [failing, plain] = [await send("linq-mock: undeliverable"), await send("Hi")];
  await api("POST", `${await sentBy(failing).path()}/edit`, { text: "Never mind" });
  await api("POST", `${await sentBy(plain).path()}/edit`, { text: "linq-mock: undeliverable" });
  await box.clock.advance(500);
  expect((await read(failing)).body.data.delivery_status).toBe("service_unavailable");
  const { body, hint } = await read(plain);
  expect([body.data.delivery_status, hint]).toEqual(["delivered", null]);
});

describe("a message on its way", () => {
  const outcomes = async (): Promise<string[]> => {
    const { body } = await api("GET", "/chats/1/chat_messages?sort=desc&per_page=3");
    return body.data.map(
      ({ text, delivery_status }: { text: string; delivery_status: string }) => `${text} ${delivery_status}`,
    );
  };
  const later = ["linq-mock: slow delivered", "linq-mock: pending pending", "linq-mock: undeliverable service_unavailable"];
  const sendAll = async (): Promise<void> => {
    for (const outcome of ["undeliverable", "pending", "slow"]) await send(`linq-mock: ${outcome}`);
  };

  test("ends the same in a snapshot", async () => {
    await sendAll();
    await box.snapshots.save("sent");
    await box.reset();
    expect((await outcomes()).length).toBe(1);
    await box.snapshots.restore("sent");
    await box.clock.advance(30_000);
    expect(await outcomes()).toEqual(later);
  });

  test.each([0, 500, 29_999, 30_000])("exports, loads and exports to the same, %i ms after", async (ms) => {
    await sendAll();
    await box.clock.advance(ms);
    const exported = await box.state();
    await box.load(exported);
    expect(await box.state()).toEqual(exported);
    await box.clock.advance(30_000);
    expect(await outcomes()).toEqual(later);
  });
});

describe("with a webhook subscription", () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver();
    const events = ["message.sent", "chat.created"];
    const webhook_subscription = { webhook_url: receiver.url, events, version: 2 };
    await api("POST", "/webhook_subscriptions", { webhook_subscription });
  });
  afterEach(() => receiver.stop());

  test("an accepted message is told of as sent, once, and a refused one is not", async () => {
    await create("Hi", NUMBERS.refused);
    await send("linq-mock: refused");
    await create("Hello", NUMBERS.undeliverable);
    await send("linq-mock: pending");
    await box.deliveries.waitFor({ event: "message.sent" }, { count: 2 });
    await box.clock.advance(60_000);
    expect(receiver.received.map(({ event }) => [event.event_type, event.data.text])).toEqual([
      ["chat.created", undefined],
      ["message.sent", "Hello"],
      ["message.sent", "linq-mock: pending"],
    ]);
    expect(await box.contractViolations()).toEqual([]);
  });

  test("a message to a number with SMS alone is an SMS", async () => {
    await create("Hi", NUMBERS.sms);
    const [sent] = await box.deliveries.waitFor({ event: "message.sent" });
    expect(JSON.parse(sent?.body ?? "").data.service).toBe("SMS");
  });
});

test.each([
  ["linq-mock: undeliverble", "Did you mean the magic text linq-mock: undeliverable?"],
  ["Linq-Mock: what", "This text is no magic value; there are linq-mock: refused, "],
])("the text %s is almost magic", async (text, hint) => {
  expect(await send(text)).toMatchObject({ status: 201, hint: expect.stringContaining(hint) });
});

test("a text that speaks of the mock is not almost magic", async () => {
  expect(await send("linq-mock is what we use, and this is a longer text about it")).toMatchObject({ status: 201, hint: null });
});
