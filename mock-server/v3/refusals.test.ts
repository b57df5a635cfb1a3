import { type ApiClient, apiClient } from "../testing/api-client";
import { ANN, LINE, smallWorld } from "../testing/worlds";

/*
 * What no generator would think of. Asked here, too: A-v3-code-choice, A-v3-delays, A-v3-chat-order, A-v3-message-order,
 * A-v3-idem-scope, A-v3-idem-deleted, A-v3-timestamps, A-v3-service-initial, A-v3-service-choice, A-v3-uuid-wording
 */

const freshApi = (): ApiClient => apiClient({ fixtures: smallWorld, clock: "2026-01-05T12:00:00Z" }, "v3");
const text = { type: "text", value: "Hi" };

test.each<[string, readonly object[]]>([
  ["a link among texts", [text, { type: "link", value: "https://example.com" }]],
  ["media of a data: URL", [{ type: "media", url: "data:image/png;base64,iVBORw0KGgo=" }]],
  ["media of a file: URL", [{ type: "media", url: "file:///etc/passwd" }]],
  ["media of no URL and no id", [{ type: "media" }]],
  ["a part that is null", [null as never]],
  ["a part of a type that is none", [{ type: "__proto__", value: "Hi" }]],
])("%s is refused, and nothing is sent", async (_, parts) => {
  const api = freshApi();
  const before = (await api.get("//__mock/state")).body;
  const answer = await api.post("/chats", { from: LINE, to: [ANN], message: { parts } });
  expect([answer.status, answer.body.success]).toEqual([400, false]);
  expect((await api.get("//__mock/state")).body).toEqual(before);
});

test("UUIDs in capitals are as good as any, in a path and in a body", async () => {
  const api = freshApi();
  const sent = await api.post("/chats", { from: LINE, to: [ANN], message: { parts: [text] } });
  const { id, message } = sent.body.chat;
  expect((await api.get(`/chats/${id.toUpperCase()}`)).body.id).toBe(id);
  expect((await api.get(`/messages/${message.id.toUpperCase()}`)).body.id).toBe(message.id);
  const reply = { parts: [text], reply_to: { message_id: message.id.toUpperCase() } };
  const replied = await api.post(`/chats/${id.toUpperCase()}/messages`, { message: reply });
  expect(replied.body.message.reply_to.message_id).toBe(message.id);
});

test("a key of a message that was deleted is 404, and sends nothing", async () => {
  const api = freshApi();
  const body = { from: LINE, to: [ANN], message: { parts: [text], idempotency_key: "k-1" } };
  const sent = await api.post("/chats", body);
  expect((await api.delete(`/messages/${sent.body.chat.message.id}`)).status).toBe(204);
  const before = (await api.get("//__mock/state")).body;
  expect((await api.post("/chats", body)).status).toBe(404);
  expect((await api.get("//__mock/state")).body).toEqual(before);
});

test("5001 is what its fault says: a file that failed, or a voice memo that is too large", async () => {
  const api = freshApi();
  const announce = () => api.post("/attachments", { filename: "a.jpg", content_type: "image/jpeg", size_bytes: 1 });
  await api.post("//__mock/faults", { fault: "status", code: 5001, status: 500, first: 1 });
  await expect(announce()).rejects.toThrow(/answered 500: .*"code":5001,"message":"File upload failed"/);
  const refused = await api.post("//__mock/faults", { fault: "status", code: 5001, status: 404 });
  expect(JSON.stringify(refused.body)).toContain("5001 has the status 413 or 500");
});

test("a path of no version is one of V3 to who comes with a bearer token (A-v3-unknown-path)", async () => {
  const { status, body, headers } = await freshApi().get("//api/partner/_stainless_unknown_path");
  expect([status, body.error.code, headers["x-trace-id"]]).toEqual([404, 2001, body.trace_id]);
});
