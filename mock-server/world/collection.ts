import { IdList, rankInFrozen } from "./id-list";

/** Which keys a record is found under, by the name of the index. */
export type IndexKeys<T, I extends string> = { readonly [name in I]: (record: T) => readonly IndexKey[] };
type IndexKey = string | number;
type Index = ReadonlyMap<IndexKey, readonly number[]>;

const NONE: readonly number[] = [];

/** The records of a fixture, indexed once and shared by every sandbox. Never changes. */
export class FrozenCollection<T extends { readonly id: number }, I extends string> {
  readonly keys: IndexKeys<T, I>;
  /** What the records under one key are sorted by, before their ids. */
  readonly orderOf: (record: T) => number;
  readonly records: ReadonlyMap<number, T>;
  readonly indexes: Readonly<Record<I, Index>>;
  readonly lastId: number;

  /** `lastId` is the highest id that was given, if that record is no more. */
  constructor(
    records: readonly T[],
    keys: IndexKeys<T, I>,
    { orderOf = byId, lastId = 0 }: { orderOf?: (record: T) => number; lastId?: number | undefined } = {},
  ) {
    const ascending = inOrder(records, byId);
    this.keys = keys;
    this.orderOf = orderOf;
    const byIds = new Map<number, T>();
    for (const record of ascending) byIds.set(record.id, record);
    this.records = byIds;
    this.lastId = Math.max(ascending.at(-1)?.id ?? 0, lastId);
    this.indexes = mapValues(keys, (keysOf) => buildIndex(ascending, keysOf, this.order));
  }

  /** The order value of a record that is in here. */
  readonly order = (id: number): number => {
    const record = this.records.get(id);
    if (!record) throw new Error(`an index names the record ${id}, which is not there`);
    return this.orderOf(record);
  };
}

/** Sorted, stably; the same array when it is in order, as large ones mostly are. */
function inOrder<T>(records: readonly T[], orderOf: (record: T) => number): readonly T[] {
  let last = Number.NEGATIVE_INFINITY;
  for (const record of records) {
    const order = orderOf(record);
    if (order < last) return records.toSorted((a, b) => orderOf(a) - orderOf(b));
    last = order;
  }
  return records;
}

function byId(record: { readonly id: number }): number {
  return record.id;
}

interface Changes<T, I extends string> {
  readonly added: Map<number, T>;
  readonly replaced: Map<number, T | null>;
  readonly lists: Record<I, Map<IndexKey, IdList>>;
  readonly deleted: number;
  readonly lastId: number;
}

/**
 * The records of one sandbox: a frozen collection, and what was changed on top of it. What it costs follows the changes, never
 * the size of what is frozen. Under a key, records stand by the collection's order value, then by id.
 */
export class Collection<T extends { readonly id: number }, I extends string> {
  readonly #frozen: FrozenCollection<T, I>;
  readonly #added: Map<number, T>;
  /** Frozen records that were replaced, or, if null, deleted. */
  readonly #replaced: Map<number, T | null>;
  readonly #lists: Record<I, Map<IndexKey, IdList>>;
  #deleted: number;
  #lastId: number;

  constructor(frozen: FrozenCollection<T, I>, changes: Changes<T, I> = unchanged(frozen)) {
    this.#frozen = frozen;
    this.#added = changes.added;
    this.#replaced = changes.replaced;
    this.#lists = changes.lists;
    this.#deleted = changes.deleted;
    this.#lastId = changes.lastId;
  }

