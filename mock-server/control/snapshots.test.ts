import { findChatPath } from "../../contracts/operations";
import { apiClient } from "../testing/api-client";
import { ANN, LINE, STRANGER, smallWorld } from "../testing/worlds";

// Asserted here, too: A-delivery, A-availability-scope, A-retry-after, A-error-wording.

const NOW = "2025-07-01T12:00:00.000-05:00";

function freshApi() {
  return apiClient({ fixtures: smallWorld, clock: NOW, seed: 1 });
}

type Api = ReturnType<typeof freshApi>;

async function save(api: Api, name = "here"): Promise<void> {
  expect((await api.put(`//__mock/snapshots/${name}`)).status).toBe(204);
}

async function restore(api: Api, name = "here"): Promise<void> {
  expect((await api.post(`//__mock/snapshots/${name}/restore`)).status).toBe(204);
}

function send(api: Api, message: object) {
  return api.post("/chats/1/chat_messages", { message });
}

test("what happened after a snapshot has not happened, and what happened before has (A-find-match)", async () => {
  const api = freshApi();
  await api.post("//__mock/simulate/message", { line: LINE, from: STRANGER, text: "Before" });
  const { body: before } = await api.get("//__mock/state");
  await save(api);
  await api.post("//__mock/simulate/message", { chat: 6, text: "After" });
  await api.post("/contacts", { contact: { first_name: "Eve" } });
  await api.delete("/contacts/1");
  await restore(api);
  expect((await api.get("//__mock/state")).body).toEqual(before);
  expect((await api.get(findChatPath(LINE, [STRANGER]))).body.data.chat.message_count).toBe(1);
});

test("a snapshot is restored as often as one likes", async () => {
  const api = freshApi();
  await save(api);
  for (const text of ["One", "Two"]) {
    expect((await send(api, { text })).body.data.id).toBe(2);
    await restore(api);
  }
  expect((await api.get("/chats/1")).body.data.message_count).toBe(1);
});

test("the clock is what it was", async () => {
  const api = freshApi();
  await api.put("//__mock/clock", { advance_ms: 1000 });
  await save(api);
  await api.put("//__mock/clock", { mode: "real" });
  await restore(api);
  expect((await api.get("//__mock/clock")).body).toMatchObject({ mode: "frozen", now: "2025-07-01T12:00:01.000-05:00" });
});

test("somebody who was typing still is, and stops in time", async () => {
  const api = freshApi();
  await api.post("//__mock/simulate/typing", { chat: 1 });
  await save(api);
  await api.put("//__mock/clock", { advance_ms: 60_000 });
  const typing = async (): Promise<unknown> => (await api.get("//__mock/state")).body.chats[0].typing;
  expect(await typing()).toEqual([]);
  await restore(api);
  expect(await typing()).toEqual([{ from: ANN, until: "2025-07-01T12:01:00.000-05:00" }]);
  await api.put("//__mock/clock", { advance_ms: 60_000 });
  expect(await typing()).toEqual([]);
});

test("webhook subscriptions are what they were, secrets included", async () => {
  const api = freshApi();
  const webhook_subscription = { webhook_url: "http://127.0.0.1:1/", version: 2, events: ["message.received"], secret: "s" };
  await api.post("/webhook_subscriptions", { webhook_subscription });
  await save(api);
  await api.delete("/webhook_subscriptions/1");
  await restore(api);
  await api.post("//__mock/simulate/message", { chat: 1, text: "Hi" });
  await api.put("//__mock/clock", { advance_ms: 0 });
  const { deliveries } = (await api.get("//__mock/deliveries")).body;
  expect(deliveries).toHaveLength(1);
  expect(deliveries[0].attempts[0].headers["X-Webhook-Signature"]).toMatch(/^sha256=[0-9a-f]{64}$/);
});

test("idempotency keys are known if they were known then, and only then (A-idempotency-scope)", async () => {
  const api = freshApi();
  await send(api, { text: "Hi", idempotency_key: "early" });
  await save(api);
  await send(api, { text: "Hi", idempotency_key: "late" });
  await restore(api);
  expect((await send(api, { text: "Hi", idempotency_key: "early" })).status).toBe(200);
  expect((await send(api, { text: "Hi", idempotency_key: "late" })).status).toBe(201);
});

test("limits are what they were (A-availability-number, A-availability)", async () => {
  const api = freshApi();
  const check = async (): Promise<number> =>
    (await api.post("/i_message_availability/check", { phone_number: STRANGER })).status;
  await save(api, "before");
  expect(await check()).toBe(200);
  await save(api, "after");
  await restore(api, "before");
  expect(await check()).toBe(200);
  await restore(api, "after");
  expect(await check()).toBe(429);
});

