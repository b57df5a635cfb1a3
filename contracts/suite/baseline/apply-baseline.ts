import type { KnownDeviation, Outcome } from "../outcome";
import { checkOf } from "./fingerprint";

/**
 * Marks what the baseline knows. Deviations that have expired or changed stay new, and an entry whose deviation is not there any more
 * is a failure of its own. `today` is a day, `2026-11-25`.
 */
export function applyBaseline(outcomes: readonly Outcome[], baseline: readonly KnownDeviation[], today: string): Outcome[] {
  const marked = outcomes.map((outcome) => mark(outcome, baseline, today));
  return [...marked, ...baseline.flatMap((entry) => staleOutcome(entry, outcomes) ?? [])];
}

function mark(outcome: Outcome, baseline: readonly KnownDeviation[], today: string): Outcome {
  if (outcome.fingerprint === undefined) return outcome;
  const entry = baseline.find(({ fingerprint }) => fingerprint === outcome.fingerprint);
  if (entry && entry.expires >= today) return { ...outcome, known: entry };
  const because = entry ? `the baseline knew it until ${entry.expires}` : changed(outcome, baseline);
  return because === undefined ? outcome : { ...outcome, reason: `${outcome.reason}; ${because}` };
}

function changed({ id }: Outcome, baseline: readonly KnownDeviation[]): string | undefined {
  const known = baseline.some(({ fingerprint }) => checkOf(fingerprint) === id);
  return known ? "it is not the deviation that the baseline knows" : undefined;
}

/** When the check was made and holds, although the baseline says that it does not. */
function staleOutcome({ fingerprint, reason }: KnownDeviation, outcomes: readonly Outcome[]): Outcome | undefined {
  const check = checkOf(fingerprint) ?? "";
  const holds = outcomes.find(({ id, verdict }) => verdict === "pass" && (id === check || check.startsWith(`${id}-`)));
  if (!holds) return undefined;
  return {
    ...holds,
    id: `baseline-${fingerprint}`,
    check: "baseline",
    title: `the baseline's entry ${fingerprint}`,
    verdict: "fail",
    reason: `the server no longer deviates so (${reason}); remove the entry`,
    exchanges: [],
    requests: 0,
    ms: 0,
  };
}
