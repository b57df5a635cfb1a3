import { type ApiClient, apiClient } from "../../../testing/api-client";
import { ANN, BEN, LINE, smallWorld } from "../../../testing/worlds";

// Asserted here, too: A-message-order.

const unread = { from: ANN, is_read: false };

function freshApi() {
  const messages = [{ from: ANN }, unread, { from: LINE, is_read: false }];
  const chats = [
    { line: LINE, participants: [ANN], messages },
    { line: LINE, participants: [ANN, BEN], messages: [unread] },
  ];
  return apiClient({ fixtures: { ...smallWorld, chats } });
}

async function readStates(api: ApiClient, chat: number): Promise<boolean[]> {
  const { body } = await api.get(`/chats/${chat}/chat_messages`);
  return body.data.map((message: { is_read: boolean }) => message.is_read);
}

test("every message of the chat is read, the line's too, and no other chat's", async () => {
  const api = freshApi();
  expect(await readStates(api, 1)).toEqual([true, false, false]);
  const { status, body, assumptions } = await api.put("/chats/1/mark_as_read");
  expect({ status, body }).toEqual({ status: 204, body: undefined });
  expect(assumptions).toEqual(["A-read-event"]);
  expect(await readStates(api, 1)).toEqual([true, true, true]);
  expect(await readStates(api, 2)).toEqual([false]);
});

test("a message that is sent later is unread (A-delivery)", async () => {
  const api = freshApi();
  await api.put("/chats/1/mark_as_read");
  await api.post("/chats/1/chat_messages", { message: { text: "Hi" } });
  expect(await readStates(api, 1)).toEqual([true, true, true, false]);
});

test("what is read already may be read again", async () => {
  const api = freshApi();
  await api.put("/chats/1/mark_as_read");
  expect((await api.put("/chats/1/mark_as_read")).status).toBe(204);
});

test("a chat that does not exist is not found", async () => {
  const { status, body } = await freshApi().put("/chats/99/mark_as_read");
  expect(status).toBe(404);
  expect(body.errors[0].detail).toBe("Chat not found");
});

test("what the line has sent and is not delivered is read, too, so that nobody reads it later (A-delivery)", async () => {
  const api = freshApi();
  await api.post("/chats/1/chat_messages", { message: { text: "Hi" } });
  await api.put("/chats/1/mark_as_read");
  expect((await api.post("//__mock/simulate/read", { chat: 1 })).body).toEqual({ chat_id: 1, read: [], undelivered: [] });
});
