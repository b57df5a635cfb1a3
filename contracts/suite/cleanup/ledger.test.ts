import { Ledger } from "./ledger";

function send(chat: number) {
  return { operation: "sendMessage", method: "POST", path: `/chats/${chat}/chat_messages` } as const;
}

test("a message that a key gives again in another chat is left to undo once, where it is", () => {
  const ledger = new Ledger({ file: undefined, target: "x", mark: "x" });
  ledger.record(send(1), 201, { data: { id: 7 } });
  ledger.record(send(2), 200, { data: { id: 7 } });
  ledger.record(send(2), 200, { data: { id: 8 } });
  expect(ledger.left().map(({ path }) => path)).toEqual(["/chats/2/chat_messages/8", "/chats/1/chat_messages/7"]);
});
