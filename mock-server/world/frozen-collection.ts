/** Which keys a record is found under, by the name of the index. */
export type IndexKeys<T, I extends string> = { readonly [name in I]: (record: T) => readonly IndexKey[] };
export type IndexKey = string | number;
type Index = ReadonlyMap<IndexKey, readonly number[]>;

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

/** An object with the same names, each with what is made of its value. */
export function mapValues<K extends string, V, R>(
  object: { readonly [name in K]: V },
  transform: (value: V) => R,
): Record<K, R> {
  return Object.fromEntries(Object.entries<V>(object).map(([name, value]) => [name, transform(value)])) as Record<K, R>;
}
