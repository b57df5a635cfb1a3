import { isDeepStrictEqual } from "node:util";
import { TargetError } from "../../client/errors";
import { assumptions } from "../../generated/v2/assumptions";
import type { AssumptionId } from "../../generated/v2/operations";
import { Broken, Inconclusive, Refused, Skip, UnexpectedStatus } from "../errors";
import type { Law } from "../law";
import { type AssumptionOutcome, MOST_SHOWN, type Outcome, type RecordedExchange } from "../report";
import type { Session } from "../session";
import type { AssumptionTests } from "./index";
import { type AssumptionTest, Contradiction, type LookBack, type Probe, type ProbeContext } from "./probe";

/**
 * Finds out which assumptions a server confirms, once its laws are judged. Nothing fails by it.
 *
 * @throws TargetError when the run was stopped
 */
export async function testAssumptions(
  session: Session,
  run: RunSoFar,
  bases: Partial<AssumptionTests>,
): Promise<AssumptionOutcome[]> {
  const inquiry = new AssumptionTester(session, run);
  const outcomes = new Map<string, AssumptionOutcome>();
  for (const [id, all] of Object.entries(bases) as [AssumptionId, AssumptionTests[AssumptionId]][]) {
    const findings: TestResult[] = [];
    for (const basis of [all].flat()) findings.push(await inquiry.find(basis));
    outcomes.set(id, { id, text: assumptions[id], ...combined(findings) });
    run.onProgress(outcomes.size);
  }
  return Object.keys(assumptions).flatMap((id) => outcomes.get(id) ?? []);
}

/** What contradicts outweighs what confirms, and that what was not tried. */
function combined(findings: readonly TestResult[]): TestResult {
  const ranked = (["contradicted", "confirmed", "not tried"] as const).map((rank) =>
    findings.filter(({ outcome }) => outcome === rank),
  );
  const telling = ranked.find(({ length }) => length > 0) ?? [];
  return {
    outcome: telling[0]?.outcome ?? "not tried",
    detail: [...new Set(telling.map(({ detail }) => detail))].join("; "),
    exchanges: telling.flatMap(({ exchanges }) => exchanges).slice(-MOST_SHOWN),
  };
}

/** What a run has done so far. */
interface RunSoFar {
  readonly asked: readonly Law[];
  readonly outcomes: readonly Outcome[];
  /** Every exchange, those to come included. */
  readonly exchanges: readonly RecordedExchange[];
  /** Told how many assumptions are done. */
  onProgress(done: number): void;
}

interface Done {
  readonly result: Promise<unknown>;
  readonly exchanges: readonly RecordedExchange[];
}

/** Asks the probes of a run, one after the other. It remembers what several of them look at. */
class AssumptionTester {
  readonly #session: Session;
  readonly #run: RunSoFar;
  readonly #done = new Map<unknown, Done>();
  /** Why nothing more is asked. */
  #end: string | undefined;

  constructor(session: Session, run: RunSoFar) {
    this.#session = session;
    this.#run = run;
  }

  /** @throws TargetError when the run was stopped, and for no other reason */
  async find(basis: AssumptionTest): Promise<TestResult> {
    if ("untried" in basis) return notTried(basis.untried);
    if ("laws" in basis) return resultOfLaws(basis.laws, this.#run.asked, this.#run.outcomes);
    if ("lookBack" in basis) return this.#lookBack(basis);
    if (!this.#session.kinds.has(basis.kind)) {
      return notTried(`it needs --allow ${basis.kind === "write" ? "writes" : basis.kind}`);
    }
    return this.#end === undefined ? this.#ask(basis) : notTried(this.#end);
  }

  #lookBack(basis: LookBack): TestResult {
    try {
      return { outcome: "confirmed", detail: basis.lookBack(this.#run.exchanges), exchanges: [] };
    } catch (error) {
      return resultOfError(error);
    }
  }

  async #ask({ probe }: Probe): Promise<TestResult> {
    const asked = new Set<RecordedExchange>();
    const stop = this.#session.transport.listen((exchange) => asked.add(exchange));
    try {
      const detail = await probe(this.#context(asked));
      return { outcome: "confirmed", detail, exchanges: [...asked] };
    } catch (error) {
      this.#endFor(error, [...asked].at(-1));
      const { exchanges, ...found } = resultOfError(error);
      return { ...found, exchanges: [...asked, ...exchanges] };
    } finally {
      stop();
    }
  }

  #context(asked: Set<RecordedExchange>): ProbeContext {
    const { exchanges: seen } = this.#run;
    const known = this.#session.context(false);
    const context: ProbeContext = {
      ...known,
      seen,
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
        const { exchanges } = done ?? this.#remember(work, { result, exchanges: seen.slice(before) });
        for (const exchange of exchanges) asked.add(exchange);
        return result;
      },
    };
    return context;
  }

