import { apiClient } from "../testing/api-client";
import { ANN, LINE, smallWorld } from "../testing/worlds";

// What /simulate has for V3 alone. Rests on A-v3-target-http, A-v3-delays, A-v3-service-initial.

const freshApi = () => apiClient({ fixtures: smallWorld, clock: "2026-01-05T12:00:00Z" }, "v3");

async function apiWithSent() {
  const api = freshApi();
  const message = { parts: [{ type: "text", value: "Hi" }] };
  const { chat } = (await api.post("/chats", { from: LINE, to: [ANN], message })).body;
  return { api, chat: chat.id as string, message: chat.message.id as string };
}

const UNKNOWN = "11111111-1111-4111-8111-111111111111";

test.each([1, 2024, 99_999])("a failure with the code %i is refused, and those that there are are listed", async (code) => {
  const { api, message } = await apiWithSent();
  for (const [call, body] of [
    ["delivery", { message, status: "failed", code }],
    ["next_failure", { chat: 1, code }],
  ] as const) {
    const { status, body: answer } = await api.post(`//__mock/simulate/${call}`, body);
    expect([status, answer.error.pointer]).toEqual([422, "/code"]);
    expect(answer.error.message).toContain("4006");
  }
});

test("chats, messages and subscriptions are named by their UUIDs of V3 as well as by their numbers", async () => {
  const { api, chat, message } = await apiWithSent();
  const said = await api.post("//__mock/simulate/message", { chat, text: "Yes?" });
  expect([said.status, (await api.get("//__mock/chats/1/messages")).body.messages.at(-1).text]).toEqual([201, "Yes?"]);
  expect((await api.post("//__mock/simulate/read", { chat: chat.toUpperCase() })).status).toBe(200);
  expect((await api.post("//__mock/simulate/delivery", { message, status: "read" })).body.message.status).toBe("read");
  expect((await api.get(`//__mock/chats/${chat}/messages`)).body).toEqual((await api.get("//__mock/chats/1/messages")).body);
  expect((await api.get(`//__mock/chats/${chat}`)).body).toEqual((await api.get("//__mock/chats/1")).body);
  expect((await api.get(`//__mock/webhook_events?message=${message}`)).body.webhook_events).not.toEqual([]);
  const target = { target_url: "http://127.0.0.1:9/", subscribed_events: ["message.sent"] };
  const { id } = (await api.post("/webhook-subscriptions", target)).body;
  expect((await api.put(`//__mock/subscriptions/${id}`, { active: false })).body.subscription.active).toBe(false);
});

test("a UUID of nothing is a thing that is not there, also one of another kind", async () => {
  const { api, message } = await apiWithSent();
  for (const chat of [UNKNOWN, message]) {
    const { status, body } = await api.post("//__mock/simulate/read", { chat });
    expect([status, body.error]).toEqual([
      404,
      { code: "chat_unknown", message: `There is no chat ${chat}`, pointer: "/chat" },
    ]);
  }
  const there = await api.get(`//__mock/chats/${UNKNOWN}/messages`);
  expect([there.status, there.body.error.code]).toEqual([404, "chat_unknown"]);
});

test("somebody reacts with an emoji of their own, and takes it back", async () => {
  const { api, message } = await apiWithSent();
  const react = (more: object) => api.post("//__mock/simulate/reaction", { message, type: "custom", ...more });
  expect((await react({ custom_emoji: "🦊" })).status).toBe(201);
  const reactions = async () => (await api.get(`/messages/${message}`)).body.parts[0].reactions;
  expect(await reactions()).toMatchObject([{ type: "custom", custom_emoji: "🦊", is_me: false }]);
  expect((await react({ custom_emoji: "🐻", operation: "remove" })).status).toBe(409);
  expect((await react({ custom_emoji: "🦊", operation: "remove" })).status).toBe(201);
  expect(await reactions()).toEqual([]);
  expect((await react({})).body.error.pointer).toBe("/custom_emoji");
  expect((await react({ custom_emoji: "a" })).body.error.pointer).toBe("/custom_emoji");
  expect((await react({ type: "love", custom_emoji: "🦊" })).body.error.pointer).toBe("/custom_emoji");
});

test("what /simulate answers says how V3 calls it, and a custom reaction its emoji", async () => {
  const api = apiClient({ fixtures: smallWorld });
  const { chat, message } = (await api.post("//__mock/simulate/message", { chat: 1, text: "Hi" })).body;
  const seen = (await api.get("//__mock/chats/1")).body.chat;
  expect([chat.v3_id, message.v3_id]).toEqual([seen.v3_id, seen.last_message.v3_id]);
  const headers = { Authorization: "Bearer any" };
  const byV3 = await api.send("GET", `//api/partner/v3/messages/${message.v3_id}`, { headers });
  expect([byV3.status, byV3.body.id]).toEqual([200, message.v3_id]);
  const reaction = { message: message.v3_id, type: "custom", custom_emoji: "🎉" };
  expect((await api.post("//__mock/simulate/reaction", reaction)).body.reaction.custom_emoji).toBe("🎉");
});
