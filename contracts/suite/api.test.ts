import { type OperationId, operations } from "../generated/v2/operations";
import { matchOperation } from "../operations";
import { apiOf, unusedPath } from "./api";
import { UnexpectedStatus } from "./law-errors";
import { anExchange } from "./reports/testing/an-exchange";

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

test("a success that nothing declares stands for the declared one, and one that is declared does not", async () => {
  const apiThat = (method: string, path: string, status: number) =>
    apiOf({ send: async () => anExchange(path, { method, status, body: { data: { id: 7 } } }) });
  await expect(apiThat("GET", "/contacts/7", 201).contact(7)).resolves.toMatchObject({ id: 7 });
  await expect(apiThat("GET", "/contacts/7", 404).contact(7)).rejects.toThrow(UnexpectedStatus);
  const send = apiThat("POST", "/chats/7/chat_messages", 200).send(7, { text: "Hi" });
  await expect(send).rejects.toThrow(UnexpectedStatus);
});
