import { apiClient } from "../testing/api-client";
import { startReceiver } from "../testing/receiver";
import { ANN, LINE, smallWorld } from "../testing/worlds";

// Rests on A-v3-v2-visibility, A-v3-message-order, A-delivery, A-message-order, A-404-others, A-error-wording, A-idempotency-scope,
// A-list-order, A-reaction-one, A-read-event, A-event-zone, A-message-delete, A-v3-idem-scope, A-v3-idem-deleted, A-v3-code-choice, A-v3-timestamps, A-v3-webhook-key-order.

const V2 = { "X-LINQ-INTEGRATION-TOKEN": "test" };
const WRITTEN = "//api/partner/v2/chats/1/chat_messages";

function bothVersions(isolateVersions: boolean) {
  return apiClient(
    { fixtures: smallWorld, isolateVersions, clock: "2026-01-05T12:00:00Z", webhookOrder: "in-order", rateLimits: false },
    "v3",
  );
}

async function bothSend(isolateVersions: boolean) {
  const api = bothVersions(isolateVersions);
  await api.post(WRITTEN, { message: { text: "by V2" } }, V2);
  const { body } = await api.post("/chats", { from: LINE, to: [ANN], message: { parts: [{ type: "text", value: "by V3" }] } });
  const ofV3 = await api.get(`/chats/${body.chat.id}/messages`);
  const ofV2 = await api.get(WRITTEN, V2);
  return {
    api,
    ofV3: ofV3.body.messages.map(({ parts }: { parts: { value: string }[] }) => parts[0]?.value),
    ofV2: ofV2.body.data.map(({ text }: { text: string }) => text),
    count: ofV2.body.meta.total_count,
    sentByV3: body.chat.message.id,
  };
}

test("what one version sends, the other shows", async () => {
  const { ofV2, ofV3, count } = await bothSend(false);
  expect(ofV3).toEqual(["by V3", "by V2", "Hello"]);
  expect([ofV2, count]).toEqual([["Hello", "by V2", "by V3"], 3]);
});

test("where the versions are isolated, each shows what it has sent and what came in", async () => {
  const { api, ofV2, ofV3, count } = await bothSend(true);
  expect(ofV3).toEqual(["by V3", "Hello"]);
  expect([ofV2, count]).toEqual([["Hello", "by V2"], 2]);
  const hidden = await api.get(`${WRITTEN}/3`, V2);
  const reaction = await api.post("//api/partner/v2/chat_messages/3/reactions", { type: "love", operation: "add" }, V2);
  await api.post("//__mock/simulate/reaction", { message: 3, type: "love" });
  const theirs = await api.get("//api/partner/v2/chat_message_reactions/1", V2);
  expect([hidden.status, reaction.status, theirs.status]).toEqual([404, 404, 404]);
});

test("where they are isolated, each has idempotency keys of its own", async () => {
  const api = bothVersions(true);
  const message = { parts: [{ type: "text", value: "by V3" }], idempotency_key: "once" };
  const sent = { message: { text: "by V2", idempotency_key: "once" } };
  const first = await api.post("/chats", { from: LINE, to: [ANN], message });
  const ofV2 = await api.post(WRITTEN, sent, V2);
  const again = await api.post(WRITTEN, sent, V2);
  expect([ofV2.status, again.status, again.body.data.text]).toEqual([201, 200, "by V2"]);
  const repeated = await api.post("/chats", { from: LINE, to: [ANN], message });
  expect(repeated.body.chat.message.id).toBe(first.body.chat.message.id);

  await api.post(WRITTEN, { message: { text: "by V2", idempotency_key: "gone" } }, V2);
  await api.delete(`${WRITTEN}/4`, V2);
  const place = `/chats/${first.body.chat.id}/messages`;
  const gone = { message: { ...message, idempotency_key: "gone" } };
  expect((await api.post(place, gone)).status).toBe(202);
  await api.delete(`/messages/${(await api.post(place, gone)).body.message.id}`);
  expect((await api.post(place, gone)).body.error.code).toBe(2002);
});

test("where they are isolated, neither is told of what becomes of a message of the other", async () => {
  const receiver = await startReceiver();
  const api = bothVersions(true);
  const events = ["message.sent", "message.read", "reaction.received"];
  const subscription = { webhook_url: `${receiver.url}/v2`, version: 2, events };
  await api.post("//api/partner/v2/webhook_subscriptions", { webhook_subscription: subscription }, V2);
  const subscribed_events = ["message.sent", "message.delivered", "reaction.added"];
  await api.post("/webhook-subscriptions", { target_url: `${receiver.url}/v3`, subscribed_events });

  await api.post(WRITTEN, { message: { text: "by V2" } }, V2); // 2
  await api.post("/chats", { from: LINE, to: [ANN], message: { parts: [{ type: "text", value: "by V3" }] } }); // 3
  await api.advance(1000);
  for (const message of [2, 3]) await api.post("//__mock/simulate/reaction", { message, type: "love" });
  await api.put("//api/partner/v2/chats/1/mark_as_read", undefined, V2);
  await api.advance(0);
  await receiver.stop();
  const told = receiver.received.map(({ path, event: { event_type, data } }) => [path.slice(-2), event_type, data.id]);
  const v3Id = expect.stringContaining("-");
  expect(told.filter(([path]) => path === "v2")).toEqual([
    ["v2", "message.sent", "2"],
    ["v2", "reaction.received", "1"],
    ["v2", "message.read", "2"],
  ]);
  expect(told.filter(([path]) => path === "v3")).toEqual([
    ["v3", "message.sent", v3Id],
    ["v3", "message.delivered", v3Id],
    ["v3", "reaction.added", v3Id],
  ]);
});
