import type { FixtureDocument } from "../../fixtures/generated/fixture-document";
import { readFixtureDocument } from "../../fixtures/load/read-document";
import { startMockServer } from "../server/start-mock-server";
import { apiClient } from "../testing/api-client";
import { ANN, BEN, LINE, STRANGER, smallWorld } from "../testing/worlds";

const FIXTURES = "//__mock/fixtures";
const YAML = { "Content-Type": "application/yaml" };
const ONE_CHAT = { version: 1, lines: [{ phone_number: LINE }], chats: [{ line: LINE, participants: [STRANGER] }] };

function freshApi() {
  return apiClient({ fixtures: smallWorld, clock: "2025-07-01T12:00:00-05:00" });
}

test("a JSON document takes the place of the world", async () => {
  const api = freshApi();
  const { status, body } = await api.put(FIXTURES, ONE_CHAT);
  expect([status, body]).toEqual([200, { fixtures: { users: 0, lines: 1, contacts: 0, chats: 1, messages: 0 } }]);
  expect((await api.get("/chats/1")).body.data.display_name).toBe("+1 (205) 555-0199");
  expect((await api.get("/chats/2")).status).toBe(404);
});

test.each(["application/yaml", "application/x-yaml", "text/yaml; charset=utf-8"])(
  "a YAML document does, too: %s",
  async (type) => {
    const api = freshApi();
    const document = `version: 1\nlines:\n  - phone_number: "${LINE}"\nchats:\n  - { line: "${LINE}", participants: ["${ANN}"] }\n`;
    const { status } = await api.send("PUT", FIXTURES, { body: document, headers: { "Content-Type": type } });
    expect(status).toBe(200);
    expect((await api.get("/chats/1")).body.data.display_name).toBe("+1 (205) 555-0101"); // nobody's contact
  },
);

test("a document may extend a shipped world", async () => {
  const api = freshApi();
  const { status, body } = await api.put(FIXTURES, { version: 1, extends: "default", contacts: [{ first_name: "Zoe" }] });
  expect([status, body.fixtures]).toEqual([200, { users: 3, lines: 3, contacts: 16, chats: 23, messages: 332 }]);
  expect((await api.get("//__mock/state")).body).not.toHaveProperty("extends");
});

test.each(["./package.json", "package.json", "./nowhere.json", __filename, `file://${__filename}`, "empty/../empty.yaml"])(
  "a document never reads a file of the machine, nor tells whether it is there: %s",
  async (path) => {
    const mock = await startMockServer({ fixtures: smallWorld });
    const box = await mock.sandbox();
    await box.snapshots.save("before");
    const before = await box.state();
    const reason = `${path} is no shipped world; only a file can extend other files`;
    for (const extended of [path, ["default", path]])
      await expect(box.load({ version: 1, extends: extended })).rejects.toThrow(reason);
    const body = `version: 1\nextends: ${JSON.stringify(path)}\n`;
    const refused = await fetch(`${box.url}/__mock/fixtures`, { method: "PUT", body, headers: YAML });
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining(reason)]);
    await box.snapshots.restore("before");
    expect(await box.state()).toEqual(before);
    await mock.stop();
  },
);

test("a body that is a name is no document", async () => {
  const { status, body } = await freshApi().put(FIXTURES, "default");
  expect([status, body.error.code]).toEqual([422, "fixtures_invalid"]);
});

