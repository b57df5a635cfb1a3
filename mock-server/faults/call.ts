import type { OperationId } from "../../contracts/generated/v2/operations";

/** A call of the API, as far as rules ask about it. */
export interface Call {
  readonly operation: OperationId;
  /** GET also for a HEAD. */
  readonly method: string;
  /** Below the API's prefix, without its query. */
  readonly path: string;
  /** The ids in the path, as they came. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: unknown;
}
