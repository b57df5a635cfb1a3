import type { Kind } from "../client/request-kinds";
import type { AnyAssumptionId, AnyOperationId } from "../contract-version";
import type { ExchangeRequest, ExchangeResponse } from "../exchange";
import type { AssumptionId, OperationId } from "../generated/v2/operations";
import type { Created } from "./cleanup/created";
import type { LawEvidence } from "./law-errors";

/** What a run has found. It holds numbers, names and texts as they came; reports redact them. */
export interface ContractReport {
  /** Where it was asked: the base URL; empty for a recording. */
  readonly target: string;
  readonly isOwnMock: boolean;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly ms: number;
  readonly seed: number;
  readonly line: string | undefined;
  readonly allowed: readonly Kind[];
  readonly requests: Readonly<Record<Kind, number>>;
  /** Why answers did not come that were then asked for again. */
  readonly lost?: readonly string[];
  readonly outcomes: readonly CheckOutcome[];
  readonly assumptions: readonly AssumptionOutcome[];
  readonly differences: readonly Difference[];
  /** What could not be removed. */
  readonly left: readonly Created[];
  /** Every exchange. */
  readonly exchanges: readonly RecordedExchange<AnyOperationId>[];
  /** What the calls of a recording proved themselves with, so that no report shows it. */
  readonly tokens?: readonly string[];
}

/**
 * What is said of a check: it holds; it does not, though it is documented or was observed; it does not, and was only assumed; the
 * server shows more than the contract knows; it was asked, and an answer did not come; it was not judged.
 */
export const VERDICTS = ["pass", "fail", "contradicted", "added", "inconclusive", "skipped"] as const;
export type CheckVerdict = (typeof VERDICTS)[number];

/** What came of one check: a law, or the shape of the answers that an operation gave with a status. */
export interface CheckOutcome {
  /** What it is known by: `law-7`, `shape-findChat-200-/data/chat/id`. */
  readonly id: string;
  readonly check: "law" | "shape" | "baseline";
  /** The number of the law. */
  readonly law?: number;
  /** How much harm it does that this does not hold, whatever else is wrong. */
  readonly harm?: number;
  /** Whether messages can reach other people than were meant where this does not hold. */
  readonly canMisdeliver?: true;
  /** Whether it is about what is delivered to subscriptions. */
  readonly isAboutDeliveries?: true;
  /** What has the shape: `Find Chat 200`, `the event message.sent`. */
  readonly place?: string;
  readonly title: string;
  readonly operation: AnyOperationId;
  readonly kind: Kind;
  readonly verdict: CheckVerdict;
  /** Why: a sentence, unless it passes. */
  readonly reason?: string;
  /** What is behind it, where several checks may stumble over the same: it is one finding. Of what is inconclusive, the cause that hides it. */
  readonly cause?: string;
  /** JSON pointer into the contract. */
  readonly clause: string;
  /** What it rests on, or, when those are contradicted, the assumptions that are; none when it is documented or was observed. */
  readonly assumptions: readonly AnyAssumptionId[];
  /** Assumptions that explain it, where the server contradicts them. */
  readonly explainedBy?: readonly AnyAssumptionId[];
  readonly evidence?: LawEvidence;
  /** The requests that it made, or those whose answers it is about; at most {@link MOST_SHOWN} of them, the decisive ones last. */
  readonly exchanges: readonly RecordedExchange<AnyOperationId>[];
  /** How many requests it made. */
  readonly requests: number;
  readonly ms: number;
  /** The deviation as a baseline names it; of failures and what is added. */
  readonly fingerprint?: string;
  /** The entry of the baseline that knows it; it does not count then. */
  readonly known?: KnownDeviation;
}

export const MOST_SHOWN = 12;

/** The cause of whatever is wrong with an answer of 5xx: the trouble that a server is in, and no question of the contract. */
export const SERVER_TROUBLE = "server trouble";

/** The cause of whatever is wrong with a retry that is taken for a message of its own. */
export const SENT_AGAIN = "a retry sends the message a second time";

/** The end of why something that is only assumed is contradicted. */
export const ONLY_ASSUMED = ", which is only assumed not to be";

/** A deviation that somebody has looked at and accepted for a time. */
export interface KnownDeviation {
  readonly fingerprint: string;
  readonly reason: string;
  readonly owner: string;
  /** The day, `2026-12-31`, after which it is new again. */
  readonly expires: string;
}

export interface AssumptionOutcome {
  readonly id: AssumptionId;
  /** What is assumed. */
  readonly text: string;
  readonly outcome: "confirmed" | "contradicted" | "not tried";
  /** Whether some of what is assumed was not seen. */
  readonly isPartial?: boolean;
  /** What the server does, or why it was not asked. */
  readonly detail: string;
  readonly exchanges: readonly RecordedExchange<AnyOperationId>[];
}

/** Where a target differs from a mock that holds the same. */
export interface Difference {
  readonly operation: AnyOperationId;
  readonly law?: number;
  /** What it means: `find depends on the order of the participants`. */
  readonly meaning: string;
  readonly pointer: string;
  readonly target: unknown;
  readonly mock: unknown;
  readonly exchange: RecordedExchange<AnyOperationId>;
}

/** 0: everything that was asked holds. 1: the contract is broken, or something was left behind. 2: something could not be judged. */
export type ExitCode = 0 | 1 | 2;

/** Whether a verdict means that the contract is broken. With `strict`, what is only assumed or not known breaks it, too. */
export function isBroken(verdict: CheckVerdict, { strict }: { strict: boolean }): boolean {
  return verdict === "fail" || (strict && (verdict === "contradicted" || verdict === "added"));
}

export function exitCodeOf({ outcomes, left }: ContractReport, { strict }: { strict: boolean }): ExitCode {
  const counts = (test: (verdict: CheckVerdict) => boolean): boolean =>
    outcomes.some(({ verdict, known }) => !known && test(verdict));
  if (left.length > 0 || counts((verdict) => isBroken(verdict, { strict }))) return 1;
  return counts((verdict) => verdict === "inconclusive") ? 2 : 0;
}

/** A call that the suite made, or a recording has. The path of one of V3 has its prefix. */
export interface RecordedExchange<Id extends AnyOperationId = OperationId> {
  readonly operation: Id;
  readonly request: ExchangeRequest;
  readonly response: ExchangeResponse & {
    readonly headers: Readonly<Record<string, string>>;
    /** The body as it came. */
    readonly text: string;
  };
  /** Whose token it was asked with. */
  readonly token: "own" | "none" | "wrong";
  /** Milliseconds from asking to the last byte, waits for its turn left out. */
  readonly ms: number;
}
