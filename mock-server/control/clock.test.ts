import { apiClient } from "../testing/api-client";
import { startReceiver } from "../testing/receiver";
import { smallWorld } from "../testing/worlds";

// Asserted here, too: A-delivery, A-availability-scope, A-retry-after, A-error-wording.

const NOW = "2025-07-01T12:00:00.000-05:00";
const CLOCK = "//__mock/clock";

function freshApi() {
  return apiClient({ fixtures: smallWorld, clock: NOW });
}

type Api = ReturnType<typeof freshApi>;

async function now(api: Api): Promise<number> {
  return Date.parse((await api.get(CLOCK)).body.now);
}

test("the clock is real unless it is said otherwise", async () => {
  const api = apiClient();
  expect((await api.get(CLOCK)).body.mode).toBe("real");
  expect(Math.abs((await now(api)) - Date.now())).toBeLessThan(10_000);
});

test("the clock stands still where the mock was told to", async () => {
  expect((await freshApi().get(CLOCK)).body).toEqual({ mode: "frozen", now: NOW, next: null });
});

test("a clock that is stopped dates what happens", async () => {
  const api = apiClient({ fixtures: smallWorld });
  const { status, body } = await api.put(CLOCK, { freeze: "2030-01-01T00:00:00Z" });
  expect([status, body]).toMatchObject([200, { mode: "frozen", now: "2029-12-31T18:00:00.000-06:00", next: null }]);
  const sent = await api.post("/chats/1/chat_messages", { message: { text: "Hi" } });
  expect(sent.body.data.sent_at).toBe("2029-12-31T18:00:00.000-06:00");
});

test("a clock goes back, too", async () => {
  const api = freshApi();
  await api.put(CLOCK, { freeze: "2025-01-01T12:00:00-06:00" });
  const { body } = await api.post("//__mock/simulate/message", { chat: 1, text: "Happy New Year" });
  expect(body.message.sent_at).toBe("2025-01-01T12:00:00.000-06:00");
});

test("a clock that is set before the data is told so, and one that is set after them is not", async () => {
  const api = freshApi();
  const { body } = await api.put(CLOCK, { freeze: "2024-03-01T12:00:00-06:00" });
  expect(body).toEqual({
    mode: "frozen",
    now: "2024-03-01T12:00:00.000-06:00",
    next: null,
    jumped_ms: Date.parse("2024-03-01T12:00:00-06:00") - Date.parse(NOW),
    hint: expect.stringMatching(/^At 2024-03-01T12.*, messages of the data are yet to come: the newest is of 2025-/),
  });
  expect((await api.put(CLOCK, { freeze: NOW })).body).not.toHaveProperty("hint");
});

test("a clock runs with the machine's again", async () => {
  const api = freshApi();
  expect((await api.put(CLOCK, { mode: "real" })).body.mode).toBe("real");
  expect(Math.abs((await now(api)) - Date.now())).toBeLessThan(10_000);
});

test("a clock goes on from where it stood, and jumps over nothing", async () => {
  const api = freshApi();
  expect((await api.put(CLOCK, { resume: true })).body).toMatchObject({ mode: "real", jumped_ms: 0 });
  const passed = (await now(api)) - Date.parse(NOW);
  expect(passed).toBeGreaterThanOrEqual(0);
  expect(passed).toBeLessThan(10_000);
});

test("a pending message is delivered after half a second, and not before", async () => {
  const api = freshApi();
  await api.post("/chats/1/chat_messages", { message: { text: "Hi" } });
  const read = async (): Promise<unknown> => {
    const { delivery_status, delivered_at } = (await api.get("/chats/1/chat_messages/2")).body.data;
    return [delivery_status, delivered_at];
  };
  await api.put(CLOCK, { advance_ms: 499 });
  expect(await read()).toEqual(["pending", null]);
  const { body } = await api.put(CLOCK, { advance_ms: 1 });
  expect(body).toEqual({ mode: "frozen", now: "2025-07-01T12:00:00.500-05:00", next: null, jumped_ms: 1 });
  expect(await read()).toEqual(["delivered", "2025-07-01T12:00:00.500-05:00"]);
});

