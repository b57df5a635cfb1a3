import { type OperationId, operations } from "../generated/v2/operations";
import { matchOperation } from "../operations";
import { unusedPath } from "./api";

const ids = Object.keys(operations) as OperationId[];

test.each(ids)("the path to nothing of %s is a path of that operation", (id) => {
  const [path = ""] = unusedPath(id).split("?");
  expect(matchOperation(operations[id].method, path)).toBe(id);
});

test("whatever has an id gets one that nothing has", () => {
  expect(unusedPath("getMessage")).toBe("/chats/2147483647/chat_messages/2147483647");
});

test("what an operation requires is there", () => {
  expect(unusedPath("listChats")).toBe("/chats?phone_number=%2B12025550143");
  expect(unusedPath("findChat")).toBe("/chats/find?phone_number=%2B12025550143&phone_numbers%5B%5D=%2B12025550143");
});
