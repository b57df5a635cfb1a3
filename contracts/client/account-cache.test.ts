import type { OperationId } from "../generated/v2/operations";
import { AccountCache } from "./account-cache";

const message = { id: 7, text: "Hello", sent_at: "2025-05-21T15:30:00.000-05:00" };

function told(operation: OperationId, method: string, path: string, status: number, body: unknown) {
  return {
    operation,
    request: { method, path },
    response: { status, body, headers: {}, text: "" },
    token: "own",
    ms: 0,
  } as const;
}

test("a message is in the chat that it was sent into, or listed in", () => {
  const known = new AccountCache(() => 0);
  known.learn(told("sendMessage", "POST", "/chats/1/chat_messages", 201, { data: message }));
  known.learn(told("listMessages", "GET", "/chats/2/chat_messages?page=1", 200, { data: [{ ...message, id: 8 }] }));
  expect([7, 8, 9].map((id) => known.chatOfMessage(id))).toEqual([1, 2, undefined]);
});

test("a message that is read by its id tells nothing of the chat, as it may be in another", () => {
  const known = new AccountCache(() => 0);
  known.learn(told("listMessages", "GET", "/chats/1/chat_messages", 200, { data: [message] }));
  for (const id of [7, 8])
    known.learn(told("getMessage", "GET", `/chats/2/chat_messages/${id}`, 200, { data: { ...message, id } }));
  expect([7, 8].map((id) => known.chatOfMessage(id))).toEqual([1, undefined]);
});

test("what a key gives that was used before tells nothing of the chat", () => {
  const known = new AccountCache(() => 0);
  const again = told("sendMessage", "POST", "/chats/2/chat_messages", 200, { data: message });
  known.learn(again);
  expect(known.chatOfMessage(7)).toBeUndefined();
  known.learn(told("sendMessage", "POST", "/chats/1/chat_messages", 201, { data: message }));
  known.learn(again);
  expect(known.chatOfMessage(7)).toBe(1);
});
