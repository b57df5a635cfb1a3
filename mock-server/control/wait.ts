import type { Sandbox } from "../world/sandbox";
import { type ControlContext, type ControlRefusal, refusal } from "./control-call";
import { type CriteriaTable, criteriaOf, describeCriteria, matching, nearestMisses } from "./criteria";

const DEFAULT_TIMEOUT_MS = 2000;

/** The entries that are waited for, and how to speak of them. */
export interface Awaited<T> {
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
  { sandbox, gone }: Pick<ControlContext, "sandbox" | "gone">,
  { one, many, table, entries, describe, whyNone }: Awaited<T>,
  { count = 1, timeout_ms = DEFAULT_TIMEOUT_MS, ...query }: { count?: number; timeout_ms?: number },
): Promise<readonly T[] | ControlRefusal> {
  const criteria = criteriaOf(table, query);
  const find = (): T[] => matching(entries(), criteria);
  if (await waitUntil(sandbox, AbortSignal.any([gone, AbortSignal.timeout(timeout_ms)]), () => find().length >= count))
    return find();

  const wanted = `${count} ${count === 1 ? one : many}${describeCriteria(criteria)}`;
  const found = find().length;
  const misses = nearestMisses(entries(), criteria, describe);
  const others = found > 0 ? "There were no others." : whyNone();
  const nearest = misses.length > 0 ? `The nearest: ${misses.join(" | ")}.` : others;
  return refusal(408, "timeout", `Waited ${timeout_ms} ms for ${wanted}; there were ${found}. ${nearest}`);
}

/** Resolves when something is so in a sandbox, or on a signal, or when the sandbox ends; tells whether it is so. */
function waitUntil(sandbox: Sandbox, impatience: AbortSignal, isSo: () => boolean): Promise<boolean> {
  if (isSo()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const finish = (): void => {
      stopListening();
      impatience.removeEventListener("abort", finish);
      resolve(isSo());
    };
    const stopListening = sandbox.feed.subscribe(() => isSo() && finish(), finish);
    impatience.addEventListener("abort", finish);
  });
}
