import { type AssumptionId, operations } from "../generated/v2/operations";
import type { RecordedExchange } from "./report";

/** What was found, where something else was expected. */
export interface LawEvidence {
  /** What is compared, for people: `find in another order`. */
  readonly what: string;
  /** JSON pointer to the first difference; empty for the whole. */
  readonly pointer: string;
  /** A value, or {@link Description} about it. */
  readonly expected: unknown;
  readonly received: unknown;
  /** Where two answers are compared, of which either may be wrong: what received came from, and what expected did. */
  readonly between?: ComparedSources;
  /** Whether all objects of the kind show it that were seen. */
  readonly everywhere?: true;
  /** Whether it is something that was waited for, by what answers had said, and has not come. */
  readonly awaited?: true;
}

/** The operations that two answers came from, or what else tells them apart. */
export type ComparedSources = readonly [here: string, there: string];

/** What the suite says itself in the place of a value, in words. It may quote what is private. */
export class Description {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What is to be said, in the place of a value: inWords`100 at most`. */
export function inWords(parts: TemplateStringsArray, ...values: readonly unknown[]): Description {
  return new Description(String.raw({ raw: parts }, ...values));
}

/** Whether a number and a text are the same but for their type: 26 and "26". */
export function isOfTypeAlone({ expected, received }: Pick<LawEvidence, "expected" | "received">): boolean {
  const types = [typeof expected, typeof received];
  return types.includes("number") && types.includes("string") && String(expected) === String(received);
}

export interface BreakOptions {
  /** What it rests on that it should hold: none when that is documented or was observed. */
  readonly assumptions?: readonly AssumptionId[];
  /** What the server does, where the law's own sentence would tell of something else. */
  readonly reason?: string | undefined;
  /** What it follows from, where that is not the law's own clause. */
  readonly clause?: string | undefined;
  /** The answer that shows it. Default: the last before. */
  readonly exchange?: RecordedExchange | undefined;
}

/** A law does not hold. */
export class Broken extends Error {
  override readonly name = "Broken";
  readonly evidence: LawEvidence;
  readonly assumptions: readonly AssumptionId[];
  readonly reason: string | undefined;
  readonly clause: string | undefined;
  readonly exchange: RecordedExchange | undefined;
  /** When it was found: what is asked after that cleans up. */
  readonly at: number;

  constructor(
    evidence: LawEvidence,
    { assumptions = [], reason, clause, exchange }: BreakOptions = {},
    at = performance.now(),
  ) {
    super(evidence.what);
    this.evidence = evidence;
    this.assumptions = assumptions;
    this.reason = reason;
    this.clause = clause;
    this.exchange = exchange;
    this.at = at;
  }
}

/**
 * A step of a law that rests on assumptions: what does not hold there contradicts them, and the law ends.
 *
 * @throws Broken with these assumptions, where it throws or rejects with Broken or UnexpectedStatus; else what it throws
 */
export function assuming<T>(ids: readonly AssumptionId[], step: () => T): T {
  const resting = (error: unknown): never => {
    throw error instanceof Broken || error instanceof UnexpectedStatus ? restingOn(ids, error) : error;
  };
  try {
    const result = step();
    return result instanceof Promise ? (result.catch(resting) as T) : result;
  } catch (error) {
    return resting(error);
  }
}

/**
 * Does one thing after the other, though a step contradicts an assumption: it must not hide what is worse.
 *
 * @throws what a step throws, that which only contradicts an assumption last
 */
export async function inTurn(...steps: readonly (() => Promise<void>)[]): Promise<void> {
  let contradiction: Broken | undefined;
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      if (!(error instanceof Broken) || error.assumptions.length === 0) throw error;
      contradiction ??= error;
    }
  }
  if (contradiction) throw contradiction;
}

function restingOn(ids: readonly AssumptionId[], error: Broken | UnexpectedStatus): Broken {
  const { evidence, reason, clause, exchange, at } = error;
  const own = error instanceof Broken && error.assumptions.length > 0 ? error.assumptions : ids;
  return new Broken(evidence, { assumptions: own, reason, clause, exchange }, at);
}

/** A law cannot be asked of this server: there is nothing to ask about, or something was not given. */
export class Skip extends Error {
  override readonly name = "Skip";
}

/** A law was asked, and what came says nothing of it: a limit, a failed connection. */
export class Inconclusive extends Error {
  override readonly name = "Inconclusive";
}

/** The transport did not send a request, because it is not allowed. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** What a law rests on was answered with another status. */
export class UnexpectedStatus extends Error {
  override readonly name = "UnexpectedStatus";
  readonly exchange: RecordedExchange;
  readonly expected: readonly number[];
  readonly clause = undefined;
  readonly at = performance.now();

  constructor(exchange: RecordedExchange, expected: readonly number[]) {
    const { request, response } = exchange;
    super(`${request.method} ${request.path} answered ${response.status}, not ${expected[0]}`);
    this.exchange = exchange;
    this.expected = expected;
  }

  get reason(): string {
    return statusReason(this.exchange, this.expected[0]);
  }

  get evidence(): LawEvidence {
    const { operation, response } = this.exchange;
    return { what: `the status of ${operation}`, pointer: "status", expected: this.expected[0], received: response.status };
  }
}

/** The result of some work; undefined when it ends in an error of this class. */
export async function undefinedIf<T>(type: typeof Skip | typeof Refused, work: Promise<T>): Promise<T | undefined> {
  return work.catch((error: unknown) => {
    if (error instanceof type) return undefined;
    throw error;
  });
}

/** A law goes by a field that an answer does not have, or has as something else: what is wrong with that is told with its shape. */
export class Incomparable extends Inconclusive {}

/** What a server does that answers with another status than is expected. */
export function statusReason({ operation, response }: RecordedExchange, expected: number | "4xx" | undefined): string {
  return `${operations[operation].title} answers ${response.status}, not ${expected}`;
}