test("the vendor's limits follow the clock (A-availability-number, A-availability)", async () => {
  const api = freshApi();
  const check = async (): Promise<number> =>
    (await api.post("/i_message_availability/check", { phone_number: "+12055550177" })).status;
  expect([await check(), await check()]).toEqual([200, 429]);
  await api.put(CLOCK, { advance_ms: 9999 });
  expect(await check()).toBe(429);
  await api.put(CLOCK, { advance_ms: 1 });
  expect(await check()).toBe(200);
});

test("what falls due while time passes happens in order, each at its own instant", async () => {
  const api = freshApi();
  await api.post("/webhook_subscriptions", {
    webhook_subscription: { webhook_url: "http://127.0.0.1:1/", version: 2, events: ["typing_indicator.removed"] },
  });
  await api.put("//__mock/faults", { faults: [{ fault: "webhook-delay", ms: 5000 }] });
  await api.post("//__mock/simulate/typing", { chat: 5 });
  await api.put(CLOCK, { advance_ms: 10_000 });
  await api.post("//__mock/simulate/typing", { chat: 1 });
  await api.put(CLOCK, { advance_ms: 3_600_000 });
  const { deliveries } = (await api.get("//__mock/deliveries")).body;
  expect(
    deliveries
      .map(({ body, attempts }: { body: string; attempts: { at: string }[] }) => [
        JSON.parse(body).data.chat_id,
        JSON.parse(body).data.timestamp,
        ...attempts.map(({ at }) => at),
      ])
      .reverse(),
  ).toEqual([
    ["5", "2025-07-01T12:01:00-05:00", "2025-07-01T12:01:05.000-05:00"],
    ["1", "2025-07-01T12:01:10-05:00", "2025-07-01T12:01:15.000-05:00"],
  ]);
});

test("what falls due until the machine's time has happened when a clock runs again", async () => {
  const api = freshApi();
  await api.post("//__mock/simulate/typing", { chat: 1 });
  await api.put(CLOCK, { mode: "real" });
  expect((await api.get("//__mock/state")).body.chats[0].typing).toEqual([]);
});

test("each sandbox has a clock of its own, and a reset sets it back", async () => {
  const api = freshApi();
  await api.put("//s/one/__mock/clock", { advance_ms: 1000 });
  expect((await api.get("//s/two/__mock/clock")).body.now).toBe(NOW);
  expect((await api.get("//s/one/__mock/clock")).body.now).toBe("2025-07-01T12:00:01.000-05:00");
  await api.post("//s/one/__mock/reset");
  expect((await api.get("//s/one/__mock/clock")).body.now).toBe(NOW);
});

const RANGE = "The clock goes from 1970 to 2099, and times have an offset";
const ONE_OF = "Give one of freeze, advance_ms, mode, pause, resume, next_event.";

test.each([
  ["nothing", {}, { code: "invalid", pointer: "", message: "The request body must not be empty", hint: ONE_OF }],
  [
    "two things",
    { freeze: NOW, advance_ms: 1 },
    { code: "invalid", pointer: "", message: "The request body must have one field", hint: ONE_OF },
  ],
  ["a time without an offset", { freeze: "2025-07-01T12:00:00" }, { code: "invalid", pointer: "/freeze" }],
  ["a day", { freeze: "2025-07-01" }, { code: "invalid", pointer: "/freeze", message: "freeze must be a date-time" }],
  ["a time before 1970", { freeze: "1969-12-31T23:59:59Z" }, { code: "clock_range", pointer: "/freeze", message: RANGE }],
  ["a time after 2099", { freeze: "2100-01-01T00:00:00Z" }, { code: "clock_range", pointer: "/freeze", message: RANGE }],
  ["backwards", { advance_ms: -1 }, { code: "invalid", pointer: "/advance_ms", message: "advance_ms must be at least 0" }],
  ["part of a millisecond", { advance_ms: 0.5 }, { code: "invalid", pointer: "/advance_ms" }],
  ["more than a year", { advance_ms: 31_536_000_001 }, { code: "invalid", pointer: "/advance_ms" }],
  [
    "in words",
    { advance_ms: "5m" },
    {
      code: "invalid",
      pointer: "/advance_ms",
      message: "advance_ms must be an integer",
      hint: 'It is in milliseconds: {"advance_ms": 300000} is five minutes.',
    },
  ],
  ["a mode that is none", { mode: "frozen" }, { code: "invalid", pointer: "/mode", message: 'mode must be "real"' }],
  [
    "a misspelt field",
    { advance: 1000 },
    { code: "invalid", message: "The request body has the unknown field advance", hint: "Did you mean advance_ms?" },
  ],
])("refused, and the clock stands where it stood: %s", async (_, change, error) => {
  const api = freshApi();
  expect(await api.put(CLOCK, change)).toMatchObject({ status: 422, body: { error } });
  expect((await api.get(CLOCK)).body).toEqual({ mode: "frozen", now: NOW, next: null });
});

