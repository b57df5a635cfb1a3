import type { OperationId } from "../../generated/v2/operations";

/** A request that a law wants to make. */
export interface Ask {
  readonly method: string;
  /** Below the API's prefix, with its query. */
  readonly path: string;
  /** What is sent as JSON. */
  readonly body?: unknown;
  /** Default: the caller's own. */
  readonly token?: "own" | "none" | "wrong";
  /** What becomes of a 429: it is waited out, unless it is itself the answer that is asked for. */
  readonly on429?: "wait" | "return";
}

/** A request to an operation of the contract. */
export interface KnownAsk extends Ask {
  readonly operation: OperationId;
}

/** An id that nothing has. */
export const NO_ID = 2_147_483_647;
