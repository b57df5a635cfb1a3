import { operations } from "../../contracts/generated/v3/operations";
import { apiClient } from "../testing/api-client";
import { ANN, BEN, LINE, smallWorld } from "../testing/worlds";
import { routes } from "./routes";

/*
 * Performs everything that V3 can do, then resets, goes to snapshots, forks and exports, and requires that nothing is left or lost.
 * Rests on A-v3-target-http, A-v3-chat-order, A-v3-message-order, A-v3-display-name, A-v3-handles-order, A-v3-timestamps, A-v3-service-initial, A-v3-delays,
 * A-v3-contact-card-status, A-v3-contact-card-delete, A-v3-block-status, A-v3-unblock-status, A-v3-capability-scope, A-v3-service-choice,
 * A-v3-available-number, A-v3-code-choice, A-v3-idem-deleted, A-v3-leave-status, A-v3-put-chat-status, A-v3-location-status,
 * A-v3-idem-scope, A-v3-typing-group, A-v3-group-clear, A-v3-leave-visibility, A-v3-deleted-file, A-v3-card-at-once, A-v3-card-shared,
 * A-v3-linked-file, A-v3-reaction-one.
 */

const GROUP = ["+12055550111", "+12055550112", "+12055550113", "+12055550114"];
const BYTES = Buffer.from("hello");
const text = (value: string): object => ({ parts: [{ type: "text", value }] });

function freshApi() {
  return apiClient({ fixtures: smallWorld, clock: "2026-01-05T12:00:00Z", seed: 1, rateLimits: false }, "v3");
}

type Api = ReturnType<typeof freshApi>;

/** Every operation with something behind it, in an order in which they are possible; those that undo come with `isUndoing`. */
async function walk(api: Api, isUndoing: boolean): Promise<{ readonly asked: ReadonlySet<string>; readonly fileUrl: string }> {
  const asked = new Set<string>();
  const call = async (route: string, ids: Readonly<Record<string, string>> = {}, body?: object, query = "") => {
    const [method = "", template = ""] = route.split(" ");
    const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? "");
    const json = body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
    const answer = await api.send(method, `${path}${query}`, json ?? {});
    asked.add(route);
    expect({ route, ok: answer.status < 300, body: answer.body }).toMatchObject({ route, ok: true });
    return answer.body;
  };
  const line = encodeURIComponent(LINE);
  const announced = await call(
    "POST /attachments",
    {},
    { filename: "a.mp3", content_type: "audio/mpeg", size_bytes: BYTES.length },
  );
  const attachmentId = announced.attachment_id;
  await api.send("PUT", `/${new URL(announced.upload_url).pathname}`, { body: BYTES, headers: announced.required_headers });
  await call("GET /attachments/{attachmentId}", { attachmentId });
  const direct = (await call("POST /chats", {}, { from: LINE, to: [ANN], message: { ...text("Hi"), idempotency_key: "k" } }))
    .chat;
  const group = (await call("POST /chats", {}, { from: LINE, to: GROUP, message: text("Hello all") })).chat;
  const [chatId, groupId] = [direct.id, group.id];
  const media = {
    parts: [
      { type: "media", attachment_id: attachmentId },
      { type: "text", value: "Listen" },
    ],
  };
  const reply = { message_id: direct.message.id };
  const effect = { type: "screen", name: "confetti" };
  const sent = await call("POST /chats/{chatId}/messages", { chatId }, { message: { ...media, reply_to: reply, effect } });
  await call("POST /messages", {}, { to: [ANN, BEN], message: text("Both") });
  await call("GET /chats");
  await call("GET /chats/{chatId}", { chatId });
  await call("GET /chats/{chatId}/messages", { chatId });
  await api.advance(1000);
  const messageId = sent.message.id;
  await call("GET /messages/{messageId}", { messageId });
  await call("PATCH /messages/{messageId}", { messageId }, { text: "Listen to this", part_index: 1 });
  await call(
    "POST /messages/{messageId}/reactions",
    { messageId },
    { operation: "add", type: "custom", custom_emoji: "🎉", part_index: 1 },
  );
  await call("GET /messages/{messageId}/thread", { messageId });
  await call("POST /chats/{chatId}/voicememo", { chatId }, { attachment_id: attachmentId });
  await call("POST /chats/{chatId}/read", { chatId });
  await call("POST /chats/{chatId}/share_contact_card", { chatId });
  await call("POST /chats/{chatId}/typing", { chatId });
  if (isUndoing) await call("DELETE /chats/{chatId}/typing", { chatId });
  await call("GET /chats/{chatId}/location", { chatId });
  await call("POST /chats/{chatId}/location/request", { chatId });
  await call("PUT /chats/{chatId}", { chatId: groupId }, { display_name: "Trip", group_chat_icon: "https://a.example/g.png" });
  await call("POST /chats/{chatId}/participants", { chatId: groupId }, { handle: "+12055550115" });
  await call("DELETE /chats/{chatId}/participants", { chatId: groupId }, { handle: "+12055550111" });
  await call("POST /chats/{chatId}/leave", { chatId: groupId });
  const phoneNumberId = (await call("GET /phone_numbers")).phone_numbers[0].id;
  await call("PUT /phone_numbers/{phoneNumberId}", { phoneNumberId }, { forwarding_number: ANN });
  await call("GET /phonenumbers");
  await call("GET /available_number");
  await call("POST /capability/check_imessage", {}, { address: ANN });
  await call("POST /capability/check_rcs", {}, { address: ANN });
  await call("GET /contact_card");
  await call("PATCH /contact_card", {}, { last_name: "Desk" }, `?phone_number=${line}`);
  await call("POST /blocked_handles", {}, { handle: "72975", reason: "spam" });
  await call("GET /blocked_handles");
  const subscribing = {
    target_url: "http://127.0.0.1:9/hook",
    subscribed_events: ["message.delivered"],
    phone_numbers: [LINE],
  };
  const subscriptionId = (await call("POST /webhook-subscriptions", {}, subscribing)).id;
  await call("GET /webhook-subscriptions");
  await call("GET /webhook-events");
  await call("GET /webhook-subscriptions/{subscriptionId}", { subscriptionId });
  await call("PUT /webhook-subscriptions/{subscriptionId}", { subscriptionId }, { is_active: false });
  await api.post("//__mock/simulate/message", { chat: 1, from: ANN, text: "STOP" });
  if (isUndoing) {
    await call("DELETE /contact_card", {}, undefined, `?phone_number=${line}`);
    await call("POST /contact_card", {}, { phone_number: LINE, first_name: "New" });
    await call("DELETE /blocked_handles", {}, { handle: "72975" });
    await call("DELETE /webhook-subscriptions/{subscriptionId}", { subscriptionId });
    await call("DELETE /attachments/{attachmentId}", { attachmentId });
  }
  await call("DELETE /messages/{messageId}", { messageId: direct.message.id });
  return { asked, fileUrl: announced.download_url };
}

