import { faultProfiles } from "../../fixtures/resolve/fault-kinds";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import type { TestSandbox } from "../test-sandbox";
import { apiClient } from "../testing/api-client";
import { smallWorld } from "../testing/worlds";

let mock: MockServer;
let box: TestSandbox;

beforeAll(async () => {
  mock = await startMockServer({ fixtures: smallWorld });
});

beforeEach(async () => {
  box = await mock.sandbox();
});

afterAll(() => mock.stop());

// biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects
async function control(method: string, path: string, body?: unknown): Promise<{ status: number; body: any }> {
  const response = await fetch(`${box.url}/__mock${path}`, {
    method,
    headers: { ...(body !== undefined && { "Content-Type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}

test.each([
  [{}, "fault is missing", ""],
  [{ fault: "latencyy", ms: 5 }, "must be one of status", "/fault", "latency"],
  [{ fault: "latency" }, "latency needs ms", "/fault"],
  [{ fault: "latency", ms: -1 }, "at least 0", "/ms"],
  [{ fault: "latency", ms: "3 s" }, "must be a whole number", "/ms"],
  [{ fault: "latency", ms: 3000, max_ms: 2000 }, "max_ms must be at least ms, which is 3000", "/max_ms"],
  [
    { fault: "latency", ms: 3000, retry_after: 2 },
    "latency takes ms and max_ms alone; retry_after is for rate-limit",
    "/retry_after",
  ],
  [{ fault: "drip", status: 500 }, "drip takes ms alone", "/status"],
  [{ fault: "empty-body", ms: 1 }, "empty-body takes no options", "/ms"],
  [{ fault: "status", status: 200 }, "at least 400", "/status"],
  [{ fault: "drip", operation: "sendMesage" }, "must be one of listChats", "/operation", "sendMessage"],
  [{ fault: "drip", operation: [] }, "1 entry at least", "/operation"],
  [{ fault: "drip", path: "/chatz/*" }, "no operation has a path such as /chatz/*", "/path"],
  [{ fault: "drip", path: "/__mock/health" }, "/__mock cannot be faulted", "/path"],
  [{ fault: "drip", path: "/s/box/__mock/*" }, "/__mock cannot be faulted", "/path"],
  [{ fault: "drip", method: "DELETE", path: "/chats" }, "there is no DELETE of /chats, only GET and POST", "/method"],
  [{ fault: "drip", operation: "getChat", method: "POST" }, "getChat can never match: it is GET /chats/{chat_id}", "/method"],
  [{ fault: "drip", operation: "getChat", path: "/contacts/*" }, "getChat can never match", "/path"],
  [{ fault: "drip", event: "message.sent" }, "drip affects calls, which have no event; use operation", "/event"],
  [{ fault: "webhook-drop", operation: "getChat" }, "webhook-drop affects webhooks, not calls; use event", "/operation"],
  [{ fault: "webhook-drop", event: "message.send" }, "must be one of message.sent", "/event", "message.sent"],
  [{ fault: "stale-read", operation: "sendMessage" }, "stale-read affects GET alone", "/operation"],
  [{ fault: "stale-read", method: "POST" }, "stale-read affects GET alone", "/method"],
  [{ fault: "drip", nth: 1, every: 2 }, "nth and every exclude each other", "/every"],
  [{ fault: "drip", nth: 2, after: 2 }, "nth and after exclude each other", "/after"],
  [{ fault: "status", sequence: [502], until: 2 }, "sequence and until exclude each other", "/until"],
  [{ fault: "status", sequence: [502], every: 2 }, "every and sequence exclude each other", "/sequence"],
  [{ fault: "drip", after: 3, until: 2 }, "until must be at least after, which is 3", "/until"],
  [{ fault: "drip", after: 0 }, "at least 1", "/after"],
  [{ fault: "drip", after: "in 5 minutes", until: "in 2 minutes" }, "the rule can never act", "/until"],
  [{ fault: "drip", after: "in 2 minutes", until: "in 2 minutes" }, "the rule can never act", "/until"],
  [{ fault: "status", code: 4006 }, "it is of deliveries: POST /__mock/simulate/delivery takes it", "/code"],
  [{ fault: "drip", version: "v3" }, "drip affects calls, which have no version; use path: /api/partner/v3/*", "/version"],
  [{ fault: "drip", subscription: 1 }, "drip affects calls, which have no subscription", "/subscription"],
  [{ fault: "webhook-drop", version: "v2", event: "message.delivered" }, "v2 has no event message.delivered", "/event"],
  [{ fault: "webhook-drop", subscription: 0 }, "at least 1", "/subscription"],
  [{ fault: "webhook-drop", version: "V3" }, "must be one of v2, v3", "/version", "v3"],
  [{ fault: "drip", until: "soon" }, "time", "/until"],
  [{ fault: "drip", until: "2025-12-05" }, "time", "/until"],
  [{ fault: "status", status: 502, sequence: [502] }, "sequence has the statuses; leave status out", "/status"],
  [{ fault: "status", sequence: [200, 302, 502] }, "302 is neither", "/sequence"],
  [{ fault: "status", sequence: [200, 201] }, "nothing goes wrong", "/sequence"],
  [{ fault: "status", sequence: [] }, "", "/sequence"],
  [{ fault: "status", sequence: [200, 100] }, "", "/sequence/1"],
  [{ fault: "latency", ms: 5, sequence: [502] }, "sequence is for status and html-error-page", "/sequence"],
  [{ fault: "webhook-drop", token: "t" }, "affects webhooks, not calls", "/token"],
  [{ fault: "drip", token: "" }, "", "/token"],
  [{ fault: "drip", probability: 0 }, "> 0", "/probability"],
  [{ fault: "drip", probability: 2 }, "at most 1", "/probability"],
  [{ fault: "drip", line: "+12055550101" }, "+12055550101 is not one of the lines", "/line"],
  [{ fault: "drip", participant: "Zoe" }, '"Zoe" is no contact', "/participant"],
  [{ fault: "drip", name: "no spaces" }, "must be a name of letters", "/name"],
  [{ profile: "carrier-slw" }, "must be one of carrier-slow", "/profile", "carrier-slow"],
  [{ fault: "latency", ms: "3000" }, "must be a whole number", "/ms"],
  [{ faults: [{ fault: "drip" }] }, "POST takes one rule", "/faults"],
  [{ fault: "drip", operation: ["getChat", "getChat"] }, "", "/operation"],
  [{ profile: "carrier-slow", ms: 5 }, "A profile has its own rules", "/ms"],
  [{ fault: "drip", operations: "getChat" }, "the rule has the unknown field operations", "/operations", "operation"],
] as const)("%j is refused: %s", async (rule, reason, pointer, ...meant) => {
  const { status, body } = await control("POST", "/faults", rule);
  expect(status).toBe(422);
  expect(body.error.message).toContain(reason);
  expect(body.error.message).not.toContain("more");
  expect(body.error.pointer).toBe(pointer);
  for (const word of meant) expect(body.error.message).toContain(`did you mean ${word}?`);
  expect(await box.faults.list()).toEqual([]);
});

test("a list is armed wholly, or not at all, and all that is wrong is said", async () => {
  await box.faults.arm({ fault: "drip", name: "old" });
  const faults = ["gateway-errors", { fault: "latency" }, { fault: "status", status: 503 }, { fault: "status" }];
  const { status, body } = await control("PUT", "/faults", { faults });
  expect(status).toBe(422);
  expect(body.error.problems.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
    "/faults/1/fault",
    "/faults/3/fault",
  ]);
  expect(await box.faults.list()).toMatchObject([{ name: "old" }]);
});

test("a list takes the place of what was armed", async () => {
  await box.faults.arm({ fault: "drip", name: "old" });
  const { status, body } = await control("PUT", "/faults", { faults: ["gateway-errors", { fault: "drip" }] });
  expect(status).toBe(200);
  expect(body.faults.map(({ name }: { name: string }) => name)).toEqual([
    "gateway-bad",
    "gateway-timeout",
    "gateway-reset",
    "drip",
  ]);
  expect((await control("PUT", "/faults", { faults: [] })).body.faults).toEqual([]);
});

test("rules without a name are called as their fault, with a number from the second on", async () => {
  for (let i = 0; i < 3; i += 1) await box.faults.arm({ fault: "drip" });
  expect((await box.faults.list()).map(({ name }) => name)).toEqual(["drip", "drip-2", "drip-3"]);
  await expect(box.faults.arm({ fault: "drip", name: "drip-2" })).rejects.toThrow("another fault is called drip-2");
});

test("a rule is disarmed by its name, and an unknown name is told which there are", async () => {
  await box.faults.arm({ fault: "drip" });
  await box.faults.arm({ fault: "latency", ms: 1 });
  await box.faults.disarm("drip");
  expect((await box.faults.list()).map(({ name }) => name)).toEqual(["latency"]);
  await expect(box.faults.disarm("drip")).rejects.toThrow("There is no fault drip. There is latency.");
});

test("there can be 100", async () => {
  await control("PUT", "/faults", { faults: Array.from({ length: 100 }, () => ({ fault: "drip" })) });
  const { status, body } = await control("POST", "/faults", { fault: "drip" });
  expect([status, body.error.code]).toEqual([409, "fault_limit"]);
  const faults = Array.from({ length: 101 }, () => ({ fault: "drip" }));
  const { status: tooMany, body: refused } = await control("PUT", "/faults", { faults });
  expect([tooMany, refused.error.message]).toEqual([422, expect.stringMatching(/faults must hold at most 100; it has 101$/)]);
});

test("the worst that can be armed leaves /__mock as it was", async () => {
  for (const rule of [
    { fault: "reset-before-headers" },
    { fault: "latency", ms: 3_600_000 },
    { fault: "status", status: 500, path: "*" },
    { fault: "drip", path: "/*" },
  ] as const)
    await box.faults.arm(rule);
  const { status, body } = await control("GET", "/health");
  expect([status, body.faults]).toEqual([200, ["reset-before-headers", "latency", "status", "drip"]]);
  await box.reset();
  expect((await control("GET", "/health")).body.faults).toEqual([]);
});

test("faults of one sandbox are none of another", async () => {
  await box.faults.arm({ fault: "expired-token" });
  expect(await (await mock.sandbox()).faults.list()).toEqual([]);
});

test("the list says which profiles there are, and each can be armed", async () => {
  const { profiles } = (await control("GET", "/faults")).body;
  expect(profiles).toEqual(Object.keys(faultProfiles));
  for (const profile of profiles) {
    await box.faults.disarm();
    expect(await box.faults.arm(profile)).toHaveLength(faultProfiles[profile as keyof typeof faultProfiles].rules.length);
  }
});

test("fixtures and options arm faults that a reset goes back to, and an export has them", async () => {
  const own = await startMockServer({
    fixtures: { ...smallWorld, faults: ["rate-limited", { fault: "drip", participant: "Ann Archer" }] },
    faults: [{ fault: "latency", ms: 5 }],
  });
  const sandbox = await own.sandbox();
  const names = ["rate-limited-calls", "drip", "latency"];
  await sandbox.faults.disarm();
  expect(await sandbox.faults.list()).toEqual([]);
  await sandbox.reset();
  expect((await sandbox.faults.list()).map(({ name }) => name)).toEqual(names);
  const state = await sandbox.state();
  expect(state.faults).toEqual([
    { name: "rate-limited-calls", fault: "rate-limit", every: 3, retry_after: 2 },
    { name: "drip", fault: "drip", participant: "+12055550101" },
    { name: "latency", fault: "latency", ms: 5 },
  ]);
  await box.load(state);
  expect((await box.faults.list()).map(({ name }) => name)).toEqual(names);
  await sandbox.load(state);
  expect((await sandbox.faults.list()).map(({ name }) => name)).toEqual(names);
  await own.stop();
});

test("an option that cannot be armed keeps the mock from starting", async () => {
  await expect(startMockServer({ faults: [{ fault: "latency" }] })).rejects.toThrow(
    "faults at /faults/0/fault: latency needs ms",
  );
  await expect(startMockServer({ faults: "slow" as never })).rejects.toThrow("the option faults must be an array");
});

test.each([
  ["application/json", "latency ms=3000", "unreadable"],
  ["application/yaml", "{", "unreadable"],
  ["text/plain", "latency ms=3000", "invalid"],
])("what is no JSON, as %s, is told how rules are written here", async (type, body, code) => {
  const api = apiClient({ fixtures: smallWorld });
  const answer = await api.send("POST", "//__mock/faults", { body, headers: { "Content-Type": type } });
  expect(answer.body.error).toMatchObject({
    code,
    hint: expect.stringContaining('{"fault": "latency", "ms": 3000}; in words'),
  });
});

test("a rule may name a subscription by its V3 id; one that means none is told so", async () => {
  const { body } = await control("POST", "/subscriptions", { url: "http://127.0.0.1:9/hook", version: "v3" });
  const { id, v3_id } = body.subscription;
  const { body: armed } = await control("POST", "/faults", { fault: "webhook-drop", subscription: v3_id.toUpperCase() });
  expect(armed.faults).toMatchObject([{ subscription: id }]);
  const listed = await control("PUT", "/faults", { faults: [{ fault: "webhook-drop", subscription: v3_id }] });
  expect(listed.body.faults).toMatchObject([{ subscription: id }]);
  const unknown = "11111111-1111-4111-8111-111111111111";
  expect(await control("PUT", "/faults", { faults: [{ fault: "webhook-drop", subscription: unknown }] })).toMatchObject({
    status: 404,
    body: { error: { message: `There is no subscription ${unknown}`, pointer: "/faults/0/subscription" } },
  });
  const hintOf = async (subscription: unknown): Promise<string | null> => {
    const init = { method: "POST", headers: { "Content-Type": "application/json" } };
    const rule = JSON.stringify({ fault: "webhook-delay", ms: 5, subscription });
    const answer = await fetch(`${box.url}/__mock/faults`, { ...init, body: rule });
    expect(answer.status).toBe(201);
    return answer.headers.get("x-linq-mock-hint");
  };
  expect(await hintOf(77)).toContain(`no subscription has the id 77. There is ${id} (http://127.0.0.1:9/hook).`);
  expect(await hintOf("http://nobody.example/*")).toContain("no subscription has the URL http://nobody.example/*");
  expect(await hintOf("http://127.0.0.1:9/*")).toBeNull();
});
