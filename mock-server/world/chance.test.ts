import { Chance } from "./chance";

const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function draw(chance: Chance, count = 3): string[] {
  return Array.from({ length: count }, () => chance.uuid());
}

test("from a seed come the same ids each time, each but once", () => {
  const ids = draw(new Chance("1 default"), 100);
  expect(draw(new Chance("1 default"), 100)).toEqual(ids);
  expect(new Set(ids).size).toBe(100);
});

test("from another seed come others", () => {
  expect(draw(new Chance("1"))).not.toEqual(draw(new Chance("2")));
});

test("without a seed they are different each time", () => {
  expect(draw(new Chance(undefined))).not.toEqual(draw(new Chance(undefined)));
});

test.each(["1", undefined])("they are UUIDs of version 4, with the seed %s", (seed) => {
  for (const id of draw(new Chance(seed), 50)) expect(id).toMatch(UUID_4);
});

test("a copy goes on where the original stood, by itself", () => {
  const chance = new Chance("1");
  draw(chance);
  const copy = chance.copy();
  expect(draw(copy)).toEqual(draw(chance));
});
