import { idOf, type RecordKind, uuidOf } from "./uuid-of-id";

const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const kinds: readonly RecordKind[] = ["chat", "message", "handle", "contact", "line", "subscription", "reaction"];
const ids = [1, 2, 45, 46, 2_147_483_647, Number.MAX_SAFE_INTEGER];

test("each record has a UUID of version 4 of its own, which leads back to it and to no other kind", () => {
  const all = kinds.flatMap((kind) => ids.map((id) => ({ kind, id, uuid: uuidOf(kind, id) })));
  for (const { kind, id, uuid } of all) {
    expect(uuid).toMatch(UUID_4);
    expect(idOf(kind, uuid.toUpperCase())).toBe(id);
    for (const other of kinds.filter((one) => one !== kind)) expect(idOf(other, uuid)).toBeUndefined();
  }
  expect(new Set(all.map(({ uuid }) => uuid)).size).toBe(all.length);
});

test("the id of a chat is this one for good: fixtures and notes of users may hold it", () => {
  expect(uuidOf("chat", 45)).toBe("d8fae2ee-3888-4d2c-b9c8-e6fb2ffb8c89");
});

test.each([
  ["of somebody else", "550e8400-e29b-41d4-a716-446655440000"],
  ["with one digit changed", uuidOf("chat", 45).replace(/.$/, (digit) => (digit === "0" ? "1" : "0"))],
  ["that is none", "45"],
  ["that is empty", ""],
])("a UUID %s stands for nothing", (_, uuid) => {
  expect(idOf("chat", uuid)).toBeUndefined();
});
