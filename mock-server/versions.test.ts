import { parseIdentifier } from "../contracts/identifiers";
import type { ApiOperation, Reply } from "./server/api-operation";
import type { ApiVersion } from "./server/api-version";
import { createLocalMock } from "./server/create-app";
import { Failure } from "./server/failure";
import type { MockOptions } from "./server/options";
import { type Answer, type Receiver, startReceiver, status } from "./testing/receiver";
import { supertest } from "./testing/supertest";
import { v2 } from "./v2/index";
import { findOrOpenChat } from "./world/chats";
import type { Chat, Line } from "./world/model";
import { DEFAULT_SANDBOX } from "./world/sandboxes";
import { addSubscription } from "./world/subscriptions";
import type { World } from "./world/world";

// Asserted here, too: A-create-service, A-availability, A-delivery.

/* A second version of the API, as unlike V2 as a few lines allow, over the same world. */

const UUID = /^([\da-f]{8})-0000-4000-8000-([\da-f]{12})$/;
const KINDS = { chat: "c4a70000", subscription: "50b50000" };

/** An id is the UUID of a kind and a number, so that no index of UUIDs is needed. */
function uuidOf(kind: keyof typeof KINDS, id: number): string {
  return `${KINDS[kind]}-0000-4000-8000-${id.toString(16).padStart(12, "0")}`;
}

function idOf(kind: keyof typeof KINDS, uuid: string): number {
  const [, prefix, id = "0"] = UUID.exec(uuid) ?? [];
  return prefix === KINDS[kind] ? Number.parseInt(id, 16) : 0;
}

function conversation({ id, line, handles }: Chat): object {
  return {
    id: uuidOf("chat", id),
    us: line,
    them: handles.flatMap(({ identifier }) => (identifier === line ? [] : [identifier])),
  };
}

type TinyAnswer = (world: World, request: { id: number; body: Record<string, unknown> }) => Reply | Failure;

function operation(id: string, method: string, path: string, answer: TinyAnswer): ApiOperation {
  return {
    id,
    method,
    path,
    title: id,
    takes: method === "POST" ? "json" : "nothing",
    fileFields: [],
    bodySize: "usual",
    bodyRefusal: 400,
    read: ({ params, body }) => ({ path: { id: idOf("chat", (params as { id?: string }).id ?? "") }, query: {}, body }),
    answer: (world, { path, body }) => answer(world, { id: path["id"] ?? 0, body: body as Record<string, unknown> }),
  };
}

const tiny: ApiVersion = {
  ...v2,
  name: "tiny",
  prefix: "/tiny",
  operations: [
    operation("openConversation", "POST", "/conversations", (world, { body }) => {
      const [line] = world.lines.values();
      const other = parseIdentifier(String(body["with"]));
      if (other === undefined) return new Failure(422, "with is nobody");
      return {
        status: 201,
        body: conversation(findOrOpenChat(world, line as Line, [other], { name: null, event: "chat.created" }).chat),
      };
    }),
    operation("readConversation", "GET", "/conversations/{id}", (world, { id }) => {
      const chat = world.chats.get(id);
      return chat ? { status: 200, body: conversation(chat) } : new Failure(404, "no such conversation");
    }),
    operation("subscribe", "POST", "/hooks", (world, { body }) => {
      const { id } = addSubscription(world, {
        version: "tiny",
        url: String(body["url"]),
        events: ["conversation_opened"],
      });
      return { status: 201, body: { id: uuidOf("subscription", id) } };
    }),
  ],
  authenticate: ({ "x-tiny-key": key }, { sandboxes }) =>
    typeof key === "string"
      ? { token: key, sandbox: sandboxes.open(DEFAULT_SANDBOX), hint: undefined }
      : new Failure(401, "x-tiny-key is missing"),
  envelope: ({ detail }) => ({ problem: detail }),
  note: () => ({ hints: [], assumptions: [] }),
  eventTypes: ["conversation_opened"],
  eventType: ({ kind }) => (kind === "chat.created" ? "conversation_opened" : undefined),
  eventData: (_, event) => (event.kind === "chat.created" ? conversation(event.chat) : {}),
  views: {
    chat: (_, chat) => conversation(chat),
    message: (_, { id }, message) => ({ conversation: uuidOf("chat", id), said: message.text }),
    reaction: () => ({}),
  },
  calls: {
    caller: ({ headers }) => String(headers["x-tiny-key"]),
    reasonOfRefusal: ({ status, answer }) => (status < 400 ? undefined : (JSON.parse(answer) as { problem: string }).problem),
    sentMessage: ({ operation: id, body }) =>
      id === "openConversation" ? { sameness: JSON.stringify(body), hasKey: false } : undefined,
    listRead: () => undefined,
    subject: () => ({}),
    subscribes: ({ operation: id }) => id === "subscribe",
    isPromptedBy: () => false,
  },
  loadContract: () => Promise.resolve({ answer: () => [], event: () => [] }),
  deliveryPolicy: { attemptsAtMs: [0, 2000, 60_000], timeoutMs: 3000 },
  webhookPayloadVersion: () => "tiny",
  webhookBody: (world, event, { type }) => JSON.stringify({ happened: type, conversation: tiny.eventData(world, event) }),
  signatures: [],
};