  #remember(work: unknown, done: Done): Done {
    this.#done.set(work, done);
    return done;
  }

  /** A server that does not answer, or that wants to be left alone, is. */
  #endFor(error: unknown, last: RecordedExchange | undefined): void {
    if (error instanceof TargetError) {
      if (this.#session.options.signal?.aborted) throw error;
      this.#end = error.message;
    }
    if (error instanceof Inconclusive && last?.response.status === 429) this.#end = error.message;
  }
}

function isSameRequest({ token, request }: RecordedExchange, [method, path, body]: Parameters<ProbeContext["ask"]>): boolean {
  return token === "own" && request.method === method && request.path === path && isDeepStrictEqual(request.body, body);
}

function notTried(detail: string): TestResult {
  return { outcome: "not tried", detail, exchanges: [] };
}

/** What came of one basis of an assumption. */
type TestResult = Pick<AssumptionOutcome, "outcome" | "detail" | "exchanges">;

/** What it means that a probe has thrown something. Whatever it is, nothing fails. */
function resultOfError(error: unknown): TestResult {
  if (!(error instanceof Contradiction)) return { outcome: "not tried", detail: reasonOf(error), exchanges: [] };
  return { outcome: "contradicted", detail: error.message, exchanges: error.exchange ? [error.exchange] : [] };
}

/** Only what this suite has worded is told, since a server's own words may be about somebody. */
function reasonOf(error: unknown): string {
  if (error instanceof Skip || error instanceof Inconclusive || error instanceof Refused || error instanceof TargetError) {
    return error.message;
  }
  if (error instanceof UnexpectedStatus) {
    const { operation, response } = error.exchange;
    return `${operation} answered ${response.status}, where ${error.expected} was needed`;
  }
  if (error instanceof Broken) return `${error.evidence.what} did not come`;
  return "an answer that it rests on has an odd shape";
}

/** What the laws that rest on an assumption say of it. */
export function resultOfLaws(numbers: readonly number[], asked: readonly Law[], outcomes: readonly Outcome[]): TestResult {
  const judged = outcomes.filter(({ check, law }) => check === "law" && law !== undefined && numbers.includes(law));
  const exchanges = judged.flatMap((outcome) => outcome.exchanges);
  const against = judged.find(isAgainst);
  if (against) {
    const broken = asked.find(({ number }) => number === against.law)?.broken ?? against.title;
    return { outcome: "contradicted", detail: `${broken} (law ${against.law})`, exchanges: against.exchanges };
  }
  const passed = judged.filter(({ verdict }) => verdict === "pass");
  if (passed.length > 0) return { outcome: "confirmed", detail: passed.map(named).join("; "), exchanges };
  const reasons = judged.map(({ law, reason = "it says nothing" }) => `law ${law}: ${reason}`);
  const detail = reasons.length > 0 ? reasons.join("; ") : `not asked: ${numbers.map((number) => `law ${number}`).join(", ")}`;
  return { outcome: "not tried", detail, exchanges };
}

/** A law that rests on an assumption is skipped when the server does otherwise, and has evidence of it then. */
function isAgainst({ verdict, evidence }: Outcome): boolean {
  return verdict === "fail" || (verdict === "skipped" && evidence !== undefined);
}

function named({ law, title }: Outcome): string {
  return `${title} (law ${law})`;
}
