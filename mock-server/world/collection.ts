import { type FrozenCollection, type IndexKey, mapValues } from "./frozen-collection";
import { IdList, rankInFrozen } from "./id-list";
import type { MemoryShare } from "./memory-limits";

const NONE: readonly number[] = [];

interface Changes<T, I extends string> {
  readonly added: Map<number, T>;
  readonly replaced: Map<number, T | null>;
  readonly lists: Record<I, Map<IndexKey, IdList>>;
  readonly deleted: number;
  readonly lastId: number;
}

/** What a record takes in bytes, and from where. */
interface Measure<T> {
  readonly account: MemoryShare;
  bytesOf(record: T): number;
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
  #measure: Measure<T> | undefined;

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

  /** Takes from an account, from now on, what records need that were added or that replace others. */
  measure(measure: Measure<T>): void {
    this.#measure = measure;
    for (const record of this.changed()) this.#count(undefined, record);
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

  /** The keys under which records were added, removed or moved. */
  touchedKeys(index: I): Iterable<IndexKey> {
    return this.#lists[index].keys();
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

  /** The last record found under a key. */
  last(index: I, key: IndexKey): T | undefined {
    const list = this.#lists[index].get(key);
    const id = list ? list.slice(list.length - 1, list.length)[0] : this.#frozen.indexes[index].get(key)?.at(-1);
    return id === undefined ? undefined : this.get(id);
  }

  /** The records found under a key, all or from position `start` to before `end`. */
  slice(index: I, key: IndexKey, start = 0, end = Number.POSITIVE_INFINITY): T[] {
    const ids = (this.#lists[index].get(key) ?? this.#frozen.indexes[index].get(key) ?? NONE).slice(start, end);
    return ids.map((id) => this.get(id) as T);
  }

  /** How many records under a key have an order value less than this one. */
  rank(index: I, key: IndexKey, order: number): number {
    const entry = { order, id: 0 };
    const list = this.#lists[index].get(key);
    return list ? list.rank(entry) : rankInFrozen(this.#frozenIds(index, key), this.#frozen.order, entry);
  }

  /** How many records under a key come before one that is found there. */
  position(index: I, key: IndexKey, record: T): number {
    const entry = this.#entry(record);
    const list = this.#lists[index].get(key);
    return list ? list.rank(entry) : rankInFrozen(this.#frozenIds(index, key), this.#frozen.order, entry);
  }

  /** Adds the record that `make` builds around a new id, higher than any before. */
  add(make: (id: number) => T): T {
    const record = make(this.#lastId + 1);
    this.#lastId = record.id;
    this.#added.set(record.id, record);
    this.#count(undefined, record);
    this.#enter(record);
    return record;
  }

  /** Puts a record in the place of the one with its id. */
  replace<R extends T>(record: R): R {
    const before = this.#known(record.id);
    this.#count(this.#own(record.id), record);
    if (this.#added.has(record.id)) this.#added.set(record.id, record);
    else this.#replaced.set(record.id, record);
    this.#move(before, record);
    return record;
  }

  /** Deletes a record that is there. Its id is not used again. */
  delete(id: number): void {
    this.#leave(this.#known(id));
    this.#count(this.#own(id), undefined);
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

  /** A record that is not the frozen one. */
  #own(id: number): T | undefined {
    return this.#added.get(id) ?? this.#replaced.get(id) ?? undefined;
  }

  #count(before: T | undefined, after: T | undefined): void {
    if (!this.#measure) return;
    const { account, bytesOf } = this.#measure;
    const more = (after ? bytesOf(after) : 0) - (before ? bytesOf(before) : 0);
    if (more !== 0) account.take(more);
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
      for (const key of old) if (!samePlace || !now.includes(key)) this.#list(name, key).remove(this.#entry(before));
      for (const key of now) if (!samePlace || !old.includes(key)) this.#list(name, key).add(this.#entry(after));
    }
  }

  /** Each once. */
  #keys(index: I, record: T): readonly IndexKey[] {
    const keys = this.#frozen.keys[index](record);
    return keys.length < 2 ? keys : [...new Set(keys)];
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

function areEqual(one: readonly IndexKey[], other: readonly IndexKey[]): boolean {
  return one.length === other.length && one.every((key, i) => key === other[i]);
}
