import type { Kind } from "./kind";
import type { Made } from "./ledger/made";
import type { AssumptionOutcome, Difference, Outcome } from "./outcome";
import type { RecordedExchange } from "./recorded-exchange";

/** What a run has found. It holds numbers, names and texts as they came; reports mask them. */
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
  readonly outcomes: readonly Outcome[];
  readonly assumptions: readonly AssumptionOutcome[];
  readonly differences: readonly Difference[];
  /** What could not be removed. */
  readonly left: readonly Made[];
  /** Every exchange, for coverage and timings. */
  readonly exchanges: readonly RecordedExchange[];
  /** The webhook events that came, in order. */
  readonly events: readonly { readonly type: string }[];
}
