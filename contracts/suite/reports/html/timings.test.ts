import { anExchange } from "../testing/an-exchange";
import { timingsOf } from "./timings";

const took = (path: string, ms: number, token: "own" | "none" = "own") => ({ ...anExchange(path, { token }), ms });

test("tells the median and the slowest of each operation, in the vendor's order", () => {
  const exchanges = [
    took("/contacts", 8),
    took("/chats/46", 30),
    took("/chats/46", 10),
    took("/chats/46", 90),
    took("/contacts", 5),
  ];
  expect(timingsOf(exchanges)).toEqual([
    { operation: "getChat", count: 3, median: 30, slowest: 90 },
    { operation: "listContacts", count: 2, median: 6.5, slowest: 8 },
  ]);
});

test("leaves out what was asked without a token that counts", () => {
  expect(timingsOf([took("/chats/46", 1, "none")])).toEqual([]);
});
