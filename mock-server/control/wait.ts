import { realTime } from "../../contracts/client/pace";
import { nearest } from "../../contracts/spelling-suggestion";
import { thereAre } from "../../contracts/text-lists";
import { parseTimestamp } from "../../contracts/timestamps";
import type { Sandbox } from "../world/sandbox";
import type { World } from "../world/world";
import { type ControlContext, type ControlRefusal, refusal } from "./control-call";
import { waitQueueOf } from "./wait-queue";

const DEFAULT_TIMEOUT_MS = 2000;
const SHOWN_SANDBOXES = 3;

/** The entries that are waited for, and how to speak of them. */
interface Awaited<T> {
  readonly one: string;
  readonly many: string;
  readonly table: CriteriaTable<T>;
  /** From the oldest to the newest, as they are now. */
  entries(): readonly T[];
  describe(entry: T): string;
  /** What to say when there is none at all. */
  whyNone(): string;
}

/** Waits until so many entries of a sandbox match a query; says what came nearest when they do not in time. */
export async function waitForMatches<T>(
  { sandbox, sandboxes, gone }: Pick<ControlContext, "sandbox" | "sandboxes" | "gone">,
  { one, many, table, entries, describe, whyNone }: Awaited<T>,
  { count = 1, timeout_ms = DEFAULT_TIMEOUT_MS, ...query }: { count?: number; timeout_ms?: number },
): Promise<readonly T[] | ControlRefusal> {
  const criteria = criteriaOf(table, query);
  const find = (): T[] => matching(entries(), criteria);
  const timeout = AbortSignal.any([gone, realTime.deadline(timeout_ms)]);
  if (await waitUntil(sandbox, timeout, () => find().length >= count)) return find();

  const wanted = `${count} ${count === 1 ? one : many}${describeCriteria(criteria)}`;
  const found = find().length;
  if (!timeout.aborted) {
    const what = sandboxes.get(sandbox.name) === sandbox ? "mock was stopped" : "sandbox was dropped";
    return refusal(410, "ended", `The ${what} during a wait for ${wanted}; there were ${found}`);
  }
  const misses = nearestMisses(entries(), criteria, describe);
  const others = found > 0 ? "There were no others." : whyNone();
  const nearest = misses.length > 0 ? `The nearest: ${misses.join(" | ")}.` : others;
  return refusal(408, "timeout", `Waited ${timeout_ms} ms for ${wanted}; there were ${found}. ${nearest}`);
}

/** Where there are what is waited for in vain, as the end of a sentence: who uses another base URL than is meant works in another sandbox. */
export function inOtherSandboxes(
  { sandboxes, baseUrl }: Pick<ControlContext, "sandboxes" | "baseUrl">,
  countIn: (world: World) => number,
): string | undefined {
  const found: string[] = [];
  for (const { name, world } of sandboxes.values()) {
    const count = countIn(world);
    if (count > 0) found.push(`${count} in sandbox ${name}`);
    if (found.length > SHOWN_SANDBOXES) break;
  }
  if (found.length === 0) return undefined;
  const shown = found.length > SHOWN_SANDBOXES ? [...found.slice(0, SHOWN_SANDBOXES), "..."] : found;
  return `${shown.join(", ")}: is the base URL ${baseUrl}?`;
}

/** Resolves when something is so in a sandbox, or on a signal, or when the sandbox ends; returns whether it is so. */
function waitUntil({ feed }: Sandbox, timeout: AbortSignal, isSo: () => boolean): Promise<boolean> {
  if (isSo()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const finish = (): void => {
      stopWaiting();
      timeout.removeEventListener("abort", finish);
      resolve(isSo());
    };
    const stopWaiting = waitQueueOf(feed).add(() => isSo() && finish(), finish);
    timeout.addEventListener("abort", finish);
  });
}

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

/** Refuses to wait for an operation or event that no version of the API has. */
export function refuseUnknown(field: string, wanted: string | undefined, known: readonly string[]): ControlRefusal | undefined {
  if (wanted === undefined || known.includes(wanted)) return undefined;
  const meant = nearest(wanted, known);
  const hint = meant === undefined ? thereAre([...new Set(known)]) : `Did you mean ${meant}?`;
  return refusal(400, "invalid", `The API has no ${field} ${wanted}`, { pointer: `/${field}`, hint });
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

/** Whether an id is less than another: a page further back. */
export function isBelow(id: string, before: string): boolean {
  return Number(id) < Number(before);
}

export function matching<T>(entries: readonly T[], criteria: readonly Criterion<T>[]): T[] {
  return entries.filter((entry) => criteria.every(({ fits }) => fits(entry)));
}

/** The newest of those entries that fit best without fitting wholly, and what about them does not fit. */
function nearestMisses<T>(entries: readonly T[], criteria: readonly Criterion<T>[], describe: (entry: T) => string): string[] {
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
function describeCriteria<T>(criteria: readonly Criterion<T>[]): string {
  const described = criteria.map(({ field, wanted }) => `${field}=${wanted}`).join(", ");
  return described === "" ? "" : ` with ${described}`;
}
