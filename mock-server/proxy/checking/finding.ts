import type { OperationId } from "../../../contracts/generated/v2/operations";

/**
 * What a finding is about: an answer that breaks the contract; a request that does, and was answered as if it did not; what the answer
 * holds and the contract does not know; a request that breaks the contract and was refused; a path that the contract does not have.
 */
export const FINDING_KINDS = ["answer", "request", "added", "refused", "unknown"] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** Something that there is to say about an exchange. It holds no values, which may be private. */
export interface Finding {
  readonly kind: FindingKind;
  /** Whether it is a violation. */
  readonly counts: boolean;
  readonly operation: OperationId | undefined;
  readonly status: number;
  /** A sentence without a full stop: `/data/id is missing; it must be an integer of at least 1`. */
  readonly text: string;
  /** JSON pointer into the contract. */
  readonly clause: string | undefined;
}
