import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Mock } from "./server/mock";
import { type MockServer, startMock, startMockServer } from "./server/start-mock-server";
import { TestSandbox } from "./test-sandbox";
import { checkControlAnswers } from "./testing/control-contract";
import { ANN, BEN, LINE, STRANGER, smallWorld } from "./testing/worlds";
import { ABOUT_NOTHING } from "./world/events";

// Asserted here, too: A-delivery, A-list-order, A-create-service, A-availability, A-404-others, A-error-wording.

const NOW = "2025-07-01T12:00:00.000-05:00";

checkControlAnswers();

let server: MockServer;
let mock: Mock;
let box: TestSandbox;
let receiver: Server;

beforeEach(async () => {
  ({ server, mock } = await startMock({ fixtures: smallWorld, clock: NOW }));
  box = await server.sandbox();
  receiver = createServer((req, res) => req.resume().on("end", () => res.end()));
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
});

afterEach(async () => {
  await server.stop();
  receiver.close();
});

// biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects
async function api(method: string, path: string, body?: object): Promise<any> {
  const headers = { "X-LINQ-INTEGRATION-TOKEN": "test", "Content-Type": "application/json" };
  const response = await fetch(`${box.url}/api/partner/v2${path}`, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return text === "" ? undefined : JSON.parse(text);
}

async function subscribe(...events: string[]): Promise<void> {
  const webhook_url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  await api("POST", "/webhook_subscriptions", { webhook_subscription: { webhook_url, version: 2, events } });
}

test("a sandbox has a name, a URL and a token", async () => {
  expect([box.name, box.url, box.token]).toEqual(["box-1", `${server.url}/s/box-1`, "sandbox-box-1"]);
  expect((await server.sandbox("checkout")).url).toBe(`${server.url}/s/checkout`);
});

test("a sandbox of a mock in another process is steered by its URL", async () => {
  const other = new TestSandbox(server.url, "there");
  await other.simulate.message({ chat: 1, text: "Hi" });
  expect((await other.state())["chats"]).toMatchObject([{ messages: [{}, { text: "Hi" }] }, {}, {}, {}, {}]);
  expect((await box.state())["chats"]).toMatchObject([{ messages: [{ text: "Hello" }] }, {}, {}, {}, {}]);
});

test.each(["/", "/api/partner/v2", "/api/partner/v2/", "/__mock"])("a URL that ends in %s is that of its mock", async (end) => {
  const there = new TestSandbox(`${server.url}${end}`, "there");
  expect(there.url).toBe(`${server.url}/s/there`);
  expect((await there.clock.read()).now).toBe(NOW);
});

test.each<[url: unknown, name: unknown, message: string]>([
  ["localhost:4091", "a", 'linq-mock: the URL of a mock is one such as http://localhost:4010, not "localhost:4091"'],
  ["ws://localhost:4091", "a", "linq-mock: the URL of a mock is one such as http://localhost:4010"],
  [undefined, "a", "linq-mock: the URL of a mock is one such as http://localhost:4010, not undefined"],
  ["http://localhost:4091/s/a", "a", "linq-mock: leave /s/a out of the URL; the name of the sandbox is given beside it"],
  ...["", undefined, "a b", "x".repeat(65)].map((name): [string, unknown, string] => [
    "http://localhost:4091",
    name,
    'linq-mock: A sandbox name is 1 to 64 of A-Z a-z 0-9 _ -: new TestSandbox("http://localhost:4010", "checkout")',
  ]),
])("no sandbox is at %j by the name of %j", (url, name, message) => {
  expect(() => new TestSandbox(url as string, name as string)).toThrow(message);
});

test("simulate does what the other side does", async () => {
  await api("POST", "/chats/1/chat_messages", { message: { text: "Hi" } });
  await box.clock.advance(1000);
  expect((await box.simulate.read({ chat: 1 })).read).toEqual([2]);
  expect((await box.simulate.typing({ chat: 1 })).until).toBe("2025-07-01T12:01:01.000-05:00");
  expect((await box.simulate.message({ chat: 1, text: "Hello" })).message).toMatchObject({ id: 3, sent_from: ANN });
  expect((await box.simulate.reaction({ message: 2, type: "love" })).reaction).toMatchObject({ id: 1, chat_message_id: 2 });
  expect((await box.simulate.participantAdded({ chat: 1, participant: STRANGER })).chat["group"]).toBe(true);
  expect((await box.simulate.participantRemoved({ chat: 1, participant: STRANGER })).chat["group"]).toBe(false);
  expect((await box.simulate.call({ line: LINE, with: ANN })).call).toMatchObject({ id: "1", from: ANN, to: LINE });
});

test("the clock is read, advanced, stopped and let run", async () => {
  expect(await box.clock.read()).toMatchObject({ mode: "frozen", now: NOW });
  expect(await box.clock.advance(1500)).toMatchObject({ now: "2025-07-01T12:00:01.500-05:00", jumped_ms: 1500 });
  expect(await box.clock.freeze("2026-01-01T00:00:00Z")).toMatchObject({
    mode: "frozen",
    now: "2025-12-31T18:00:00.000-06:00",
  });
  expect((await box.clock.freeze(new Date("2026-01-02T00:00:00Z"))).now).toBe("2026-01-01T18:00:00.000-06:00");
  expect(await box.clock.nextEvent()).toMatchObject({ jumped_ms: 0, hint: "Nothing falls due." });
  expect((await box.clock.run()).mode).toBe("real");
  expect((await box.clock.pause()).mode).toBe("frozen");
});

test("requests are listed, waited for and forgotten", async () => {
  await api("GET", "/chats/1");
  await api("GET", "/chats/99");
  expect((await box.requests.list()).map(({ status }) => status)).toEqual([404, 200]);
  expect(await box.requests.list({ operation: "getChat", status: "2xx" })).toHaveLength(1);
  expect(await box.requests.list({ status: 404, since: new Date(NOW) })).toHaveLength(1);
  const waiting = box.requests.waitFor({ operation: "listPhoneNumbers" });
  await api("GET", "/phone_numbers");
  expect((await waiting).map(({ path }) => path)).toEqual(["/api/partner/v2/phone_numbers"]);
  expect(await box.requests.waitFor({ status: "200" }, { count: 2, timeoutMs: 0 })).toHaveLength(2);
  await box.requests.clear();
  expect(await box.requests.list()).toEqual([]);
});

test("deliveries are waited for, listed and sent again", async () => {
  await subscribe("message.received", "typing_indicator.received");
  await box.simulate.typing({ chat: 1 });
  await box.simulate.message({ chat: 1, text: "Hi" });
  const [delivery] = await box.deliveries.waitFor({ event: "message.received" });
  expect(delivery).toMatchObject({ status: "delivered", event: "message.received", attempts: [{ status: 200 }] });
  expect(JSON.parse(delivery?.body ?? "")).toMatchObject({ event_type: "message.received", data: { text: "Hi" } });
  expect((await box.deliveries.list()).map(({ event }) => event)).toEqual(["message.received", "typing_indicator.received"]);
  const again = await box.deliveries.redeliver(delivery?.id ?? 0);
  expect(again).toMatchObject({ id: 3, status: "pending", event_id: delivery?.event_id });
  expect(await box.deliveries.waitFor({ event: "message.received" }, { count: 2 })).toHaveLength(2);
});

test("snapshots are saved, listed, restored and forgotten", async () => {
  await box.snapshots.save("start");
  await box.simulate.message({ chat: 1, text: "Hi" });
  await box.snapshots.save("later");
  expect(await box.snapshots.list()).toEqual(["start", "later"]);
  await box.snapshots.restore("start");
  expect((await api("GET", "/chats/1")).data.message_count).toBe(1);
  await box.snapshots.delete("start");
  expect(await box.snapshots.list()).toEqual(["later"]);
});

test("the world is read, replaced and reset", async () => {
  const seeded = await box.state();
  await box.load({ version: 1, lines: [{ phone_number: LINE }] });
  expect((await box.state())["chats"]).toEqual([]);
  await box.reset();
  expect(await box.state()).toEqual(seeded);
});

test("a sandbox that is dropped begins anew", async () => {
  await box.simulate.message({ chat: 1, text: "Hi" });
  await box.snapshots.save("later");
  await box.drop();
  expect(await box.snapshots.list()).toEqual([]);
  expect((await api("GET", "/chats/1")).data.message_count).toBe(1);
});

describe("what cannot be done rejects, and says why", () => {
  const cases: [string, () => Promise<unknown>, string][] = [
    [
      "with where and what to do",
      () => box.simulate.message({ chat: 1, from: BEN, text: "Hi" }),
      `POST /__mock/simulate/message answered 422: ${BEN} is not in chat 1 (at /from). In chat 1 is ${ANN}.\nPAGE/chats/1`,
    ],
    [
      "without a place",
      () => box.simulate.participantRemoved({ chat: 1, participant: ANN }),
      `POST /__mock/simulate/participant_removed answered 409: ${ANN} is the last participant of chat 1\nPAGE/chats/1`,
    ],
    [
      "of the clock",
      () => box.clock.freeze("tomorrow"),
      "PUT /__mock/clock answered 422: freeze must be a date-time (at /freeze). Such as 2025-05-21T15:30:00-05:00, or 2025-05-21T20:30:00Z.",
    ],
    [
      "of a chat that is not there, and so has no page",
      () => box.simulate.message({ chat: 9999, text: "Hi" }),
      "POST /__mock/simulate/message answered 404: There is no chat 9999 (at /chat). There are 1, 2, 3, 4, 5.",
    ],
    [
      "of a snapshot",
      () => box.snapshots.restore("none"),
      "POST /__mock/snapshots/none/restore answered 404: There is no snapshot none. There are none.",
    ],
    [
      "of a snapshot whose name has to be encoded",
      () => box.snapshots.save("a/b?"),
      "PUT /__mock/snapshots/a%2Fb%3F answered 400: name must be letters, digits, _ and -, up to 64 (at /name)",
    ],
    [
      "of a delivery",
      () => box.deliveries.redeliver(7),
      "POST /__mock/deliveries/7/redeliver answered 404: There is no delivery 7\nPAGE/webhooks",
    ],
    [
      "of requests that did not come",
      () => box.requests.waitFor({ operation: "sendMessage", status: "2xx" }, { count: 2, timeoutMs: 1 }),
      "GET /__mock/requests/wait answered 408: Waited 1 ms for 2 requests with operation=sendMessage, status=2xx; there were 0. No request to the API has come.\nPAGE/requests",
    ],
    [
      "of deliveries that nobody asked for",
      () => box.deliveries.waitFor({ event: "message.received" }, { timeoutMs: 1 }),
      "GET /__mock/deliveries/wait answered 408: Waited 1 ms for 1 delivery with status=delivered, event=message.received; there were 0. There is no webhook subscription.\nPAGE/webhooks",
    ],
    [
      "of fixtures",
      () => box.load({ version: 1, lines: [{ phone_number: "12" }] }),
      'PUT /__mock/fixtures answered 422: The fixtures cannot be served: lines[0].phone_number must be a phone number in E.164, in quotes, such as "+12052761148"; it is "12" (at /lines/0/phone_number). The old world is still served.',
    ],
    [
      "of the default sandbox",
      () => new TestSandbox(server.url, "default").drop(),
      "DELETE /__mock/sandboxes/default answered 409: The default sandbox cannot be dropped. Reset it instead.",
    ],
  ];

  test.each(cases)("%s", async (_, act, message) => {
    await expect(act()).rejects.toThrow(new Error(message.replace("PAGE", `${box.url}/__mock/ui/#`)));
  });

  test("of a wait whose options are misspelt", async () => {
    const misspelt = { timeout: 100 } as { timeoutMs?: number };
    await expect(box.requests.waitFor({}, misspelt)).rejects.toThrow(
      new TypeError("waitFor has no option timeout; did you mean timeoutMs?"),
    );
  });

  test("of arguments that are misspelt or missing, where they would be ignored", async () => {
    const misspelt = { at_message: 1, timeout: 100 };
    await expect(box.fork(misspelt as object)).rejects.toThrow("fork has no option at_message; did you mean atMessage?");
    await expect(server.stop(misspelt as object)).rejects.toThrow("stop has no option at_message; it has timeoutMs");
    const missing = undefined as unknown as string;
    const { save, restore } = box.snapshots;
    for (const act of [save, restore]) await expect(act(missing)).rejects.toThrow("A snapshot has a name");
  });

  test.each([
    ["the mock was stopped", () => server.stop()],
    ["the sandbox was dropped", () => box.drop()],
  ])("of a wait: %s meanwhile", async (what, end) => {
    const waiting = expect(box.requests.waitFor({ operation: "getChat" }, { count: 2, timeoutMs: 60_000 })).rejects.toThrow(
      `GET /__mock/requests/wait answered 410: T${what.slice(1)} during a wait for 2 requests with operation=getChat; there were 0`,
    );
    await api("GET", "/phone_numbers"); // the wait has come before
    await end();
    await waiting;
  });

  test("of deliveries whose subscription is in another sandbox", async () => {
    const other = await server.sandbox();
    await other.receiver.open();
    await expect(box.deliveries.waitFor({}, { timeoutMs: 1 })).rejects.toThrow(
      `There is no webhook subscription; there are 1 in sandbox ${other.name}: is the base URL ${box.url}?`,
    );
    await other.drop();
  });

  test("of a delivery that failed: why", async () => {
    await api("POST", "/webhook_subscriptions", {
      webhook_subscription: { webhook_url: "http://127.0.0.1:1/hook", version: 2, events: ["message.received"] },
    });
    await box.simulate.message({ chat: 1, text: "Hi" });
    await box.deliveries.waitFor({ status: "failed" });
    await expect(box.deliveries.waitFor({ event: "message.received" }, { timeoutMs: 0 })).rejects.toThrow(
      new Error(
        `GET /__mock/deliveries/wait answered 408: Waited 0 ms for 1 delivery with status=delivered, event=message.received; there were 0. The nearest: delivery 1 of message.received to http://127.0.0.1:1/hook, attempt 1: connection refused by 127.0.0.1:1 (ECONNREFUSED): status is failed, not delivered.\n${box.url}/__mock/ui/#/webhooks`,
      ),
    );
  });

  test("where there is no mock", async () => {
    await server.stop();
    await expect(box.state()).rejects.toMatchObject({
      message: `GET /__mock/state got no answer: is the mock running at ${server.url}?`,
    });
  });

  test("where something else answers", async () => {
    const { port } = receiver.address() as AddressInfo;
    await expect(new TestSandbox(`http://127.0.0.1:${port}`, "box").state()).rejects.toThrow(
      new Error(`GET /__mock/state answered 200: it is not linq-mock that answers at http://127.0.0.1:${port}`),
    );
  });
});

describe("contractViolations", () => {
  test("is empty where every answer and event obeys the contract", async () => {
    await subscribe("message.received", "chat.created", "call.completed");
    await api("POST", "/chats", { send_from: LINE, chat: { phone_numbers: ["+12055550178"] }, message: { text: "Hi" } });
    await api("GET", "/chats/99");
    await api("GET", "/nothing");
    await box.simulate.message({ line: LINE, from: "+12055550177", text: "Hi" });
    await box.simulate.call({ line: LINE, with: ANN });
    expect(await box.deliveries.waitFor({}, { count: 3 })).toHaveLength(3);
    expect(await box.contractViolations()).toEqual([]);
  });

  test.each(["code=429", "code=200, example=nope"])("does not mind that %s cannot be forced", async (prefer) => {
    const headers = { "X-LINQ-INTEGRATION-TOKEN": "any", Prefer: prefer };
    expect((await fetch(`${box.url}/api/partner/v2/chats/46`, { headers })).status).toBe(400);
    expect(await box.contractViolations()).toEqual([]);
  });

  test("names an answer that does not", async () => {
    mock.sandboxes.get(box.name)?.world.journal.add({
      requestId: "req-7",
      at: 0,
      startedAt: 0,
      ms: 1,
      connection: undefined,
      method: "PUT",
      url: "/api/partner/v2/phone_numbers/1?x=1",
      operation: "updatePhoneNumber",
      headers: {},
      body: undefined,
      bodyBytes: 0,
      status: 200,
      answer: JSON.stringify({ id: "1", phone_number: LINE, forwarding_number: null, response_rate: 100 }),
      hint: undefined,
      assumptions: [],
    });
    expect(await box.contractViolations()).toEqual([
      `PUT /api/partner/v2/phone_numbers/1 200 (req-7) at /id: must be an integer of at least 1 ${box.url}/__mock/ui/#/requests/req-7`,
    ]);
  });

  test("names a status that is not declared", async () => {
    mock.sandboxes.get(box.name)?.world.journal.add({
      requestId: "req-8",
      at: 0,
      startedAt: 0,
      ms: 1,
      connection: undefined,
      method: "GET",
      url: "/api/partner/v2/chats/1",
      operation: "getChat",
      headers: {},
      body: undefined,
      bodyBytes: 0,
      status: 418,
      answer: "",
      hint: undefined,
      assumptions: [],
    });
    expect(await box.contractViolations()).toEqual([
      `GET /api/partner/v2/chats/1 418 (req-8) at the answer: the status must be one of 200, 401, 404 ${box.url}/__mock/ui/#/requests/req-8`,
    ]);
  });

  test("names an event that does not", async () => {
    mock.sandboxes.get(box.name)?.world.deliveries.add({
      subscriptionId: 1,
      version: "v2",
      webhookEventId: 1,
      eventId: "1",
      eventType: "contact.deleted",
      body: JSON.stringify({
        api_version: "v2",
        created_at: "2025-07-01T12:00:00-05:00",
        data: { id: "1" },
        event_id: "0b6f4c1e-6f8a-4a57-9b57-3f0c2a4c8f11",
        event_type: "contact.deleted",
      }),
      about: ABOUT_NOTHING,
      url: "http://127.0.0.1:1/",
      createdAt: 0,
    });
    expect(await box.contractViolations()).toEqual([
      `contact.deleted (delivery 1) at /data/id: must be an integer of at least 1 ${box.url}/__mock/ui/#/webhooks/1`,
    ]);
  });
});

describe("with a control token", () => {
  let guarded: MockServer;

  beforeEach(async () => {
    guarded = await startMockServer({ fixtures: smallWorld, controlToken: "t0p" });
  });

  afterEach(() => guarded.stop());

  test("a sandbox that the mock opened has it", async () => {
    const opened = await guarded.sandbox();
    expect((await opened.simulate.message({ chat: 1, text: "Hi" })).message["id"]).toBe(2);
  });

  test("another must be given it", async () => {
    expect((await new TestSandbox(guarded.url, "there", "t0p").clock.read()).mode).toBe("real");
    await expect(new TestSandbox(guarded.url, "there").clock.read()).rejects.toThrow(
      new Error(
        "GET /__mock/clock answered 401: /__mock requires the control token. Send Authorization: Bearer <the value of --control-token>.",
      ),
    );
  });
});
