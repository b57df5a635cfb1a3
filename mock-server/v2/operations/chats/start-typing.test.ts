import { type ApiClient, apiClient } from "../../../testing/api-client";
import { ANN, LINE, smallWorld } from "../../../testing/worlds";

const NOW = "2025-07-01T12:00:00.000-05:00";

function freshApi() {
  return apiClient({ fixtures: smallWorld, clock: NOW });
}

async function typingIn(api: ApiClient, chat: number): Promise<unknown[]> {
  return (await api.get("//__mock/state")).body.chats[chat - 1].typing;
}

test("the line types in one chat, for 60 seconds", async () => {
  const api = freshApi();
  const { status, body } = await api.post("/chats/1/start_typing");
  expect({ status, body }).toEqual({ status: 201, body: undefined });
  expect(await typingIn(api, 1)).toEqual([{ from: LINE, until: "2025-07-01T12:01:00.000-05:00" }]);
  expect(await typingIn(api, 2)).toEqual([]);
  await api.advance(59_999);
  expect(await typingIn(api, 1)).toHaveLength(1);
  await api.advance(1);
  expect(await typingIn(api, 1)).toEqual([]);
});

test("a hint tells that nobody sees typing in a group, where it is a success as well", async () => {
  const { status, hint, assumptions } = await freshApi().post("/chats/2/start_typing");
  expect({ status, hint }).toEqual({ status: 201, hint: "Nobody sees it: typing is not shown in groups." });
  expect(assumptions).toEqual(["A-typing-group"]);
  expect((await freshApi().post("/chats/1/start_typing")).hint).toBeUndefined();
});

test("whoever starts again has another 60 seconds", async () => {
  const api = freshApi();
  await api.post("/chats/1/start_typing");
  await api.advance(40_000);
  await api.post("/chats/1/start_typing");
  expect(await typingIn(api, 1)).toEqual([{ from: LINE, until: "2025-07-01T12:01:40.000-05:00" }]);
  await api.advance(59_999);
  expect(await typingIn(api, 1)).toHaveLength(1);
  await api.advance(1);
  expect(await typingIn(api, 1)).toEqual([]);
});

test("a replay of an idempotency key sends nothing, so the line types on", async () => {
  const api = freshApi();
  const message = { text: "Hi", idempotency_key: "order-1" };
  await api.post("/chats/1/chat_messages", { message });
  await api.post("/chats/1/start_typing");
  await api.post("/chats/1/chat_messages", { message });
  expect(await typingIn(api, 1)).toHaveLength(1);
});

test("Create Chat ends typing, too, when the chat exists", async () => {
  const api = freshApi();
  await api.post("/chats/1/start_typing");
  await api.post("/chats", { send_from: LINE, chat: { phone_numbers: [ANN] }, message: { text: "Hi" } });
  expect(await typingIn(api, 1)).toEqual([]);
});

test("a chat that does not exist is not found", async () => {
  const { status, body } = await freshApi().post("/chats/99/start_typing");
  expect(status).toBe(404);
  expect(body.errors[0].detail).toBe("Chat not found");
});