  /** The same records; later changes of one are not seen by the other. Takes as long as there are changes. */
  copy(): Collection<T, I> {
    return new Collection(this.#frozen, {
      added: new Map(this.#added),
      replaced: new Map(this.#replaced),
      lists: mapValues(this.#lists, copyLists),
      deleted: this.#deleted,
      lastId: this.#lastId,
    });
  }

  /** How many records were added, replaced or deleted. */
  get changes(): number {
    return this.#added.size + this.#replaced.size;
  }

  /** What was added, and what replaced a frozen record. */
  *changed(): Generator<T> {
    yield* this.#added.values();
    for (const record of this.#replaced.values()) if (record) yield record;
  }

  /** The highest id that was given. */
  get lastId(): number {
    return this.#lastId;
  }

  get size(): number {
    return this.#frozen.records.size + this.#added.size - this.#deleted;
  }

  get(id: number): T | undefined {
    const replaced = this.#replaced.size === 0 ? undefined : this.#replaced.get(id);
    if (replaced !== undefined) return replaced ?? undefined;
    return this.#frozen.records.get(id) ?? this.#added.get(id);
  }

  /** How many records are found under a key. */
  count(index: I, key: IndexKey): number {
    return (this.#lists[index].get(key) ?? this.#frozen.indexes[index].get(key) ?? NONE).length;
  }

  /** The first record found under a key. */
  first(index: I, key: IndexKey): T | undefined {
    const list = this.#lists[index].get(key);
    const id = list ? list.slice(0, 1)[0] : this.#frozen.indexes[index].get(key)?.[0];
    return id === undefined ? undefined : this.get(id);
  }

  /** The records found under a key, from position `start` to before `end`. */
  slice(index: I, key: IndexKey, start: number, end: number): T[] {
    const ids = (this.#lists[index].get(key) ?? this.#frozen.indexes[index].get(key) ?? NONE).slice(start, end);
    return ids.map((id) => this.get(id) as T);
  }

  /** How many records under a key have an order value less than this one. */
  rank(index: I, key: IndexKey, order: number): number {
    const entry = { order, id: 0 };
    const list = this.#lists[index].get(key);
    return list ? list.rank(entry) : rankInFrozen(this.#frozenIds(index, key), this.#frozen.order, entry);
  }

  /** Adds the record that `make` builds around a new id, higher than any before. */
  add(make: (id: number) => T): T {
    const record = make(this.#lastId + 1);
    this.#lastId = record.id;
    this.#added.set(record.id, record);
    this.#enter(record);
    return record;
  }

  /** Puts a record in the place of the one with its id. */
  replace<R extends T>(record: R): R {
    const before = this.#known(record.id);
    if (this.#added.has(record.id)) this.#added.set(record.id, record);
    else this.#replaced.set(record.id, record);
    this.#move(before, record);
    return record;
  }

  /** Deletes a record that is there. Its id is not used again. */
  delete(id: number): void {
    this.#leave(this.#known(id));
    if (this.#added.delete(id)) return;
    this.#replaced.set(id, null);
    this.#deleted += 1;
  }

  /** Every record, by ascending id. */
  *values(): Generator<T> {
    for (const [id, record] of this.#frozen.records) {
      const replaced = this.#replaced.get(id);
      if (replaced !== null) yield replaced ?? record;
    }
    yield* this.#added.values();
  }

  #known(id: number): T {
    const record = this.get(id);
    if (!record) throw new Error(`there is no record ${id} to change`);
    return record;
  }

  #enter(record: T): void {
    const entry = this.#entry(record);
    for (const name in this.#lists) for (const key of this.#keys(name, record)) this.#list(name, key).add(entry);
  }

  #leave(record: T): void {
    for (const name in this.#lists)
      for (const key of this.#keys(name, record)) this.#list(name, key).remove(this.#entry(record));
  }

  /** Where neither its keys nor its place among others changed, the indexes stay as they are. */
  #move(before: T, after: T): void {
    const samePlace = this.#frozen.orderOf(before) === this.#frozen.orderOf(after);
    for (const name in this.#lists) {
      const keysOf = this.#frozen.keys[name];
      if (samePlace && areEqual(keysOf(before), keysOf(after))) continue;
      const [old, now] = [this.#keys(name, before), this.#keys(name, after)];
      for (const key of old) if (!samePlace || !now.has(key)) this.#list(name, key).remove(this.#entry(before));
      for (const key of now) if (!samePlace || !old.has(key)) this.#list(name, key).add(this.#entry(after));
    }
  }

  #keys(index: I, record: T): Set<IndexKey> {
    return new Set(this.#frozen.keys[index](record));
  }

  #entry(record: T): { order: number; id: number } {
    return { order: this.#frozen.orderOf(record), id: record.id };
  }

  #list(index: I, key: IndexKey): IdList {
    const known = this.#lists[index].get(key);
    if (known) return known;
    const list = new IdList(this.#frozenIds(index, key), this.#frozen.order);
    this.#lists[index].set(key, list);
    return list;
  }

  #frozenIds(index: I, key: IndexKey): readonly number[] {
    return this.#frozen.indexes[index].get(key) ?? NONE;
  }
}

function unchanged<T extends { readonly id: number }, I extends string>(frozen: FrozenCollection<T, I>): Changes<T, I> {
  return {
    added: new Map(),
    replaced: new Map(),
    lists: mapValues(frozen.keys, () => new Map()),
    deleted: 0,
    lastId: frozen.lastId,
  };
}

function copyLists(lists: ReadonlyMap<IndexKey, IdList>): Map<IndexKey, IdList> {
  return new Map([...lists].map(([key, list]) => [key, list.copy()]));
}

function buildIndex<T extends { readonly id: number }>(
  ascending: readonly T[],
  keysOf: (record: T) => readonly IndexKey[],
  order: (id: number) => number,
): Index {
  const unordered = new Map<IndexKey, number[]>();
  for (const record of ascending) {
    const keys = keysOf(record);
    for (const key of keys.length > 1 ? new Set(keys) : keys) push(unordered, key, record.id);
  }
  const index: Map<IndexKey, readonly number[]> = unordered;
  for (const [key, ids] of index) index.set(key, inOrder(ids, order)); // one by one: nearly all are in order
  return index;
}

function push(index: Map<IndexKey, number[]>, key: IndexKey, id: number): void {
  const ids = index.get(key);
  if (ids) ids.push(id);
  else index.set(key, [id]);
}

function mapValues<K extends string, V, R>(object: { readonly [name in K]: V }, transform: (value: V) => R): Record<K, R> {
  return Object.fromEntries(Object.entries<V>(object).map(([name, value]) => [name, transform(value)])) as Record<K, R>;
}

function areEqual(one: readonly IndexKey[], other: readonly IndexKey[]): boolean {
  return one.length === other.length && one.every((key, i) => key === other[i]);
}
