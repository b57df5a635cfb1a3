import type { RecordedExchange } from "./report";

/** What was found, where something else was expected. */
export interface LawEvidence {
  /** What is compared, for people: `find in another order`. */
  readonly what: string;
  /** JSON pointer to the first difference; empty for the whole. */
  readonly pointer: string;
  readonly expected: unknown;
  readonly received: unknown;
}

/** A law does not hold. */
export class Broken extends Error {
  override readonly name = "Broken";
  readonly evidence: LawEvidence;

  constructor(evidence: LawEvidence) {
    super(evidence.what);
    this.evidence = evidence;
  }
}

/** A law cannot be asked of this server: there is nothing to ask about, or something was not given. */
export class Skip extends Error {
  override readonly name = "Skip";
}

/** A law was asked, and what came says nothing of it: a limit, a failed connection. */
export class Inconclusive extends Error {
  override readonly name = "Inconclusive";
}

/** The transport did not send a request, because nobody has allowed it. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** What a law rests on was answered with another status. */
export class UnexpectedStatus extends Error {
  override readonly name = "Unanswered";
  readonly exchange: RecordedExchange;
  readonly expected: number;

  constructor(exchange: RecordedExchange, expected: number) {
    const { request, response } = exchange;
    super(`${request.method} ${request.path} answered ${response.status}, not ${expected}`);
    this.exchange = exchange;
    this.expected = expected;
  }
}

/** What was asked for; undefined where a law would be skipped, because there is no such thing. */
export async function undefinedIfSkipped<T>(asked: Promise<T>): Promise<T | undefined> {
  return asked.catch((error: unknown) => {
    if (error instanceof Skip) return undefined;
    throw error;
  });
}

/** What comes of asking; undefined when nobody has allowed it, so that nothing was asked. */
export async function undefinedIfRefused<T>(asking: Promise<T>): Promise<T | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}