const stateOf = async (api: Api, sandbox = "") => (await api.get(`//${sandbox}__mock/state`)).body;

test("after everything, a reset leaves what a fresh start has", async () => {
  const api = freshApi();
  const fresh = await stateOf(api);
  const { asked } = await walk(api, true);
  expect([...asked].sort()).toEqual(Object.keys(routes).sort());
  expect(asked.size).toBeLessThan(Object.keys(operations).length);
  await api.post("//__mock/reset");
  expect(await stateOf(api)).toEqual(fresh);
  const again = await api.post("/chats", { from: LINE, to: [ANN], message: { ...text("Hi"), idempotency_key: "k" } });
  expect(again.status).toBe(201); // the key of a deleted message is forgotten, and so is that Ann wrote STOP
});

test("snapshots, forks and exports carry all of it", async () => {
  const api = freshApi();
  const { fileUrl } = await walk(api, false);
  const state = await stateOf(api);
  expect(Object.keys(state)).toEqual(expect.arrayContaining(["blocked_handles", "announced_files", "deleted_keys"]));
  await api.put("//__mock/snapshots/all");
  await api.post("//__mock/sandboxes/default/fork", { as: "copy" });
  expect(await stateOf(api, "s/copy/")).toEqual(state);
  const before = await api.get("/chats");
  await api.post("//__mock/reset");
  await api.post("//__mock/snapshots/all/restore");
  expect(await stateOf(api)).toEqual(state);
  expect(await api.download(fileUrl)).toMatchObject({ status: 200, bytes: BYTES });

  await api.post("//__mock/reset");
  await api.put("//__mock/fixtures", state);
  expect(await stateOf(api)).toEqual(state);
  expect((await api.get("/chats")).body).toEqual(before.body);
  expect(await api.download(fileUrl)).toMatchObject({ status: 200, type: "audio/mpeg" }); // made up: an export has no bytes
  const used = await api.post("/chats", { from: LINE, to: [ANN], message: { ...text("Hi"), idempotency_key: "k" } });
  expect([used.status, used.body.error.code]).toEqual([404, 2002]);
});
