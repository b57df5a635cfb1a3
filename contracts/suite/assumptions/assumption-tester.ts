import { isDeepStrictEqual } from "node:util";
import { TargetError } from "../../client/errors";
import { ALLOW_FLAGS } from "../../client/request-kinds";
import type { AssumptionId } from "../../generated/v2/operations";
import { Broken, Inconclusive, Refused, Skip, UnexpectedStatus } from "../law-errors";
import { type AssumptionOutcome, type CheckOutcome, ONLY_ASSUMED, type RecordedExchange, SERVER_TROUBLE } from "../report";
import type { ContractSession } from "../session";
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
export interface RunSoFar {
  readonly outcomes: readonly CheckOutcome[];
  /** Every exchange, those to come included. */
  readonly exchanges: readonly RecordedExchange[];
  /** Called with how many assumptions are done. */
  onProgress(done: number): void;
}

/** What came of one test of an assumption. */
export type TestResult = Pick<AssumptionOutcome, "outcome" | "detail" | "exchanges" | "isPartial">;

/** Asks the probes of a run, one after the other. It remembers what several of them look at. */
export class AssumptionTester {
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
    if (test.kind === "not-tried") return notTried(test.reason);
    if (test.kind === "laws") return resultOfLaws(test, this.#run, id);
    return resultOfAnswers(test, this.#run.exchanges);
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

export function resultOfAnswers(
  test: Extract<AssumptionTest, { readonly kind: "answers" }>,
  exchanges: readonly RecordedExchange[],
): TestResult {
  try {
    return confirmed(test.conclude(exchanges), []);
  } catch (error) {
    return resultOfError(error);
  }
}

/** What a server does, by the check that has seen it. */
export function seenBy({ title, reason = title, check, law }: CheckOutcome): string {
  return check === "law" ? `${reason.replace(ONLY_ASSUMED, "")} (law ${law})` : `${title}: ${reason}`;
}

function isSameRequest({ token, request }: RecordedExchange, [method, path, body]: Parameters<ProbeContext["ask"]>): boolean {
  return token === "own" && request.method === method && request.path === path && isDeepStrictEqual(request.body, body);
}

function confirmed(confirmation: Confirmation, exchanges: TestResult["exchanges"]): TestResult {
  if (typeof confirmation === "string") return { outcome: "confirmed", detail: confirmation, exchanges };
  return { outcome: "confirmed", isPartial: true, detail: confirmation.inPart, exchanges };
}

export function notTried(detail: string): TestResult {
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
