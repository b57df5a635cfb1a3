import { UuidSource } from "./uuid-source";

const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function draw(uuids: UuidSource, count = 3): string[] {
  return Array.from({ length: count }, () => uuids.next());
}

test("from a seed come the same ids each time, each but once", () => {
  const ids = draw(new UuidSource("1 default"), 100);
  expect(draw(new UuidSource("1 default"), 100)).toEqual(ids);
  expect(new Set(ids).size).toBe(100);
});

test("from another seed come others", () => {
  expect(draw(new UuidSource("1"))).not.toEqual(draw(new UuidSource("2")));
});

test("without a seed they are different each time", () => {
  expect(draw(new UuidSource(undefined))).not.toEqual(draw(new UuidSource(undefined)));
});

test.each(["1", undefined])("they are UUIDs of version 4, with the seed %s", (seed) => {
  for (const id of draw(new UuidSource(seed), 50)) expect(id).toMatch(UUID_4);
});

test("a copy goes on where the original stood, by itself", () => {
  const uuids = new UuidSource("1");
  draw(uuids);
  const copy = uuids.copy();
  expect(draw(copy)).toEqual(draw(uuids));
});
