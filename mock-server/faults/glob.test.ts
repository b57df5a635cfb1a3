import { matchesGlob } from "./matching";

test.each([
  ["/chats", "/chats", true],
  ["/chats", "/chats/46", false],
  ["/chats/*", "/chats/46/chat_messages", true],
  ["/chats/*", "/chats", false],
  ["*", "/contacts", true],
  ["/chats/*/edit", "/chats/46/chat_messages/7/edit", true],
  ["/chats/*/edit", "/chats/edit", false],
  ["*messages*edit", "/chats/46/chat_messages/7/edit", true],
  ["/chats/46*6", "/chats/46", false],
  ["/chats/4.", "/chats/46", false],
])("%s means %s: %s", (written, path, expected) => {
  expect(matchesGlob(written, path)).toBe(expected);
});

test("a pattern of many stars is answered at once", () => {
  expect(matchesGlob("*a".repeat(99), `/${"a".repeat(60_000)}b`)).toBe(false);
});
