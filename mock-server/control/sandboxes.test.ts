import { startMockServer } from "../server/start-mock-server";
import { apiClient } from "../testing/api-client";
import { ANN, smallWorld } from "../testing/worlds";

const SANDBOXES = "//__mock/sandboxes";

function freshApi() {
  return apiClient({ fixtures: smallWorld, clock: "2025-07-01T12:00:00-05:00" });
}

const EMPTY = {
  requests: 0,
  deliveries_pending: 0,
  deliveries_dropped: 0,
  snapshots: 0,
  can_undo: false,
  files: { count: 0, bytes: 0, evicted: 0 },
};

test("at first there is the default one", async () => {
  const { status, body } = await freshApi().get(SANDBOXES);
  expect([status, body]).toEqual([200, { sandboxes: [{ name: "default", ...EMPTY }] }]);
});

test("they stand in the order in which they were first used", async () => {
  const api = freshApi();
  await api.get("//s/zoe/__mock/state");
  await api.get("/chats/1", { "X-LINQ-INTEGRATION-TOKEN": "sandbox-adam" });
  await api.get("//s/zoe/__mock/clock");
  const { sandboxes } = (await api.get(SANDBOXES)).body;
  expect(sandboxes.map(({ name }: { name: string }) => name)).toEqual(["default", "zoe", "adam"]);
});

test("a call that asks for an existing one opens none", async () => {
  const api = freshApi();
  const read = () => api.get("//s/zoe/__mock/clock", { "X-Linq-Mock-Sandbox": "existing" });
  const { status, body } = await read();
  expect([status, body.error]).toEqual([404, { code: "sandbox_unknown", message: "There is no sandbox zoe" }]);
  expect((await api.get(SANDBOXES)).body.sandboxes).toHaveLength(1);
  await api.post(SANDBOXES, { name: "zoe" });
  expect((await read()).status).toBe(200);
});

test.each([
  ["the URL names", "//s/zoe/api/partner/v2/chats/1", "any"],
  ["the URL names for V3", "//s/zoe/api/partner/v3/phone_numbers", "any"],
  ["the token names", "/chats/1", "sandbox-zoe"],
])("a call of the API that asks for an existing one opens none that %s", async (_, path, token) => {
  const api = freshApi();
  const headers = { "X-LINQ-INTEGRATION-TOKEN": token, Authorization: `Bearer ${token}`, "X-Linq-Mock-Sandbox": "existing" };
  const { status, body, hint } = await api.get(path, headers);
  expect([status, JSON.stringify(body)]).toEqual([404, expect.stringContaining("There is no sandbox zoe")]);
  expect(hint).toContain("/__mock/sandboxes");
  expect((await api.get(SANDBOXES)).body.sandboxes).toHaveLength(1);
  await api.post(SANDBOXES, { name: "zoe" });
  expect((await api.get(path, headers)).status).toBe(200);
});

test("what is in one is counted", async () => {
  const api = freshApi();
  const headers = { "X-LINQ-INTEGRATION-TOKEN": "sandbox-one" };
  const webhook_subscription = { webhook_url: "http://127.0.0.1:1/", version: 2, events: ["message.received"] };
  await api.post("/webhook_subscriptions", { webhook_subscription }, headers);
  await api.put("//s/one/__mock/faults", { faults: [{ fault: "webhook-delay", ms: 60_000 }] });
  await api.post("//s/one/__mock/simulate/message", {
    chat: 1,
    attachments: [{ filename: "a.txt", content_base64: "SGk=" }],
  });
  await api.put("//s/one/__mock/snapshots/a");
  const { sandboxes } = (await api.get(SANDBOXES)).body;
  expect(sandboxes[1]).toEqual({
    name: "one",
    requests: 1,
    deliveries_pending: 1,
    deliveries_dropped: 0,
    snapshots: 1,
    can_undo: false,
    files: { count: 1, bytes: 2, evicted: 0 },
  });
});

test("deliveries that a reset cut off are counted, and stay counted when the sandbox is gone", async () => {
  const api = freshApi();
  const headers = { "X-LINQ-INTEGRATION-TOKEN": "sandbox-one" };
  const webhook_subscription = { webhook_url: "http://127.0.0.1:1/", version: 2, events: ["message.received"] };
  for (const end of [() => api.post("//s/one/__mock/reset"), () => api.delete(`${SANDBOXES}/one`)]) {
    await api.post("/webhook_subscriptions", { webhook_subscription }, headers);
    await api.put("//s/one/__mock/faults", { faults: [{ fault: "webhook-delay", ms: 60_000 }] });
    await api.post("//s/one/__mock/simulate/message", { chat: 1, text: "Hi" });
    await end();
  }
  expect((await api.get("//__mock/health")).body.deliveries_dropped).toBe(2);
});

test("one that is dropped is as it was seeded when it is used again", async () => {
  const api = freshApi();
  await api.post("//s/one/__mock/simulate/message", { chat: 1, from: ANN, text: "Hi" });
  await api.put("//s/one/__mock/snapshots/a");
  expect((await api.delete(`${SANDBOXES}/one`)).status).toBe(204);
  expect((await api.get(SANDBOXES)).body.sandboxes).toHaveLength(1);
  expect((await api.get("//s/one/api/partner/v2/chats/1")).body.data.message_count).toBe(1);
  expect((await api.get("//s/one/__mock/snapshots")).body.snapshots).toEqual([]);
});

test("the default one cannot be dropped", async () => {
  const { status, body } = await freshApi().delete(`${SANDBOXES}/default`);
  expect([status, body.error]).toEqual([
    409,
    { code: "sandbox_default", message: "The default sandbox cannot be dropped", hint: "Reset it instead." },
  ]);
});

test("one that is not there cannot be dropped", async () => {
  const { status, body } = await freshApi().delete(`${SANDBOXES}/nobody`);
  expect([status, body.error]).toEqual([404, { code: "sandbox_unknown", message: "There is no sandbox nobody" }]);
});

test("one with a name that cannot be is refused", async () => {
  const { status, body } = await freshApi().get("//s/no%20good/__mock/state");
  expect([status, body.error]).toEqual([
    404,
    { code: "sandbox_unknown", message: "A sandbox name is 1 to 64 of A-Z a-z 0-9 _ -" },
  ]);
});

test("who waits in a sandbox that is dropped waits no longer", async () => {
  const api = freshApi();
  const waiting = api.get("//s/one/__mock/requests/wait?timeout_ms=60000");
  const ended = waiting.then(({ status }) => status);
  const drop = async (): Promise<void> => {
    while ((await api.get(SANDBOXES)).body.sandboxes.length < 2); // until the one who waits has come
    await api.delete(`${SANDBOXES}/one`);
  };
  expect((await Promise.all([ended, drop()]))[0]).toBe(410);
});

test("the first that is too many is told how to make room, by either API", async () => {
  const mock = await startMockServer({ fixtures: "empty" });
  for (let i = 1; i < 10_000; i += 1) await mock.sandbox();
  for (const path of ["/__mock/clock", "/api/partner/v2/chats"]) {
    const headers = { "X-LINQ-INTEGRATION-TOKEN": "any" };
    const answer = await fetch(`${mock.url}/s/one-more${path}`, { headers });
    const hint = "DELETE /__mock/sandboxes/{name} drops one that is done with.";
    expect([answer.status, answer.headers.get("x-linq-mock-hint")]).toEqual([429, hint]);
  }
  await mock.stop();
});
