import type { Kind } from "../../client/kinds";
import type { AssumptionId, OperationId } from "../../generated/v2/operations";
import type { AssumptionOutcome, ExitCode, KnownDeviation, Outcome } from "../report";
import type { ShownExchange } from "./shown-exchange";
import type { VerdictCounts } from "./verdict-counts";

/**
 * The JSON report, version 1. Fields may be added; a change of one that is here gets another number. Nothing in it is a number, a
 * name or a text of anybody: `legend` tells where each pseudonym can be looked up.
 */
export interface JsonReport {
  /** The version of this format. */
  readonly linq_mock_contract: 1;
  /** The base URL that was asked; null for a recording. */
  readonly target: string | null;
  readonly is_own_mock: boolean;
  /** ISO 8601. */
  readonly started_at: string;
  readonly ms: number;
  readonly seed: number;
  /** `LINE`, or null when the account has none. */
  readonly line: string | null;
  readonly allowed: readonly Kind[];
  /** How many were made of each kind. */
  readonly requests: Readonly<Record<Kind, number>>;
  readonly strict: boolean;
  readonly exit_code: ExitCode;
  /** How many checks there are of each verdict; `known` ones are in no other count. */
  readonly counts: VerdictCounts;
  readonly outcomes: readonly JsonOutcome[];
  readonly assumptions: readonly {
    readonly id: AssumptionId;
    readonly text: string;
    readonly outcome: AssumptionOutcome["outcome"];
    readonly detail: string;
  }[];
  readonly differences: readonly JsonDifference[];
  /** What could not be removed. */
  readonly left: readonly {
    readonly operation: OperationId;
    readonly path: string;
    readonly undo: { readonly method: string; readonly path: string };
  }[];
  /** By pseudonym. */
  readonly legend: Readonly<Record<string, string>>;
}

export interface JsonOutcome
  extends Pick<Outcome, "id" | "check" | "operation" | "kind" | "verdict" | "clause" | "assumptions" | "requests" | "ms"> {
  readonly law: number | null;
  /** `law 7: find agrees with get`. */
  readonly name: string;
  /** Why; null when it passes. */
  readonly meaning: string | null;
  readonly evidence: {
    readonly what: string;
    /** JSON pointer; `status`, or empty for the whole. */
    readonly pointer: string;
    readonly expected: unknown;
    readonly received: unknown;
    readonly note: string | null;
  } | null;
  /** Those that tell, the last most; none of a check that passes. */
  readonly exchanges: readonly ShownExchange[];
  /** Asks the last of them again. */
  readonly curl: string | null;
  /** Asks a mock on port 4010 the like. */
  readonly mock_curl: string | null;
  readonly advice: string | null;
  /** What a baseline calls it. */
  readonly fingerprint: string | null;
  readonly known: KnownDeviation | null;
}

export interface JsonDifference {
  readonly operation: OperationId;
  readonly law: number | null;
  readonly meaning: string;
  readonly pointer: string;
  readonly target: unknown;
  readonly mock: unknown;
  readonly request: { readonly method: string; readonly path: string };
}
