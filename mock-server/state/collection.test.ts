import fc from "fast-check";
import { Collection, FrozenCollection } from "./collection";

interface Fruit {
  readonly id: number;
  readonly colours: readonly string[];
}

const colours = fc.array(fc.constantFrom("red", "green", "blue"), { maxLength: 4 });
const seeds = fc.uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 50 }), colours }), { selector: (fruit) => fruit.id });

function freeze(fruits: readonly Fruit[]) {
  return new FrozenCollection(fruits, { colour: (fruit: Fruit) => fruit.colours });
}

test("finds what a plain search finds, in ascending order", () => {
  fc.assert(
    fc.property(seeds, fc.array(colours), fc.constantFrom("red", "green", "blue"), (seed, added, colour) => {
      const collection = new Collection(freeze(seed));
      const grown = added.map((own) => collection.add((id) => ({ id, colours: own })));
      const all: Fruit[] = [...[...seed].sort((a, b) => a.id - b.id), ...grown];
      expect([...collection.values()]).toEqual(all);
      const matching = all.filter((fruit) => fruit.colours.includes(colour));
      expect(collection.count("colour", colour)).toBe(matching.length);
      expect(collection.first("colour", colour)).toEqual(matching[0]);
      for (let start = 0; start <= matching.length + 1; start += 1) {
        expect(collection.slice("colour", colour, start, start + 3)).toEqual(matching.slice(start, start + 3));
      }
      for (const fruit of all) expect(collection.get(fruit.id)).toEqual(fruit);
    }),
  );
});

test("what one collection adds, neither the frozen one nor another sees", () => {
  fc.assert(
    fc.property(seeds, colours, (seed, own) => {
      const frozen = freeze(seed);
      const before = [...new Collection(frozen).values()];
      const added = new Collection(frozen).add((id) => ({ id, colours: own }));
      const other = new Collection(frozen);
      expect(other.get(added.id)).toBeUndefined();
      expect([...other.values()]).toEqual(before);
      for (const colour of own) expect(other.slice("colour", colour, 0, 100)).not.toContainEqual(added);
    }),
  );
});

test("a new id is higher than any before", () => {
  const collection = new Collection(freeze([{ id: 7, colours: [] }]));
  expect([collection.add((id) => ({ id, colours: [] })).id, collection.add((id) => ({ id, colours: [] })).id]).toEqual([8, 9]);
});

test("the first under a key is the one with the lowest id", () => {
  const collection = new Collection(
    freeze([
      { id: 5, colours: ["red"] },
      { id: 3, colours: ["red"] },
    ]),
  );
  expect(collection.first("colour", "red")?.id).toBe(3);
  expect(collection.first("colour", "blue")).toBeUndefined();
});