test("calls, handles and events are numbered as they were then", async () => {
  const api = freshApi();
  const webhook_subscription = { webhook_url: "http://127.0.0.1:1/", version: 2, events: ["call.completed"] };
  await api.post("/webhook_subscriptions", { webhook_subscription });
  const happen = async (): Promise<unknown[]> => {
    const { call } = (await api.post("//__mock/simulate/call", { line: LINE, with: ANN })).body;
    const { chat } = (await api.post("//__mock/simulate/participant_added", { chat: 1, participant: STRANGER })).body;
    const { deliveries } = (await api.get("//__mock/deliveries")).body;
    return [call.id, chat.chat_handles.at(-1).id, deliveries[0].event_id];
  };
  await save(api);
  const first = await happen();
  await restore(api);
  expect(await happen()).toEqual(first);
});

test("uploaded files are there that were there", async () => {
  const api = freshApi();
  await api.post("//__mock/simulate/message", { chat: 1, attachments: [{ filename: "a.txt", content_base64: "SGk=" }] });
  await save(api);
  await api.delete("/chats/1/chat_messages/2");
  const files = async (): Promise<unknown> => (await api.get("//__mock/sandboxes")).body.sandboxes[0].files;
  expect(await files()).toEqual({ count: 0, bytes: 0, evicted: 0 });
  await restore(api);
  expect(await files()).toEqual({ count: 1, bytes: 2, evicted: 0 });
});

test("journal and deliveries are not part of it", async () => {
  const api = freshApi();
  await send(api, { text: "Hi" });
  await save(api);
  await restore(api);
  expect((await api.get("//__mock/requests")).body).toEqual({ requests: [], evicted: 0 });
  expect((await api.get("//__mock/deliveries")).body.deliveries).toEqual([]);
});

test("snapshots stand in the order in which they were first saved, and outlive a reset", async () => {
  const api = freshApi();
  for (const name of ["b", "a", "b"]) await save(api, name);
  await api.post("//__mock/reset");
  expect((await api.get("//__mock/snapshots")).body).toEqual({ snapshots: ["b", "a"] });
});

test("saving again puts the new world in the place of the old", async () => {
  const api = freshApi();
  await save(api);
  await send(api, { text: "Hi" });
  await save(api);
  await api.post("//__mock/reset");
  await restore(api);
  expect((await api.get("/chats/1")).body.data.message_count).toBe(2);
});

test("a snapshot remembers which fixtures its world came from", async () => {
  const api = freshApi();
  await save(api);
  await api.put("//__mock/fixtures", { version: 1, lines: [{ phone_number: LINE }] });
  await save(api, "loaded");
  await restore(api);
  expect((await api.get("//__mock/state")).body.chats).toHaveLength(5);
  await restore(api, "loaded");
  expect((await api.get("//__mock/state")).body.chats ?? []).toHaveLength(0);
});

test("a sandbox has snapshots of its own", async () => {
  const api = freshApi();
  await save(api);
  expect((await api.get("//s/one/__mock/snapshots")).body).toEqual({ snapshots: [] });
});

test("a snapshot is forgotten", async () => {
  const api = freshApi();
  await save(api);
  expect((await api.delete("//__mock/snapshots/here")).status).toBe(204);
  expect((await api.get("//__mock/snapshots")).body).toEqual({ snapshots: [] });
  expect((await api.delete("//__mock/snapshots/here")).body.error).toEqual({
    code: "snapshot_unknown",
    message: "There is no snapshot here",
    hint: "There are none.",
  });
});

test("a snapshot that is not there cannot be restored, and the world stays", async () => {
  const api = freshApi();
  for (const name of ["one", "two"]) await save(api, name);
  await send(api, { text: "Hi" });
  const { status, body } = await api.post("//__mock/snapshots/three/restore");
  expect([status, body.error]).toEqual([
    404,
    { code: "snapshot_unknown", message: "There is no snapshot three", hint: "There are one, two." },
  ]);
  expect((await api.get("/chats/1")).body.data.message_count).toBe(2);
});

test("there are up to 100; one that is there can still be saved again", async () => {
  const api = freshApi();
  for (let i = 1; i <= 100; i += 1) await save(api, `s${i}`);
  const { status, body } = await api.put("//__mock/snapshots/s101");
  expect([status, body.error]).toEqual([
    409,
    { code: "snapshot_limit", message: "There are 100 snapshots already", hint: "Delete one." },
  ]);
  await save(api, "s1");
  await api.delete("//__mock/snapshots/s1");
  await save(api, "s101");
});

test.each(["a%20b", "%C3%A9", "a.b", "x".repeat(65)])("a snapshot cannot be called %s", async (name) => {
  const { status, body } = await freshApi().put(`//__mock/snapshots/${name}`);
  expect([status, body.error.code, body.error.message]).toEqual([
    400,
    "invalid",
    "name must be letters, digits, _ and -, up to 64",
  ]);
});
