import { parseTimestamp } from "../../contracts/timestamp";

const SHOWN_MISSES = 3;

/** What can be asked of an entry, by the name of the parameter: the value that it has, and whether that is the one wanted. */
export type CriteriaTable<T> = Readonly<
  Record<string, { readonly read: (entry: T) => string; readonly fits?: (value: string, wanted: string) => boolean }>
>;

interface Criterion<T> {
  readonly field: string;
  readonly wanted: string;
  readonly read: (entry: T) => string;
  readonly fits: (entry: T) => boolean;
}

/** What a query asks. */
export function criteriaOf<T>(table: CriteriaTable<T>, query: object): Criterion<T>[] {
  return Object.entries(query).flatMap(([field, value]) => {
    const row = table[field];
    const wanted = String(value);
    if (!row || value === undefined) return [];
    const { read, fits = (a: string, b: string) => a === b } = row;
    return [{ field, wanted, read, fits: (entry: T) => fits(read(entry), wanted) }];
  });
}

/** Whether a moment is not before another; both are ISO 8601. */
export function isSince(moment: string, since: string): boolean {
  return parseTimestamp(moment) >= parseTimestamp(since);
}

export function matching<T>(entries: readonly T[], criteria: readonly Criterion<T>[]): T[] {
  return entries.filter((entry) => criteria.every(({ fits }) => fits(entry)));
}

/** The newest of those entries that fit best without fitting wholly, and what about them does not fit. */
export function nearestMisses<T>(
  entries: readonly T[],
  criteria: readonly Criterion<T>[],
  describe: (entry: T) => string,
): string[] {
  const misses = entries
    .map((entry) => ({ entry, wrong: criteria.filter(({ fits }) => !fits(entry)) }))
    .filter(({ wrong }) => wrong.length > 0)
    .reverse()
    .sort((a, b) => a.wrong.length - b.wrong.length);
  return misses.slice(0, SHOWN_MISSES).map(({ entry, wrong }) => {
    const reasons = wrong.map(({ field, read, wanted }) => `${field} is ${read(entry)}, not ${wanted}`);
    return `${describe(entry)}: ${reasons.join(", ")}`;
  });
}

/** What was waited for: ` with event=message.received, status=delivered`. */
export function describeCriteria<T>(criteria: readonly Criterion<T>[]): string {
  const described = criteria.map(({ field, wanted }) => `${field}=${wanted}`).join(", ");
  return described === "" ? "" : ` with ${described}`;
}