const V2_TOKEN = { "X-LINQ-INTEGRATION-TOKEN": "any" };
const TINY_KEY = { "X-Tiny-Key": "any" };

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.stop());

test("what one version creates, the other reads; each has its own ids, envelopes and events", async () => {
  const { app, sandboxes } = createLocalMock({ webhookOrder: "in-order" }, [v2, tiny]);
  const box = sandboxes.open(DEFAULT_SANDBOX);
  const ask = supertest(app);
  const [line] = box.world.lines.values();

  const hook = await ask.post("/tiny/hooks").set(TINY_KEY).send({ url: receiver.url });
  expect(hook.body.id).toMatch(/^50b50000-0000-4000-8000-/);
  const subscription = { webhook_url: receiver.url, events: ["chat.created"], version: 2 };
  await ask.post(`${v2.prefix}/webhook_subscriptions`).set(V2_TOKEN).send({ webhook_subscription: subscription }).expect(201);

  const opened = await ask.post("/tiny/conversations").set(TINY_KEY).send({ with: "+12055550000" }).expect(201);
  const id = Number.parseInt(opened.body.id.split("-")[4], 16);
  const read = await ask.get(`${v2.prefix}/chats/${id}`).set(V2_TOKEN).expect(200);
  expect(read.body.data.chat_handles.map((handle: { phone_number: string }) => handle.phone_number)).toEqual([
    "+12055550000",
    line?.phoneNumber,
  ]);

  const message = { send_from: line?.phoneNumber, chat: { phone_numbers: ["+12055550001"] }, message: { text: "Hi" } };
  const sent = await ask.post(`${v2.prefix}/chats`).set(V2_TOKEN).send(message).expect(200);
  const shown = await ask
    .get(`/tiny/conversations/${uuidOf("chat", sent.body.data.id)}`)
    .set(TINY_KEY)
    .expect(200);
  expect(shown.body).toEqual({ id: uuidOf("chat", sent.body.data.id), us: line?.phoneNumber, them: ["+12055550001"] });

  await box.dispatcher.whenIdle();
  const bodies = receiver.received.map(({ event }) => event);
  expect(bodies.filter((body) => body.happened === "conversation_opened").map(({ conversation }) => conversation)).toEqual([
    { id: uuidOf("chat", id), us: line?.phoneNumber, them: ["+12055550000"] },
    shown.body,
  ]);
  const events = bodies.filter((body) => body.event_type === "chat.created");
  expect(events.map(({ api_version, data }) => [api_version, data.chat_id])).toEqual([
    ["v2", String(id)],
    ["v2", String(sent.body.data.id)],
  ]);

  expect((await ask.get(`/tiny/conversations/${uuidOf("subscription", id)}`).set(TINY_KEY)).body).toEqual({
    problem: "no such conversation",
  });
  expect((await ask.get("/tiny/conversations/7")).body).toEqual({ problem: "x-tiny-key is missing" });
  expect((await ask.get("/tiny/nothing").set(TINY_KEY)).body).toEqual({ problem: "Route not found" });
  expect((await ask.get(`${v2.prefix}/chats/999999`).set(V2_TOKEN)).body.errors[0].detail).toBe("Chat not found");
});

test("an event is noted for the versions that have subscriptions, or for the first that has one for it", async () => {
  const { app } = createLocalMock({}, [v2, tiny]);
  const ask = supertest(app);
  const open = () => ask.post("/tiny/conversations").set(TINY_KEY).send({ with: "+12055550000" });
  await open();
  await ask.post("/tiny/hooks").set(TINY_KEY).send({ url: receiver.url });
  await ask.post("/tiny/conversations").set(TINY_KEY).send({ with: "+12055550001" });
  await ask.post("/__mock/simulate/typing").send({ chat: 46 });
  const { webhook_events } = (await ask.get("/__mock/webhook_events")).body;
  expect(webhook_events.map(({ version, type }: { version: string; type: string }) => [version, type])).toEqual([
    ["tiny", "conversation_opened"],
    ["v2", "chat.created"],
  ]);
});