test.each([
  ["application/yaml", `version: 1\nchats: ${"[".repeat(200_000)}`],
  ["application/yaml", "- ".repeat(200_000)],
  ["application/json", `{"version":1,"chats":${"[".repeat(200_000)}${"]".repeat(200_000)}}`],
])("what is nested too deep is refused as such: %s", async (type, document) => {
  const { status, body } = await freshApi().send("PUT", FIXTURES, { body: document, headers: { "Content-Type": type } });
  expect([status, body.error.message]).toEqual([400, expect.stringMatching(/nested (too deeply|deeper than any fixture's)/)]);
});

test("what the mock says of its state loads again to the same state", async () => {
  const api = freshApi();
  await api.post("//__mock/simulate/message", { line: LINE, from: STRANGER, text: "Hi" });
  await api.post("//__mock/simulate/reaction", { message: 1, type: "love" });
  const { body: state } = await api.get("//__mock/state");
  await api.post("//__mock/reset");
  await api.put(FIXTURES, state);
  expect((await api.get("//__mock/state")).body).toEqual(state);
});

test("a reset goes back to what the mock was started with", async () => {
  const api = freshApi();
  const { body: before } = await api.get("//__mock/state");
  await api.put(FIXTURES, ONE_CHAT);
  await api.post("//__mock/reset");
  expect((await api.get("//__mock/state")).body).toEqual(before);
});

test("only the sandbox in the URL gets another world", async () => {
  const api = freshApi();
  await api.put("//s/one/__mock/fixtures", ONE_CHAT);
  expect((await api.get("//s/one/__mock/state")).body.chats).toHaveLength(1);
  expect((await api.get("//__mock/state")).body.chats).toHaveLength(5);
  const [start, now] = [await api.get("//__mock/health"), await api.get("//s/one/__mock/health")];
  expect([start.body.fixtures.chats, start.body.world.chats, now.body.fixtures.chats, now.body.world.chats]).toEqual([
    5, 5, 5, 1,
  ]);
});

test("everything that is wrong with a document is told, and the old world stays", async () => {
  const api = freshApi();
  await api.post("//__mock/simulate/message", { chat: 1, text: "Still there" });
  const { body: before } = await api.get("//__mock/state");
  const { status, body } = await api.put(FIXTURES, {
    ...ONE_CHAT,
    contacts: [{ first_name: "Ann", created_at: "2025-05-21T15:30:00-05:00", updated_at: "2025-05-20T15:30:00-05:00" }],
    chats: [
      { line: LINE, participants: [STRANGER], messages: [{ from: ANN, text: "Hi" }] },
      { line: "+12055550100", participants: [ANN] },
    ],
  });
  expect(status).toBe(422);
  expect(body.error).toEqual({
    code: "fixtures_invalid",
    message: `The fixtures cannot be served: ${body.error.problems[1].message} (and 1 more: see problems)`,
    pointer: "/chats/0/messages/0/from",
    hint: "The old world is still served.",
    problems: [
      { severity: "warning", pointer: "/contacts/0/updated_at", message: expect.stringContaining("backwards") },
      { severity: "error", pointer: "/chats/0/messages/0/from", message: expect.stringContaining(ANN) },
      { severity: "error", pointer: "/chats/1/line", message: expect.stringContaining("+12055550100") },
    ],
  });
  expect((await api.get("//__mock/state")).body).toEqual(before);
});

test("more mistakes than are told are refused as few are", async () => {
  const { status, body } = await freshApi().put(FIXTURES, {
    ...ONE_CHAT,
    contacts: Array.from({ length: 16_000 }, () => null),
  });
  expect([status, body.error.code, body.error.pointer]).toEqual([422, "fixtures_invalid", "/contacts/0"]);
  expect(body.error.message).toMatch(/ \(and at least \d+ more: see problems\)$/);
});

test("a misspelt field of a document is pointed at", async () => {
  const { status, body } = await freshApi().put(FIXTURES, { version: 1, lines: [{ phone: LINE }] });
  expect([status, body.error.code, body.error.pointer]).toEqual([422, "fixtures_invalid", "/lines/0/phone"]);
});

test.each([
  ["no version", {}, "version is missing; write version: 1"],
  [
    "another version",
    { version: 2 },
    "version 2 is not one that this linq-mock reads; this file is for a newer linq-mock: update it",
  ],
  ["a list", [], "The document must be an object"],
  ["a text", "version: 1", "The document must be an object"],
])("%s is no document", async (_, document, message) => {
  const { status, body } = await freshApi().put(FIXTURES, document);
  expect([status, body.error.code, body.error.message]).toEqual([
    422,
    "fixtures_invalid",
    `The fixtures cannot be served: ${message}`,
  ]);
});

test.each([
  [
    "a list with a comma too many",
    '{"version": 1, "lines": ["x",]}',
    { "Content-Type": "application/json" },
    /at line 1, column \d+$/,
  ],
  ["JSON", "{", { "Content-Type": "application/json" }, /^The request body cannot be read: /],
  ["YAML", "version: [1", YAML, /^The request body cannot be read: this \[ is not closed, at line 1, column 10$/],
])("broken %s is refused, and the old world stays", async (_, body, headers, message) => {
  const api = freshApi();
  const { body: before } = await api.get("//__mock/state");
  const answer = await api.send("PUT", FIXTURES, { body, headers });
  expect([answer.status, answer.body.error]).toEqual([400, { code: "unreadable", message: expect.stringMatching(message) }]);
  expect((await api.get("//__mock/state")).body).toEqual(before);
});

test("a document of another type is told which types there are", async () => {
  const { status, body } = await freshApi().send("PUT", FIXTURES, {
    body: "version: 1",
    headers: { "Content-Type": "text/plain" },
  });
  expect([status, body.error.message]).toEqual([422, "The request body cannot be read: its Content-Type is text/plain"]);
  expect(body.error.hint).toBe("Send it with Content-Type: application/json, or application/yaml.");
});

test("a large world comes in pieces, so that none is too large; a small one says how long it is", async () => {
  const text = "x".repeat(100_000);
  const messages = (count: number) => Array.from({ length: count }, () => ({ from: ANN, text }));
  const chats = (count: number) => [{ line: LINE, participants: [ANN], messages: messages(count) }];
  for (const [count, isWhole] of [
    [1, true],
    [9, false],
  ] as const) {
    const large = apiClient({
      fixtures: { ...smallWorld, chats: [...chats(count), { line: LINE, participants: [ANN, BEN] }] },
    });
    const { headers, body } = await large.get("//__mock/state");
    expect([headers["content-length"] !== undefined, headers["transfer-encoding"]]).toEqual([
      isWhole,
      isWhole ? undefined : "chunked",
    ]);
    expect(body.chats).toHaveLength(2);
    expect(body.chats[0].messages.map((message: { text: string }) => message.text.length)).toEqual(Array(count).fill(100_000));
  }
});

test.each(["", "extends: empty\n"])(
  "what is wrong with a document of YAML is told with its line, as by fixtures validate: %j",
  async (first) => {
    const api = freshApi();
    const body = `version: 1\n${first}lines:\n  - phone_number: "${LINE}"\n    label: x\nchats:\n  - { line: "${LINE}", participants: [Nobody] }\n`;
    const { status, body: answer } = await api.send("PUT", FIXTURES, { body, headers: YAML });
    const shift = first === "" ? 0 : 1;
    expect([status, answer.error.message]).toEqual([
      422,
      expect.stringContaining(`(line ${4 + shift}, column 5) (and 1 more: see problems)`),
    ]);
    expect(answer.error.problems).toMatchObject([
      { pointer: "/lines/0/label", line: 4 + shift, column: 5 },
      { pointer: "/chats/0/participants/0", line: 6 + shift, column: 44 },
    ]);
    expect((await api.put(FIXTURES, { version: 1, lines: 5 })).body.error.problems[0]).not.toHaveProperty("line");
  },
);

test("what was exported keeps its ids of V3 in another sandbox, until a reset; one that says nothing has the sandbox's own (A-migrate)", async () => {
  const mock = await startMockServer({ fixtures: smallWorld });
  const [one, other] = [await mock.sandbox("one"), await mock.sandbox("other")];
  const idIn = async ({ url }: { url: string }) => {
    const headers = { "X-LINQ-INTEGRATION-TOKEN": "any" };
    const answer = await fetch(`${url}/api/partner/v2/chats/1/migrate_to_v3`, { headers });
    return ((await answer.json()) as { data: { v3_chat_id: string } }).data.v3_chat_id;
  };
  const [id, own] = [await idIn(one), await idIn(other)];
  expect(own).not.toBe(id);
  const exported = await one.state();
  await other.load(exported);
  expect([await idIn(other), exported, await other.state()]).toEqual([
    id,
    expect.objectContaining({ v3_ids: "one" }),
    exported,
  ]);
  expect(await idIn(await other.fork({ atMessage: 1 }))).toBe(id);
  await other.reset();
  expect(await idIn(other)).toBe(own);
  const { v3_ids: _, ...others } = exported;
  await other.load(others);
  expect(await idIn(other)).toBe(own);
  await mock.stop();
});

test("the seed is told with everything that a reset brings back", async () => {
  const fixtures = {
    ...smallWorld,
    blocked_handles: [STRANGER],
    announced_files: [{ id: "00000001-0000-4000-8000-000000000000", filename: "a.mp3", mime_type: "audio/mpeg", file_size: 3 }],
    deleted_keys: ["a key"],
    last_ids: { messages: 90, handles: 80, calls: 7 },
  };
  const api = apiClient({ fixtures });
  const { body: seed } = await api.get("//__mock/state?of=seed");
  expect(Object.keys(seed)).toEqual(expect.arrayContaining(["blocked_handles", "announced_files", "deleted_keys"]));
  expect(seed.last_ids).toEqual({ messages: 90, handles: 80, calls: 7 });
  expect((await api.get("//__mock/state")).body).toEqual(seed);
});

test("an export is in the order of time, whatever the ids, so that nothing is wrong with it", async () => {
  const api = freshApi();
  const messages = [
    { id: 900, from: ANN, text: "First" },
    { from: ANN, text: "Second" },
  ];
  await api.put(FIXTURES, { version: 1, lines: [LINE], chats: [{ line: LINE, participants: [ANN], messages }] });
  await api.post("//__mock/subscriptions", { url: "http://127.0.0.1:9/", events: ["message.sent"] });
  await api.post("//__mock/subscriptions", { url: "http://127.0.0.1:9/", events: ["message.sent"] });
  await api.post("//__mock/faults", { fault: "webhook-drop", subscription: 1 });
  await api.delete("//__mock/subscriptions/1");
  const { body: state } = await api.get("//__mock/state");
  expect(state.chats[0].messages.map(({ text }: { text: string }) => text)).toEqual(["First", "Second"]);
  expect((await api.put(FIXTURES, state)).body).not.toHaveProperty("problems");
  expect((await api.get("//__mock/state")).body).toEqual(state);
});

const SUBSCRIBED: FixtureDocument["webhook_subscriptions"] = [
  { id: 1, webhook_url: "http://127.0.0.1:9/", secret: "s3cret", events: ["message.sent"] },
  { id: 2, webhook_url: "http://127.0.0.1:9/", version: "v3", events: ["message.sent"] },
];

test("who loads what the mock exports keeps the secrets that it knows, and is told of those that it does not", async () => {
  const mock = await startMockServer({ fixtures: { ...smallWorld, webhook_subscriptions: SUBSCRIBED } });
  const [one, { url }] = [await mock.sandbox("one"), await mock.sandbox("two")];
  const subscriptions = async () => (await fetch(`${one.url}/__mock/subscriptions`)).json();
  const before = await subscriptions();
  const state = await one.state();
  await one.load({ version: 1, lines: [LINE] });
  const load = async (at: string): Promise<{ problems?: object[] }> => {
    const headers = { "Content-Type": "application/json" };
    return (await fetch(`${at}/__mock/fixtures`, { method: "PUT", headers, body: JSON.stringify(state) })).json() as object;
  };
  expect((await load(one.url)).problems).toBeUndefined();
  expect(await subscriptions()).toEqual(before);
  expect((await load(url)).problems).toBeUndefined();
  await mock.stop();
  const other = await startMockServer({ fixtures: smallWorld });
  const pointer = (index: number) => `/webhook_subscriptions/${index}/secret`;
  const missing = [
    {
      severity: "warning",
      pointer: pointer(0),
      message: expect.stringMatching(/^subscription 1 is not signed: an export has no secrets/),
    },
    {
      severity: "warning",
      pointer: pointer(1),
      message: expect.stringMatching(/^subscription 2 is signed with a secret of its own/),
    },
  ];
  expect((await load(other.url)).problems).toEqual(missing);
  await other.stop();
  const later = await startMockServer({ fixtures: state });
  expect((await load(later.url)).problems).toEqual(missing);
  await later.stop();
  expect(readFixtureDocument(state, { now: 0 }).warnings).toHaveLength(2);
});
