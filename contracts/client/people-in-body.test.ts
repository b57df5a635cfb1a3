import { namedNumbers } from "./people-in-body";

test.each([
  ["in E.164", { to: "+19075550101" }],
  ["as ten digits", { phone_numbers: ["9075550101"] }],
  ["as a number", { phone_numbers: [9075550101] }],
  ["with its country code as a number", { phone_numbers: [19075550101] }],
  ["with punctuation", { send_from: "(907) 555-0101" }],
  ["with dots", { anything: "907.555.0101" }],
  ["within a text", { message: { text: "call 907-555-0101 now" } }],
  ["deep inside", { a: [{ b: { c: [["+1 907 555 0101"]] } }] }],
  ["in full-width digits", { phone_numbers: ["\uff0b\uff11\uff19\uff10\uff17\uff15\uff15\uff15\uff10\uff11\uff10\uff11"] }],
  ["in Arabic digits", { phone_numbers: ["\u0669\u0660\u0667\u0665\u0665\u0665\u0660\u0661\u0660\u0661"] }],
  ["in Arabic digits within a text", { text: "\u0669\u0660\u0667\u0665\u0665\u0665\u0660\u0661\u0660\u0661" }],
  ["with underscores", { text: "1_907_555_0101" }],
  ["with characters between that cannot be seen", { text: "907\u200b555\u2060\ufeff01\u00ad01" }],
  ["as the name of a field", { "+19075550101": true }],
])("a number is seen %s", (_, body) => {
  expect(namedNumbers(body)).toContain("+19075550101");
});

test("short codes are seen where only numbers stand", () => {
  expect(namedNumbers({ chat: { phone_numbers: ["12345", 678] } })).toEqual(["12345", "678"]);
});

test("addresses are seen wherever they stand, in any case", () => {
  expect(namedNumbers({ chat: { phone_numbers: ["Ann@Example.com"] }, note: "or bob@example.com" })).toEqual([
    "ann@example.com",
    "bob@example.com",
  ]);
});

test("what is no number is none", () => {
  expect(
    namedNumbers({ text: "Contract check abc", version: 2, operation: "add", events: ["message.sent"], none: null }),
  ).toEqual([]);
});
