import { apiClient } from "../../../testing/api-client";
import { ANN, BEN, LINE, OTHER_LINE, smallWorld } from "../../../testing/worlds";

// Rests on A-v3-block-status, A-v3-unblock-status, A-v3-code-choice, A-v3-timestamps.

const text = (value: string): object => ({ parts: [{ type: "text", value }] });

function freshApi() {
  return apiClient({ fixtures: smallWorld, clock: "2026-01-05T12:00:00Z" }, "v3");
}

const unblock = (api: ReturnType<typeof freshApi>, handle: string) =>
  api.send("DELETE", "/blocked_handles", {
    body: JSON.stringify({ handle }),
    headers: { "Content-Type": "application/json" },
  });

test("who is blocked is listed in that order; blocking again answers the entry of then; unblocking is for all", async () => {
  const api = freshApi();
  const ann = { handle: ANN, reason: "spam", blocked_at: "2026-01-05T12:00:00.000Z" };
  const made = await api.post("/blocked_handles", { handle: ANN, reason: "spam" });
  expect([made.status, made.body]).toEqual([200, { blocked_handle: ann }]);
  await api.advance(1000);
  expect((await api.post("/blocked_handles", { handle: ANN, reason: "other" })).body).toEqual({ blocked_handle: ann });
  await api.post("/blocked_handles", { handle: "72975" });
  await api.post("/blocked_handles", { handle: "Dee@Example.com" });
  const { body } = await api.get("/blocked_handles");
  expect(body.blocked_handles.map(({ handle }: { handle: string }) => handle)).toEqual([ANN, "72975", "dee@example.com"]);
  expect([(await unblock(api, ANN)).status, (await unblock(api, ANN)).status]).toEqual([204, 204]);
  expect((await api.get("/blocked_handles")).body.blocked_handles).toHaveLength(2);
});

test("nothing is sent to who is blocked alone, from any line, but to groups with them", async () => {
  const api = freshApi();
  await api.post("/blocked_handles", { handle: ANN });
  for (const from of [LINE, OTHER_LINE]) {
    const refused = await api.post("/chats", { from, to: [ANN], message: text("Hi") });
    expect([refused.status, refused.body.error.code]).toEqual([403, 2026]);
  }
  expect((await api.post("/chats", { from: LINE, to: [ANN, BEN], message: text("Hi") })).status).toBe(201);
  await unblock(api, ANN);
  expect((await api.post("/chats", { from: LINE, to: [ANN], message: text("Hi") })).status).toBe(201);
});

test.each<[string, object]>([
  ["message", { chat: 1, from: ANN, text: "Hello?" }],
  ["message", { line: OTHER_LINE, from: ANN, text: "Hello?" }],
  ["typing", { chat: 1, from: ANN }],
  ["reaction", { message: 1, from: ANN, type: "love" }],
])("what they do is dropped: a %s of %j leaves nothing", async (what, body) => {
  const api = freshApi();
  await api.post("/blocked_handles", { handle: ANN });
  const before = (await api.get("//__mock/state")).body.chats;
  const refused = await api.post(`//__mock/simulate/${what}`, body);
  expect([refused.status, refused.body.error.code]).toEqual([409, "blocked"]);
  expect((await api.get("//__mock/state")).body.chats).toEqual(before);
  await unblock(api, ANN);
  expect((await api.post(`//__mock/simulate/${what}`, body)).status).toBeLessThan(300);
});

test("a group hears who is blocked", async () => {
  const api = freshApi();
  await api.post("/blocked_handles", { handle: ANN });
  const said = await api.post("//__mock/simulate/message", {
    line: LINE,
    from: ANN,
    participants: ["+12055550188"],
    text: "Hello?",
  });
  const { id } = said.body.message;
  const liked = await api.post("//__mock/simulate/reaction", { message: id, from: ANN, type: "love" });
  expect([said.status, liked.status]).toEqual([201, 201]);
});

test.each<[object, number]>([
  [{}, 1001],
  [{ handle: " " }, 1005],
  [{ handle: 7 }, 1005],
])("blocking %j is 400", async (body, code) => {
  const answer = await freshApi().post("/blocked_handles", body);
  expect([answer.status, answer.body.error.code]).toEqual([400, code]);
});
