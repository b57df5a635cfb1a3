import type { AssumptionId, OperationId } from "../generated/v2/operations";
import type { Evidence } from "./judging/signals";
import type { Kind } from "./kind";
import type { RecordedExchange } from "./recorded-exchange";

/**
 * What is said of a check: it holds; it does not; the server shows more than the contract knows; it was asked, and nothing can be
 * said; it was not asked.
 */
export const VERDICTS = ["pass", "fail", "added", "inconclusive", "skipped"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What came of one check: a law, or the shape of the answers that an operation gave with a status. */
export interface Outcome {
  /** What it is known by: `law-7`, `shape-findChat-200-/data/chat/id`. */
  readonly id: string;
  readonly check: "law" | "shape" | "baseline";
  /** The number of the law. */
  readonly law?: number;
  readonly title: string;
  readonly operation: OperationId;
  readonly kind: Kind;
  readonly verdict: Verdict;
  /** Why: a sentence, unless it passes. */
  readonly reason?: string;
  /** JSON pointer into the contract. */
  readonly clause: string;
  readonly assumptions: readonly AssumptionId[];
  readonly evidence?: Evidence;
  /** The requests that it made, or those whose answers it is about; at most {@link MOST_SHOWN} of them, the telling ones last. */
  readonly exchanges: readonly RecordedExchange[];
  /** How many requests it made. */
  readonly requests: number;
  readonly ms: number;
  /** The deviation as a baseline names it; of failures and what is added. */
  readonly fingerprint?: string;
  /** The entry of the baseline that knows it; it does not count then. */
  readonly known?: KnownDeviation;
}

export const MOST_SHOWN = 12;

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
  /** What the server does, or why it was not asked. */
  readonly detail: string;
  readonly exchanges: readonly RecordedExchange[];
}

/** Where a target differs from a mock that holds the same. */
export interface Difference {
  readonly operation: OperationId;
  readonly law?: number;
  /** What it means: `find depends on the order of the participants`. */
  readonly meaning: string;
  readonly pointer: string;
  readonly target: unknown;
  readonly mock: unknown;
  readonly exchange: RecordedExchange;
}
