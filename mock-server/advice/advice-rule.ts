import type { Delivery } from "../world/delivery-log";
import type { JournalEntry } from "../world/journal";

/** What a sandbox has kept of its caller, each oldest first. */
export interface Kept {
  readonly requests: readonly JournalEntry[];
  readonly deliveries: readonly Delivery[];
  /** How often the first page of a list was read; below 0 when a later page was. */
  readonly firstPages: ReadonlyMap<string, number>;
}

/** A place where something shows. */
export interface Evidence {
  /** By their ids in the journal. */
  readonly requests?: readonly string[];
  /** By their ids in the delivery log. */
  readonly deliveries?: readonly number[];
  /** Milliseconds since 1970, by the sandbox's clock. */
  readonly at: number;
  readonly what: string;
  /** The assumptions that it is about. */
  readonly assumptions?: readonly string[];
  readonly operation?: string;
}

/** A piece of advice, and how to find whether a caller needs it. */
export interface AdviceRule {
  readonly id: string;
  /** What was seen, so that it can stand behind a number: for one, and for several. */
  readonly one: string;
  readonly many: string;
  readonly remedy: string;
  /** In the order in which it was seen. Empty when there is nothing to advise. */
  find(kept: Kept): readonly Evidence[];
}
