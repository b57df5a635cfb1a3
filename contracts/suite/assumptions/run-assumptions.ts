import { isDeepStrictEqual } from "node:util";
import { TargetError } from "../../client/errors";
import { ALLOW_FLAGS } from "../../client/kinds";
import { askedFirst, assumptions } from "../../generated/v2/assumptions";
import type { AssumptionId } from "../../generated/v2/operations";
import { Broken, Inconclusive, Refused, Skip, UnexpectedStatus } from "../expect";
import {
  type AssumptionOutcome,
  type CheckOutcome,
  isBroken,
  MOST_SHOWN,
  ONLY_ASSUMED,
  type RecordedExchange,
  SERVER_TROUBLE,
} from "../report";
import type { ContractSession } from "../session";
import type { AssumptionTests } from "./index";
import {
  type AssumptionTest,
  type Confirmation,
  Contradiction,
  isProbe,
  type JudgedByLaws,
  type Probe,
  type ProbeContext,
} from "./probe";

/** What a run has done so far. */
interface RunSoFar {
  readonly outcomes: readonly CheckOutcome[];
  /** Every exchange, those to come included. */
  readonly exchanges: readonly RecordedExchange[];
  /** Called with how many assumptions are done. */
  onProgress(done: number): void;
}

/** What came of one test of an assumption. */
type TestResult = Pick<AssumptionOutcome, "outcome" | "detail" | "exchanges" | "isPartial">;

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
    for (const test of [all].flat()) if (test.kind !== "seen") results.push(await tester.test(test, id));
    found.set(id, results);
    run.onProgress(found.size);
  }
  for (const [id, all] of questions) // they look back on all that was asked
    for (const test of [all].flat()) if (test.kind === "seen") found.get(id)?.push(await tester.test(test, id));
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
      return test.kind === "seen" ? concluded(test, exchanges) : notTried("nothing was asked");
    });
    return { id, text: assumptions[id], ...combined(results) };
  });
}