test("receivers of everything are told it by the version that they say, else by the first", async () => {
  const everything = await startReceiver();
  const { app, sandboxes } = createLocalMock({ webhooks: [everything.url, { url: everything.url, version: "tiny" }] }, [
    v2,
    tiny,
  ]);
  await supertest(app).post("/tiny/conversations").set(TINY_KEY).send({ with: "+12055550000" }).expect(201);
  await sandboxes.open(DEFAULT_SANDBOX).dispatcher.whenIdle();
  expect(everything.received.map(({ event }) => event.event_type ?? event.happened).sort()).toEqual([
    "chat.created",
    "conversation_opened",
  ]);
  await everything.stop();
});

test("the mock's own API and its advice speak of a version's calls in its words", async () => {
  const { app } = createLocalMock({}, [tiny, v2]);
  const ask = supertest(app);
  await ask.post("/tiny/conversations").set(TINY_KEY).send({ with: "+12055550000" }).expect(201);
  await ask.post("/tiny/conversations").set(TINY_KEY).send({ with: "+12055550000" }).expect(201);
  await ask.post("/tiny/conversations").set(TINY_KEY).send({ with: "" }).expect(422);
  await ask.get(`${v2.prefix}/chats/999999`).set(V2_TOKEN).expect(404);

  const simulated = await ask.post("/__mock/simulate/message").send({ chat: 46, text: "Hi" }).expect(201);
  expect(simulated.body).toEqual({
    chat: { id: uuidOf("chat", 46), us: "+12052761148", them: ["+12055426109"], v3_id: expect.any(String) },
    message: { conversation: uuidOf("chat", 46), said: "Hi", v3_id: expect.any(String) },
  });
  const { body } = await ask.get("/__mock/requests?path=/conversations&limit=1");
  expect(body.requests).toMatchObject([{ path: "/tiny/conversations", operation: "openConversation", status: 422 }]);
  const missed = await ask.get("/__mock/requests/wait?operation=deleteContact&timeout_ms=0").expect(408);
  expect(missed.body.error.message).toContain("999999 404 (Chat not found; hint: GET /api/partner/v2/chats?phone_number=");
  expect(missed.body.error.message).toContain("POST /tiny/conversations 422 (with is nobody)");
  const advice = (await ask.get("/__mock/advice")).body.advice as { id: string }[];
  expect(advice.map(({ id }) => id)).toEqual(["message-repeated"]);
});

test("the mock's own API filters by the names of every version that is served, and refuses those of others", async () => {
  const ask = supertest(createLocalMock({}, [v2, tiny]).app);
  await ask.post("/tiny/conversations").set(TINY_KEY).send({ with: "+12055550000" }).expect(201);
  const { body } = await ask.get("/__mock/requests?operation=openConversation").expect(200);
  expect(body.requests).toMatchObject([{ id: expect.any(String), event_ids: [1], chat_id: expect.any(Number) }]);
  await ask.get("/__mock/deliveries?event=conversation_opened").expect(200);
  await ask.get("/__mock/deliveries?event=message.received").expect(200);
  const { body: chat } = await ask.get(`/__mock/chats/${body.requests[0].chat_id}`).expect(200);
  expect(chat.chat).toMatchObject({ participants: [{ identifier: "+12055550000" }, { own: true }] });

  const v2Alone = supertest(createLocalMock({}, [v2]).app);
  for (const [path, error] of [
    ["/requests?operation=openConversation", "The API has no operation openConversation"],
    ["/requests/wait?operation=openConversation", "The API has no operation openConversation"],
    ["/deliveries?event=conversation_opened", "The API has no event conversation_opened"],
    ["/deliveries/wait?event=message.recieved", "The API has no event message.recieved"],
  ]) {
    expect((await v2Alone.get(`/__mock${path}`).expect(400)).body.error.message).toBe(error);
  }
});

