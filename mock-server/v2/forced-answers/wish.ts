/** Which answer a caller wants instead of the operation's own, as it was written. One of `code`, `example` and `dynamic` is there. */
export interface Wish {
  readonly code: string | undefined;
  readonly example: string | undefined;
  /** Whether the body is to be made up: `true`, `false`, or empty for true. */
  readonly dynamic: string | undefined;
  /** What it is made up from. */
  readonly seed: string | undefined;
}