function concluded(
  test: Extract<AssumptionTest, { readonly kind: "seen" }>,
  exchanges: readonly RecordedExchange[],
): TestResult {
  try {
    return confirmed(test.conclude(exchanges), []);
  } catch (error) {
    return resultOfError(error);
  }
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

/** What a server does, by the check that has seen it. */
function seenBy({ title, reason = title, check, law }: CheckOutcome): string {
  return check === "law" ? `${reason.replace(ONLY_ASSUMED, "")} (law ${law})` : `${title}: ${reason}`;
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

/** Asks the probes of a run, one after the other. It remembers what several of them look at. */
class AssumptionTester {
  readonly #session: ContractSession;
  readonly #run: RunSoFar;
  readonly #done = new Map<unknown, { readonly result: Promise<unknown>; readonly exchanges: readonly RecordedExchange[] }>();
  /** Why nothing more is asked. */
  #end: string | undefined;

  constructor(session: ContractSession, run: RunSoFar) {
    this.#session = session;
    this.#run = run;
  }

  /** @throws TargetError when the run was stopped, and for no other reason */
  async test(test: AssumptionTest, id: AssumptionId): Promise<TestResult> {
    if (isProbe(test)) return this.#probe(test);
    if (test.kind === "untried") return notTried(test.reason);
    if (test.kind === "laws") return resultOfLaws(test, this.#run, id);
    return concluded(test, this.#run.exchanges);
  }

  async #probe({ kind, probe }: Probe): Promise<TestResult> {
    if (!this.#session.kinds.has(kind)) return notTried(`it needs --allow ${ALLOW_FLAGS[kind]}`);
    if (this.#end !== undefined) return notTried(this.#end);
    const asked = new Set<RecordedExchange>();
    const stop = this.#session.transport.listen((exchange) => asked.add(exchange));
    try {
      const confirmation = await probe(this.#context(asked));
      return confirmed(confirmation, [...asked]);
    } catch (error) {
      this.#endFor(error, [...asked].at(-1));
      if (this.#isTrouble(error, [...asked].at(-1))) return { ...notTried("the server is failing"), exchanges: [...asked] };
      const { exchanges, ...found } = resultOfError(error);
      return { ...found, exchanges: [...asked, ...exchanges] };
    } finally {
      stop();
    }
  }

  #context(asked: Set<RecordedExchange>): ProbeContext {
    const seen = this.#run.exchanges;
    const known = this.#session.context();
    const context: ProbeContext = {
      ...known,
      ask: async (...question) => {
        const before = seen.findLast((exchange) => isSameRequest(exchange, question));
        if (before) asked.add(before);
        return before ?? known.api.request(...question);
      },
      once: async <T>(work: (context: ProbeContext) => Promise<T>): Promise<T> => {
        const done = this.#done.get(work);
        const before = seen.length;
        const result = done ? (done.result as Promise<T>) : work(context);
        await result.catch(() => undefined);
        const exchanges = done?.exchanges ?? seen.slice(before);
        this.#done.set(work, { result, exchanges });
        for (const exchange of exchanges) asked.add(exchange);
        return result;
      },
    };
    return context;
  }

  /** Whether it is an answer of 5xx that says nothing of the question, because others got it, too. */
  #isTrouble(error: unknown, last: RecordedExchange | undefined): boolean {
    if (!(error instanceof Contradiction) || !this.#run.outcomes.some(({ cause }) => cause === SERVER_TROUBLE)) return false;
    return ((error.exchange ?? last)?.response.status ?? 0) >= 500;
  }

  /** Nothing more is asked of a server that does not answer, or that wants to be left alone. */
  #endFor(error: unknown, last: RecordedExchange | undefined): void {
    if (error instanceof TargetError && this.#session.options.signal?.aborted) throw error;
    const isLimited = error instanceof Inconclusive && last?.response.status === 429;
    if (error instanceof TargetError || isLimited) this.#end = error.message;
  }
}

function isSameRequest({ token, request }: RecordedExchange, [method, path, body]: Parameters<ProbeContext["ask"]>): boolean {
  return token === "own" && request.method === method && request.path === path && isDeepStrictEqual(request.body, body);
}

function confirmed(confirmation: Confirmation, exchanges: TestResult["exchanges"]): TestResult {
  if (typeof confirmation === "string") return { outcome: "confirmed", detail: confirmation, exchanges };
  return { outcome: "confirmed", isPartial: true, detail: confirmation.inPart, exchanges };
}

function notTried(detail: string): TestResult {
  return { outcome: "not tried", detail, exchanges: [] };
}

/** What it means that a test has thrown something. Whatever it is, nothing fails. */
function resultOfError(error: unknown): TestResult {
  if (!(error instanceof Contradiction)) return notTried(reasonOf(error));
  return { outcome: "contradicted", detail: error.message, exchanges: error.exchange ? [error.exchange] : [] };
}

/** Only what this suite has worded is repeated, since a server's own words may be about somebody. */
function reasonOf(error: unknown): string {
  if (error instanceof UnexpectedStatus) {
    const { operation, response } = error.exchange;
    return `${operation} answered ${response.status}, where ${error.expected[0]} was needed`;
  }
  if (error instanceof Broken) return error.reason ?? error.evidence.what;
  const isOurs = [Skip, Inconclusive, Refused, TargetError].some((type) => error instanceof type);
  return isOurs ? (error as Error).message : "an answer that it rests on has an odd shape";
}

/** What the laws that rest on an assumption, or cross it, say of it. */
export function resultOfLaws(
  { laws: numbers, inSteps }: Omit<JudgedByLaws, "kind">,
  { outcomes }: Pick<RunSoFar, "outcomes">,
  id: AssumptionId,
): TestResult {
  const judged = outcomes.filter(({ check, law }) => check === "law" && law !== undefined && numbers.includes(law));
  const against = judged.find(
    ({ verdict, assumptions, evidence }) =>
      (verdict === "fail" && !evidence?.awaited && !inSteps) || // else it has failed at something else
      (verdict === "contradicted" && assumptions.includes(id)),
  );
  if (against) {
    return { outcome: "contradicted", detail: seenBy(against), exchanges: against.exchanges };
  }
  const exchanges = judged.flatMap((outcome) => outcome.exchanges);
  const passed = judged.filter(({ verdict }) => verdict === "pass");
  if (passed.length > 0) {
    const detail = passed.map(({ law, title }) => `${title} (law ${law})`).join("; ");
    return { outcome: "confirmed", ...(passed.length < numbers.length && { isPartial: true }), detail, exchanges };
  }
  const reasons = judged.map(({ law, reason = "it says nothing" }) => `law ${law}: ${reason}`);
  const detail = reasons.length > 0 ? reasons.join("; ") : `not asked: ${numbers.map((number) => `law ${number}`).join(", ")}`;
  return { outcome: "not tried", detail, exchanges };
}
