import { apiClient } from "../testing/api-client";
import { ANN, BEN, CAY, DEE, LINE, STRANGER, smallWorld } from "../testing/worlds";

const NOW = "2025-07-01T12:00:00.000-05:00";
const IN_A_MINUTE = "2025-07-01T12:01:00.000-05:00";
const TYPING = "//__mock/simulate/typing";

function freshApi() {
  return apiClient({ fixtures: smallWorld, clock: NOW });
}

type Api = ReturnType<typeof freshApi>;

async function typingIn(api: Api, chat: number): Promise<unknown> {
  return (await api.get("//__mock/state")).body.chats[chat - 1].typing;
}

/** Subscribes to typing, and returns what tells which events there were, the oldest first. */
async function watch(api: Api): Promise<() => Promise<unknown[]>> {
  const events = ["typing_indicator.received", "typing_indicator.removed"];
  await api.post("/webhook_subscriptions", {
    webhook_subscription: { webhook_url: "http://127.0.0.1:1/", version: 2, events },
  });
  return async () => {
    const { deliveries } = (await api.get("//__mock/deliveries")).body;
    return deliveries
      .map(({ event, body }: { event: string; body: string }) => [event, JSON.parse(body).data.display])
      .reverse();
  };
}

test("somebody types, for a minute", async () => {
  const api = freshApi();
  const { status, body } = await api.post(TYPING, { chat: 1, from: "2055550101" });
  expect([status, body]).toEqual([200, { chat_id: 1, from: ANN, typing: true, until: IN_A_MINUTE }]);
  expect(await typingIn(api, 1)).toEqual([{ from: ANN, until: IN_A_MINUTE }]);
  await api.put("//__mock/clock", { advance_ms: 59_999 });
  expect(await typingIn(api, 1)).toEqual([{ from: ANN, until: IN_A_MINUTE }]);
  await api.put("//__mock/clock", { advance_ms: 1 });
  expect(await typingIn(api, 1)).toEqual([]);
});

test("in a one-to-one chat it can only be the other one", async () => {
  expect((await freshApi().post(TYPING, { chat: 4 })).body.from).toBe(DEE);
});

test("receivers are not told of typing in a group that a fixture has, and the line may type there (A-typing-group)", async () => {
  const chats = [{ line: LINE, participants: [ANN, BEN], typing: [BEN] }];
  const api = apiClient({ fixtures: { ...smallWorld, chats }, clock: NOW });
  const events = await watch(api);
  expect((await api.post("/chats/1/start_typing")).status).toBe(201);
  await api.put("//__mock/clock", { advance_ms: 60_000 });
  expect([await typingIn(api, 1), await events()]).toEqual([[], []]);
});

test("somebody stops", async () => {
  const api = freshApi();
  await api.post(TYPING, { chat: 1 });
  const { body } = await api.post(TYPING, { chat: 1, typing: false });
  expect(body).toEqual({ chat_id: 1, from: ANN, typing: false, until: null });
  expect(await typingIn(api, 1)).toEqual([]);
});

test("receivers are told once that somebody types and once that they stopped", async () => {
  const api = freshApi();
  const events = await watch(api);
  for (const typing of [true, true, false, false]) await api.post(TYPING, { chat: 1, typing });
  expect(await events()).toEqual([
    ["typing_indicator.received", true],
    ["typing_indicator.removed", false],
  ]);
});

test("receivers are told that nobody types any more when somebody joins, and only then", async () => {
  const api = freshApi();
  const events = await watch(api);
  await api.post(TYPING, { chat: 1 });
  await api.post("//__mock/simulate/participant_added", { chat: 1, participant: DEE });
  expect(await typingIn(api, 1)).toEqual([]);
  await api.put("//__mock/clock", { advance_ms: 60_000 });
  expect(await events()).toEqual([
    ["typing_indicator.received", true],
    ["typing_indicator.removed", false],
  ]);
});

test("receivers are told when the minute is over", async () => {
  const api = freshApi();
  const events = await watch(api);
  await api.post(TYPING, { chat: 1 });
  await api.put("//__mock/clock", { advance_ms: 60_000 });
  expect(await events()).toEqual([
    ["typing_indicator.received", true],
    ["typing_indicator.removed", false],
  ]);
});

test("who goes on typing has another minute", async () => {
  const api = freshApi();
  await api.post(TYPING, { chat: 1 });
  await api.put("//__mock/clock", { advance_ms: 40_000 });
  await api.post(TYPING, { chat: 1 });
  await api.put("//__mock/clock", { advance_ms: 40_000 });
  expect(await typingIn(api, 1)).toEqual([{ from: ANN, until: "2025-07-01T12:01:40.000-05:00" }]);
});

test.each([
  ["a chat that is not there", { chat: 99 }, 404, { code: "chat_unknown", pointer: "/chat", message: "There is no chat 99" }],
  [
    "in a group",
    { chat: 2, from: BEN },
    409,
    { code: "impossible", pointer: "/chat", message: "Chat 2 is a group, and nobody is told who types in one" },
  ],
  ["a stranger", { chat: 1, from: CAY }, 422, { code: "not_in_chat", pointer: "/from", message: `${CAY} is not in chat 1` }],
  ["one's own line", { chat: 1, from: LINE }, 422, { code: "own_line", pointer: "/from" }],
  ["what is no number", { chat: 1, from: "Zed" }, 422, { code: "invalid", pointer: "/from" }],
  ["without a chat", { from: STRANGER }, 422, { code: "invalid", pointer: "", message: "chat is missing" }],
  [
    "of the wrong type",
    { chat: 1, typing: "yes" },
    422,
    { code: "invalid", pointer: "/typing", message: "typing must be a boolean" },
  ],
  ["a misspelt field", { chat: 1, fron: ANN }, 422, { code: "invalid", hint: "Did you mean from?" }],
])("refused, and nothing changes: %s", async (_, request, status, error) => {
  const api = freshApi();
  const { body: before } = await api.get("//__mock/state");
  expect(await api.post(TYPING, request)).toMatchObject({ status, body: { error } });
  expect((await api.get("//__mock/state")).body).toEqual(before);
});

test("me is one's own side", async () => {
  const { status, body } = await freshApi().post(TYPING, { chat: 1, from: "me" });
  expect([status, body.error.code, body.error.pointer]).toEqual([422, "own_line", "/from"]);
});