describe("a version that tries again", () => {
  const NOON = "2025-12-05T12:00:00-06:00";
  let own: Receiver;
  afterEach(() => own.stop());

  /** What becomes of the events of two conversations, and after how many seconds each was tried. */
  async function deliveriesTo(answer: Answer, options: MockOptions = {}) {
    own = await startReceiver(answer);
    const { app, sandboxes } = createLocalMock({ clock: NOON, ...options }, [v2, tiny]);
    const { world } = sandboxes.open(DEFAULT_SANDBOX);
    const ask = supertest(app);
    await ask.post("/tiny/hooks").set(TINY_KEY).send({ url: own.url });
    for (const person of ["+12055550000", "+12055550001"]) {
      await ask.post("/tiny/conversations").set(TINY_KEY).send({ with: person });
    }
    await world.clock.advance(3_600_000);
    return world.deliveries
      .values()
      .map(({ status: end, attempts }) => [end, ...attempts.map(({ at }) => (at - Date.parse(NOON)) / 1000)]);
  }

  test("does so by its own policy, with the same bytes, until it was received or given up; others do not wait", async () => {
    const answer: Answer = (res) => status(own.received.at(-1)?.raw === own.received[0]?.raw ? 503 : 204)(res, 0);
    expect(await deliveriesTo(answer)).toEqual([
      ["failed", 0, 2, 60],
      ["delivered", 0],
    ]);
    expect(new Set(own.received.map(({ raw }) => raw)).size).toBe(2);
  });

  /** A conversation whose event the receiver refuses the first time, and what is asked of the mock's own API. */
  async function refusedOnce() {
    own = await startReceiver((res, count) => status(count === 1 ? 500 : 200)(res, count));
    const { app, sandboxes } = createLocalMock({ clock: NOON }, [v2, tiny]);
    const ask = supertest(app);
    await ask.post("/tiny/hooks").set(TINY_KEY).send({ url: own.url });
    await ask.post("/tiny/conversations").set(TINY_KEY).send({ with: "+12055550000" });
    await sandboxes.open(DEFAULT_SANDBOX).dispatcher.whenIdle();
    const delivery = async () => (await ask.get("/__mock/deliveries/1")).body.delivery;
    const why = async () => (await ask.get("/__mock/webhook_events")).body.webhook_events[0].unreached;
    return { ask, delivery, why };
  }

  test("says when it tries again, and does so when its delivery is run", async () => {
    const { ask, delivery, why } = await refusedOnce();
    const next = "2025-12-05T12:00:02.000-06:00";
    expect(await delivery()).toMatchObject({ status: "pending", next_attempt_at: next });
    expect(await why()).toMatchObject({
      reason: "receiver_refused",
      message: `Subscription 1, ${own.url}: the receiver answered 500. It is tried again at ${next}.`,
    });
    const { body } = await ask.post("/__mock/deliveries/1/run").expect(200);
    expect(body).toMatchObject({
      delivery: { status: "delivered", next_attempt_at: null, attempts: [{ status: 500 }, { status: 200, at: next }] },
      clock: { now: next, jumped_ms: 2000 },
    });
    expect(await why()).toBeNull();
  });

  test("does so later when it is told to, and at the instant of the clock's next event", async () => {
    const { ask, delivery } = await refusedOnce();
    await ask.post("/__mock/deliveries/1/delay").send({ ms: 3000 }).expect(200);
    expect((await delivery()).next_attempt_at).toBe("2025-12-05T12:00:05.000-06:00");
    const { body } = await ask.put("/__mock/clock").send({ next_event: true }).expect(200);
    expect(body).toMatchObject({ jumped_ms: 5000, next: null });
    expect((await delivery()).status).toBe("delivered");
  });

  test("does not so once its delivery was dropped", async () => {
    const { ask, delivery } = await refusedOnce();
    await ask.post("/__mock/deliveries/1/drop").expect(200);
    await ask.put("/__mock/clock").send({ advance_ms: 3_600_000 });
    expect(await delivery()).toMatchObject({ status: "dropped", attempts: [{ status: 500 }] });
    expect(own.received).toHaveLength(1);
  });

  test("does not so after a refusal", async () => {
    expect(await deliveriesTo(status(410))).toEqual([
      ["failed", 0],
      ["failed", 0],
    ]);
  });

  test("waits as long as it says, and tries at once what should have been tried meanwhile", async () => {
    expect(await deliveriesTo((res, count) => count > 2 && res.end())).toEqual([
      ["delivered", 0, 3],
      ["delivered", 0, 3],
    ]);
  });

  test("holds back what comes after, where webhooks arrive in order", async () => {
    const answer: Answer = (res, count) => status(count < 3 ? 500 : 200)(res, count);
    expect(await deliveriesTo(answer, { webhookOrder: "in-order" })).toEqual([
      ["delivered", 0, 2, 60],
      ["delivered", 60],
    ]);
  });
});
