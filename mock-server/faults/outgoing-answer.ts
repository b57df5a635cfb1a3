/** An answer on its way out, as faults may spoil it. */
export interface OutgoingAnswer {
  readonly status: number;
  /** Without `Content-Length`, which follows from the body. */
  readonly headers: Readonly<Record<string, string | number>>;
  /** The body; empty when there is none. */
  readonly payload: string;
  /** How late it comes, in milliseconds of the sandbox's clock. */
  readonly delayMs: number;
  /** Over how long the body is spread, in milliseconds of the sandbox's clock. */
  readonly dripMs: number;
  /** Where the connection ends too early, if it does. */
  readonly breaksOff: "never" | "before-headers" | "after-headers" | "within-body";
}