test("it is stopped where it is, and told when the next thing falls due", async () => {
  const api = apiClient({ fixtures: smallWorld });
  const before = Date.now();
  const { mode, now: stopped, jumped_ms } = (await api.put(CLOCK, { pause: true })).body;
  expect([mode, jumped_ms]).toEqual(["frozen", 0]);
  expect(Date.parse(stopped)).toBeGreaterThanOrEqual(before);
  expect((await api.get(CLOCK)).body.now).toBe(stopped);
  await api.post("//__mock/simulate/typing", { chat: 1 });
  expect(Date.parse((await api.get(CLOCK)).body.next.at) - Date.parse(stopped)).toBe(60_000);
});

test("it goes on to the next thing that falls due, and is told when nothing does", async () => {
  const api = freshApi();
  await api.post("//__mock/simulate/typing", { chat: 1 });
  await api.post("/chats/1/chat_messages", { message: { text: "Hi" } });
  expect((await api.get(CLOCK)).body.next.what).toBe("message 2 is delivered");
  const steps = [await api.put(CLOCK, { next_event: true }), await api.put(CLOCK, { next_event: true })];
  expect(steps.map(({ body }) => [body.jumped_ms, body.next, body.hint])).toEqual([
    [500, { at: "2025-07-01T12:01:00.000-05:00", what: "Ann Archer stops typing" }, undefined],
    [59_500, null, undefined],
  ]);
  expect((await api.get("/chats/1/chat_messages/2")).body.data.delivery_status).toBe("delivered");
  const { body } = await api.put(CLOCK, { next_event: true });
  expect([body.jumped_ms, body.hint]).toEqual([0, "Nothing falls due."]);
});

test("it cannot be advanced beyond 2099", async () => {
  const api = freshApi();
  await api.put(CLOCK, { freeze: "2099-12-31T23:59:58Z" });
  const { status, body } = await api.put(CLOCK, { advance_ms: 31_536_000_000 });
  expect([status, body.error.code, body.error.pointer]).toEqual([422, "clock_range", "/advance_ms"]);
});

test("a request without a body says what is to be sent", async () => {
  const { status, body } = await freshApi().send("PUT", CLOCK);
  expect([status, body.error]).toEqual([
    422,
    {
      code: "invalid",
      message: "The request has no body",
      hint: "Send it with Content-Type: application/json, or application/yaml.",
    },
  ]);
});

test("whoever sets a clock while its world is reset is told the new world's time", async () => {
  const api = freshApi();
  const receiver = await startReceiver(() => {}); // never answers, so that time waits for it
  await api.post("/webhook_subscriptions", {
    webhook_subscription: { webhook_url: receiver.url, events: ["message.sent"], version: 2 },
  });
  await api.post("/chats/1/chat_messages", { message: { text: "Hi" } });
  const advanced = api.put(CLOCK, { advance_ms: 60_000 });
  while (receiver.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await api.post("//__mock/reset");
  expect((await advanced).body).toMatchObject({ mode: "frozen", now: NOW });
  await receiver.stop();
});
