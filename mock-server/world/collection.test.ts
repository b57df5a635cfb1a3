import fc from "fast-check";
import { Collection } from "./collection";
import { FrozenCollection } from "./frozen-collection";
import { Memory } from "./memory-limits";

interface Fruit {
  readonly id: number;
  readonly colours: readonly string[];
  readonly ripeAt: number;
}

const colours = fc.array(fc.constantFrom("red", "green", "blue"), { maxLength: 4 });
const ripeAt = fc.integer({ min: 0, max: 9 });
const own = fc.record({ colours, ripeAt });
const seeds = fc.uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 50 }), colours, ripeAt }), {
  selector: (fruit) => fruit.id,
  maxLength: 30,
});
const change = fc.oneof(
  fc.record({ kind: fc.constant("add"), which: fc.nat(), own }),
  fc.record({ kind: fc.constant("replace"), which: fc.nat(), own }),
  fc.record({ kind: fc.constant("delete"), which: fc.nat(), own }),
);

function freeze(fruits: readonly Fruit[]) {
  return new FrozenCollection(fruits, { colour: (fruit: Fruit) => fruit.colours }, { orderOf: ({ ripeAt }) => ripeAt });
}

type Fruits = Collection<Fruit, "colour">;

/** Does to a collection and to a plain list the same. */
function apply(
  collection: Fruits,
  list: Fruit[],
  { kind, which, own: values }: { kind: string; which: number; own: Omit<Fruit, "id"> },
): void {
  const position = list.length === 0 ? -1 : which % list.length;
  const id = list[position]?.id;
  if (kind === "add") list.push(collection.add((newId) => ({ id: newId, ...values })));
  else if (id === undefined) return;
  else if (kind === "replace") list[position] = collection.replace({ id, ...values });
  else {
    collection.delete(id);
    list.splice(position, 1);
  }
}

/** Requires that the collection holds what the list holds, and finds it in order. */
function expectSame(collection: Fruits, list: readonly Fruit[]): void {
  const byId = [...list].sort((a, b) => a.id - b.id);
  expect([...collection.values()]).toEqual(byId);
  expect(collection.size).toBe(list.length);
  for (const fruit of list) expect(collection.get(fruit.id)).toEqual(fruit);
  for (const colour of ["red", "green", "blue"]) {
    const matching = byId.filter((fruit) => fruit.colours.includes(colour)).sort((a, b) => a.ripeAt - b.ripeAt);
    expect(collection.count("colour", colour)).toBe(matching.length);
    expect(collection.first("colour", colour)).toEqual(matching[0]);
    expect(collection.last("colour", colour)).toEqual(matching.at(-1));
    for (const [i, fruit] of matching.entries()) expect(collection.position("colour", colour, fruit)).toBe(i);
    for (let start = 0; start <= matching.length + 1; start += 1) {
      expect(collection.slice("colour", colour, start, start + 3)).toEqual(matching.slice(start, start + 3));
    }
    for (let order = 0; order <= 10; order += 1) {
      expect(collection.rank("colour", colour, order)).toBe(matching.filter((fruit) => fruit.ripeAt < order).length);
    }
  }
}

test("whatever is added, replaced and deleted, it finds what a plain search finds, in order", () => {
  fc.assert(
    fc.property(seeds, fc.array(change, { maxLength: 30 }), (seed, changes) => {
      const collection = new Collection(freeze(seed));
      const list = [...seed].sort((a, b) => a.id - b.id);
      for (const each of changes) apply(collection, list, each);
      expectSame(collection, list);
    }),
  );
});

test("what one collection changes, neither the frozen one, nor another, nor a copy sees", () => {
  fc.assert(
    fc.property(seeds, fc.array(change), fc.array(change), (seed, first, second) => {
      const frozen = freeze(seed);
      const collection = new Collection(frozen);
      const list = [...seed].sort((a, b) => a.id - b.id);
      for (const each of first) apply(collection, list, each);
      const copy = collection.copy();
      const copied = [...list];
      for (const each of second) apply(collection, list, each);
      expectSame(new Collection(frozen), seed);
      expectSame(copy, copied);
      expectSame(collection, list);
    }),
  );
});

test("it says under which keys something has come, gone or moved", () => {
  const collection = new Collection(
    freeze([1, 2, 3].map((id) => ({ id, colours: ["red", "green", "blue"].slice(id - 1, id), ripeAt: 1 }))),
  );
  expect([...collection.touchedKeys("colour")]).toEqual([]);
  collection.replace({ id: 1, colours: ["red"], ripeAt: 1 });
  expect([...collection.touchedKeys("colour")]).toEqual([]);
  collection.replace({ id: 1, colours: ["red"], ripeAt: 2 });
  collection.delete(3);
  expect([...collection.touchedKeys("colour")]).toEqual(["red", "blue"]);
});

test("a new id is higher than any before, deleted ones and those of a copied collection included", () => {
  const collection = new Collection(freeze([{ id: 7, colours: [], ripeAt: 1 }]));
  const add = (to: Fruits): number => to.add((id) => ({ id, colours: [], ripeAt: 1 })).id;
  expect([add(collection), add(collection)]).toEqual([8, 9]);
  collection.delete(9);
  expect([add(collection.copy()), add(collection)]).toEqual([10, 10]);
});

test("what was added or has replaced others is taken from an account, of one collection and of no copy", () => {
  const collection = new Collection(freeze([{ id: 7, colours: ["red", "blue"], ripeAt: 1 }]));
  const account = new Memory(100).share();
  const fruit = (id: number, ...colours: string[]) => ({ id, colours, ripeAt: 1 });
  collection.add((id) => fruit(id, "red"));
  collection.measure({ account, bytesOf: ({ colours }) => colours.join("").length });
  expect(account.bytes).toBe(3);
  collection.add((id) => fruit(id, "green", "blue"));
  collection.replace(fruit(7, "blue"));
  expect(account.bytes).toBe(16);
  collection.replace(fruit(9, "red"));
  collection.copy().delete(8);
  expect(account.bytes).toBe(10);
  for (const id of [7, 8, 9]) collection.delete(id);
  expect(account.bytes).toBe(0);
});

test("what is not there can be neither replaced nor deleted", () => {
  const collection = new Collection(freeze([{ id: 7, colours: [], ripeAt: 1 }]));
  expect(() => collection.delete(8)).toThrow("there is no record 8 to change");
  collection.delete(7);
  expect(() => collection.replace({ id: 7, colours: [], ripeAt: 2 })).toThrow("there is no record 7 to change");
});
