import { askedFirst, assumptions } from "../../generated/v2/assumptions";
import type { AssumptionId } from "../../generated/v2/operations";
import { type AssumptionOutcome, type CheckOutcome, isBroken, MOST_SHOWN, type RecordedExchange } from "../report";
import type { ContractSession } from "../session";
import { AssumptionTester, notTried, type RunSoFar, resultOfAnswers, seenBy, type TestResult } from "./assumption-tester";
import type { AssumptionTests } from "./index";
import type { AssumptionTest } from "./probe";

/**
 * Finds out which assumptions a server confirms, once its laws are judged. Nothing fails by it.
 *
 * @throws TargetError when the run was stopped
 */
export async function testAssumptions(
  session: ContractSession,
  run: RunSoFar,
  tests: Partial<AssumptionTests>,
): Promise<AssumptionOutcome[]> {
  const tester = new AssumptionTester(session, run);
  const found = new Map<AssumptionId, TestResult[]>();
  const isStrict = (id: string): boolean => askedFirst.some((one) => one === id);
  const questions = Object.entries(tests) as [AssumptionId, AssumptionTests[AssumptionId]][];
  for (const [id, all] of [...questions.filter(([id]) => isStrict(id)), ...questions.filter(([id]) => !isStrict(id))]) {
    const results: TestResult[] = [];
    for (const test of [all].flat()) if (test.kind !== "answers") results.push(await tester.test(test, id));
    found.set(id, results);
    run.onProgress(found.size);
  }
  for (const [id, all] of questions) // they look back on all that was asked
    for (const test of [all].flat()) if (test.kind === "answers") found.get(id)?.push(await tester.test(test, id));
  return (Object.keys(assumptions) as AssumptionId[]).flatMap((id) => {
    const results = found.get(id);
    return results ? { id, text: assumptions[id], ...combined(results) } : [];
  });
}

/** Which assumptions some exchanges confirm or contradict by themselves, without a server to ask. */
export function assumptionsSeen(exchanges: readonly RecordedExchange[], tests: Partial<AssumptionTests>): AssumptionOutcome[] {
  const questions = Object.entries(tests) as [AssumptionId, AssumptionTests[AssumptionId]][];
  return questions.map(([id, all]) => {
    const results = [all].flat().map((test: AssumptionTest) => {
      return test.kind === "answers" ? resultOfAnswers(test, exchanges) : notTried("nothing was asked");
    });
    return { id, text: assumptions[id], ...combined(results) };
  });
}

/** What the checks themselves have contradicted, whatever was asked about it. */
export function withContradictions(
  assumed: readonly AssumptionOutcome[],
  outcomes: readonly CheckOutcome[],
): AssumptionOutcome[] {
  return assumed.map((assumption) => {
    const against = outcomes.filter(
      ({ verdict, assumptions, evidence }) =>
        evidence !== undefined && isBroken(verdict, { strict: true }) && assumptions.includes(assumption.id),
    );
    if (against.length === 0 || assumption.outcome === "contradicted") return assumption;
    const [first, ...others] = against.map(seenBy);
    const detail = others.length === 0 ? `${first}` : `${first}; and in ${others.length} more places`;
    return {
      ...assumption,
      outcome: "contradicted",
      detail,
      exchanges: against.flatMap(({ exchanges }) => exchanges).slice(0, MOST_SHOWN),
    };
  });
}

/** What contradicts outweighs what confirms, and that what was not tried. */
function combined(results: readonly TestResult[]): TestResult {
  const ranks = ["contradicted", "confirmed", "not tried"] as const;
  const outcome = ranks.find((rank) => results.some((result) => result.outcome === rank)) ?? "not tried";
  const decisive = results.filter((result) => result.outcome === outcome);
  const isPartial = outcome === "confirmed" && results.some((result) => result.outcome === "not tried" || result.isPartial);
  return {
    outcome,
    ...(isPartial && { isPartial }),
    detail: [...new Set(decisive.map(({ detail }) => detail))].join("; "),
    exchanges: decisive.flatMap(({ exchanges }) => exchanges).slice(-MOST_SHOWN),
  };
}
