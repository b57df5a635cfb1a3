import { apiClient } from "../../../testing/api-client";
import { smallWorld } from "../../../testing/worlds";

// Asserted here, too: A-message-order, A-error-wording, A-id-shape.

const api = apiClient({ fixtures: smallWorld });

test("a message is the same as List Messages shows it", async () => {
  const { status, body } = await api.get("/chats/1/chat_messages/1");
  expect(status).toBe(200);
  expect(body.data).toEqual((await api.get("/chats/1/chat_messages")).body.data[0]);
});

test.each([
  ["a message that does not exist", "/chats/1/chat_messages/99", "Chat message not found"],
  ["a message of another chat", "/chats/2/chat_messages/1", "Chat message not found"],
  ["an id that is none", "/chats/1/chat_messages/first", "Chat message not found"],
  ["a message of no chat", "/chats/99/chat_messages/1", "Chat not found"],
])("%s is not found", async (_, path, detail) => {
  const { status, body, assumptions } = await api.get(path);
  expect(status).toBe(404);
  expect(body).toEqual({ errors: [{ status: 404, code: "not_found", title: "Not Found", detail }] });
  expect(assumptions).toContain("A-404-others");
});

test("a message shows its reactions (A-reaction-one)", async () => {
  const own = apiClient({ fixtures: smallWorld });
  const { body } = await own.post("/chat_messages/1/reactions", { type: "love", operation: "add" });
  expect((await own.get("/chats/1/chat_messages/1")).body.data.reactions).toEqual([body.data]);
});

test("a fixture may say how a delivery went", async () => {
  const [chat] = smallWorld.chats ?? [];
  if (!chat) throw new Error("the small world has a chat");
  const messages = (["service_unavailable", "paused"] as const).map((delivery_status) => ({
    from: chat.line,
    delivery_status,
  }));
  const own = apiClient({ fixtures: { ...smallWorld, chats: [{ ...chat, messages }] } });
  const { body } = await own.get("/chats/1/chat_messages");
  expect(body.data).toMatchObject([
    { delivery_status: "service_unavailable", delivered_at: null },
    { delivery_status: "paused", delivered_at: null },
  ]);
});
