import type { Exchange, ExchangeResponse } from "../exchange";

/** A call that the suite made. */
export interface RecordedExchange extends Exchange {
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
