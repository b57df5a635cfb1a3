import { PublicIds, type RecordKind } from "./public-ids";

const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const kinds: readonly RecordKind[] = ["chat", "message", "handle", "contact", "line", "subscription", "reaction"];
const numbers = [1, 2, 45, 46, 2_147_483_647, 2_147_483_648, 4_294_967_296, Number.MAX_SAFE_INTEGER];
const ids = new PublicIds("default");

test("each record has a UUID of version 4 of its own, which leads back to it and to no other kind", () => {
  const all = kinds.flatMap((kind) => numbers.map((id) => ({ kind, id, uuid: ids.uuidOf(kind, id) })));
  for (const { kind, id, uuid } of all) {
    expect(uuid).toMatch(UUID_4);
    expect(ids.idOf(kind, uuid.toUpperCase())).toBe(id);
    for (const other of kinds.filter((one) => one !== kind)) expect(ids.idOf(other, uuid)).toBeUndefined();
  }
  expect(new Set(all.map(({ uuid }) => uuid)).size).toBe(all.length);
});

test("no two of 200,000 messages share one, and one bit of an id changes about half of its UUID", () => {
  const uuids = new Set<string>();
  for (let id = 1; id <= 200_000; id += 1) uuids.add(ids.uuidOf("message", id));
  expect(uuids.size).toBe(200_000);
  const digits = (id: number): string => ids.uuidOf("chat", id).replaceAll("-", "");
  const [one, other] = [digits(46), digits(47)];
  expect([...one].filter((digit, i) => digit !== other[i]).length).toBeGreaterThan(20);
});

test("the id of a chat is this one for good: fixtures and notes of users may hold it", () => {
  expect(ids.uuidOf("chat", 45)).toBe("90a0775d-8abb-49cb-986d-34b57aed5037");
});

test("another sandbox has others, and takes these for none", () => {
  const other = new PublicIds("ci-7");
  expect(other.idOf("chat", ids.uuidOf("chat", 45))).toBeUndefined();
});

test.each([
  ["of somebody else", "550e8400-e29b-41d4-a716-446655440000"],
  ["with one digit changed", ids.uuidOf("chat", 45).replace(/.$/, (digit) => (digit === "0" ? "1" : "0"))],
  ["that is none", "45"],
  ["that is empty", ""],
])("a UUID %s stands for nothing", (_, uuid) => {
  expect(ids.idOf("chat", uuid)).toBeUndefined();
});

test("a record whose id is pinned has that and no other", () => {
  const uuid = "550e8400-e29b-41d4-a716-446655440000";
  const pinned = new PublicIds("default", [{ kind: "chat", id: 45, uuid }]);
  expect(pinned.uuidOf("chat", 45)).toBe(uuid);
  expect(pinned.idOf("chat", uuid.toUpperCase())).toBe(45);
  expect(pinned.idOf("message", uuid)).toBeUndefined();
  expect(pinned.idOf("chat", ids.uuidOf("chat", 45))).toBeUndefined();
  expect(pinned.uuidOf("chat", 46)).toBe(ids.uuidOf("chat", 46));
});
