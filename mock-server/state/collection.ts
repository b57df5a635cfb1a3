/** Which keys a record is found under, by the name of the index. */
export type IndexKeys<T, I extends string> = { readonly [name in I]: (record: T) => readonly IndexKey[] };
type IndexKey = string | number;
type Index = ReadonlyMap<IndexKey, readonly number[]>;

const NONE: readonly number[] = [];

/** The records of a fixture, indexed once and shared by every sandbox. Never changes. */
export class FrozenCollection<T extends { readonly id: number }, I extends string> {
  readonly keys: IndexKeys<T, I>;
  readonly records: ReadonlyMap<number, T>;
  readonly indexes: Readonly<Record<I, Index>>;
  readonly lastId: number;

  constructor(records: readonly T[], keys: IndexKeys<T, I>) {
    const ascending = [...records].sort((a, b) => a.id - b.id);
    this.keys = keys;
    this.records = new Map(ascending.map((record) => [record.id, record]));
    this.lastId = ascending.at(-1)?.id ?? 0;
    this.indexes = mapValues(keys, (keysOf) => buildIndex(ascending, keysOf));
  }
}

/**
 * The records of one sandbox: a frozen collection, and what was added on top of it. What it costs follows the additions, never
 * the size of what is frozen.
 */
export class Collection<T extends { readonly id: number }, I extends string> {
  readonly #frozen: FrozenCollection<T, I>;
  readonly #added = new Map<number, T>();
  readonly #indexes: Record<I, Map<IndexKey, number[]>>;
  #lastId: number;

  constructor(frozen: FrozenCollection<T, I>) {
    this.#frozen = frozen;
    this.#indexes = mapValues(frozen.keys, () => new Map());
    this.#lastId = frozen.lastId;
  }

  get(id: number): T | undefined {
    return this.#added.get(id) ?? this.#frozen.records.get(id);
  }

  /** How many records are found under a key. */
  count(index: I, key: IndexKey): number {
    return this.#frozenIds(index, key).length + this.#addedIds(index, key).length;
  }

  /** The record with the lowest id found under a key. */
  first(index: I, key: IndexKey): T | undefined {
    const id = this.#frozenIds(index, key)[0] ?? this.#addedIds(index, key)[0];
    return id === undefined ? undefined : this.get(id);
  }

  /** The records found under a key by ascending id, from position `start` to before `end`. */
  slice(index: I, key: IndexKey, start: number, end: number): T[] {
    const frozen = this.#frozenIds(index, key);
    const added = this.#addedIds(index, key);
    const inFrozen = frozen.slice(start, end);
    const inAdded = added.slice(Math.max(0, start - frozen.length), Math.max(0, end - frozen.length));
    return [...inFrozen, ...inAdded].flatMap((id) => this.get(id) ?? []);
  }

  /** Adds the record that `make` builds around a new id, higher than any before. */
  add(make: (id: number) => T): T {
    const record = make(this.#lastId + 1);
    this.#lastId = record.id;
    this.#added.set(record.id, record);
    for (const name in this.#indexes) {
      for (const key of new Set(this.#frozen.keys[name](record))) push(this.#indexes[name], key, record.id);
    }
    return record;
  }

  /** Every record, by ascending id. */
  *values(): Generator<T> {
    yield* this.#frozen.records.values();
    yield* this.#added.values();
  }

  #frozenIds(index: I, key: IndexKey): readonly number[] {
    return this.#frozen.indexes[index].get(key) ?? NONE;
  }

  #addedIds(index: I, key: IndexKey): readonly number[] {
    return this.#indexes[index].get(key) ?? NONE;
  }
}

function buildIndex<T extends { readonly id: number }>(
  ascending: readonly T[],
  keysOf: (record: T) => readonly IndexKey[],
): Index {
  const index = new Map<IndexKey, number[]>();
  for (const record of ascending) for (const key of new Set(keysOf(record))) push(index, key, record.id);
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
