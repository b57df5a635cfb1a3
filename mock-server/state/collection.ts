/** Which keys a record is found under, by the name of the index. */
export type IndexKeys<T, I extends string> = { readonly [name in I]: (record: T) => readonly IndexKey[] };
type IndexKey = string | number;
type Index = Map<IndexKey, readonly number[]>;

/** The records of a fixture, indexed once and shared by every sandbox. Never changes. */
export class FrozenCollection<T extends { readonly id: number }, I extends string> {
  readonly keys: IndexKeys<T, I>;
  readonly records: ReadonlyMap<number, T>;
  readonly indexes: Readonly<Record<I, ReadonlyMap<IndexKey, readonly number[]>>>;
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
 * The records of one sandbox: a frozen collection, and the changes on top of it. What it costs follows the changes, never the
 * size of what is frozen.
 */
export class Collection<T extends { readonly id: number }, I extends string> {
  readonly #frozen: FrozenCollection<T, I>;
  readonly #changes = new Map<number, T>();
  readonly #indexes: Record<I, Index>;
  #lastId: number;

  constructor(frozen: FrozenCollection<T, I>) {
    this.#frozen = frozen;
    this.#indexes = mapValues(frozen.keys, () => new Map());
    this.#lastId = frozen.lastId;
  }

  get size(): number {
    let added = 0;
    for (const id of this.#changes.keys()) if (!this.#frozen.records.has(id)) added += 1;
    return this.#frozen.records.size + added;
  }

  get(id: number): T | undefined {
    return this.#changes.get(id) ?? this.#frozen.records.get(id);
  }

  /** The ids found under a key, ascending. */
  ids(index: I, key: IndexKey): readonly number[] {
    return this.#indexes[index].get(key) ?? this.#frozen.indexes[index].get(key) ?? [];
  }

  /** The record with the lowest id found under a key. */
  first(index: I, key: IndexKey): T | undefined {
    const id = this.ids(index, key)[0];
    return id === undefined ? undefined : this.get(id);
  }

  /** Adds the record that `make` builds around a new id, higher than any before. */
  add(make: (id: number) => T): T {
    const record = make(this.#lastId + 1);
    this.#lastId = record.id;
    this.#changes.set(record.id, record);
    for (const name in this.#indexes) {
      for (const key of new Set(this.#frozen.keys[name](record))) this.#changedIds(name, key).push(record.id);
    }
    return record;
  }

  /** Every record, by ascending id. */
  *values(): Generator<T> {
    for (const [id, record] of this.#frozen.records) yield this.#changes.get(id) ?? record;
    for (const [id, record] of this.#changes) if (!this.#frozen.records.has(id)) yield record;
  }

  /** The ids under a key as this sandbox's own array, copied from the frozen one on the first change. */
  #changedIds(name: I, key: IndexKey): number[] {
    const index = this.#indexes[name] as Map<IndexKey, number[]>;
    const own = index.get(key) ?? [...(this.#frozen.indexes[name].get(key) ?? [])];
    index.set(key, own);
    return own;
  }
}

function buildIndex<T extends { readonly id: number }>(
  ascending: readonly T[],
  keysOf: (record: T) => readonly IndexKey[],
): Index {
  const index = new Map<IndexKey, number[]>();
  for (const record of ascending) {
    for (const key of new Set(keysOf(record))) {
      const ids = index.get(key);
      if (ids) ids.push(record.id);
      else index.set(key, [record.id]);
    }
  }
  return index;
}

function mapValues<K extends string, V, R>(object: { readonly [name in K]: V }, transform: (value: V) => R): Record<K, R> {
  return Object.fromEntries(Object.entries<V>(object).map(([name, value]) => [name, transform(value)])) as Record<K, R>;
}
