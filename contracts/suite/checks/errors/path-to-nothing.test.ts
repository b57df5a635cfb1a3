import { type OperationId, operations } from "../../../generated/v2/operations";
import { matchOperation } from "../../../match-operation";
import { pathOfNothing } from "./path-to-nothing";

const ids = Object.keys(operations) as OperationId[];

test.each(ids)("the path to nothing of %s is a path of that operation", (id) => {
  const [path = ""] = pathOfNothing(id).split("?");
  expect(matchOperation(operations[id].method, path)).toBe(id);
});

test("whatever has an id gets one that nothing has", () => {
  expect(pathOfNothing("getMessage")).toBe("/chats/2147483647/chat_messages/2147483647");
});

test("what an operation requires is there", () => {
  expect(pathOfNothing("listChats")).toBe("/chats?phone_number=%2B12025550143");
  expect(pathOfNothing("findChat")).toBe("/chats/find?phone_number=%2B12025550143&phone_numbers%5B%5D=%2B12025550143");
});
