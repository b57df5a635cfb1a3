import type { Outcome, Verdict } from "../report";

/** How many checks there are of each verdict; those that a baseline knows are counted apart. */
export type VerdictCounts = Readonly<Record<Verdict | "known", number>>;

export function verdictCounts(outcomes: readonly Outcome[]): VerdictCounts {
  const counts = { pass: 0, fail: 0, added: 0, inconclusive: 0, skipped: 0, known: 0 };
  for (const { verdict, known } of outcomes) counts[known ? "known" : verdict] += 1;
  return counts;
}
