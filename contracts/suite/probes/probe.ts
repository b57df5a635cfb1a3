import type { AssumptionId } from "../../generated/v2/operations";
import type { Kind } from "../kind";
import type { LawContext } from "../law";
import type { RecordedExchange } from "../recorded-exchange";

/** A question that tells whether the server does what is assumed. It breaks no promise either way. */
export interface Probe {
  readonly kind: Kind;
  /** At most so many requests, those for what the survey reads left out. */
  readonly requests: number;
  /**
   * Returns what the server does, as the end of a sentence, when that is what is assumed.
   *
   * @throws Otherwise when it does something else, Skip when it cannot be told
   */
  probe(context: ProbeContext): Promise<string>;
}

/** What a probe may use. */
export interface ProbeContext extends LawContext {
  /** Every exchange of the run so far. */
  readonly seen: readonly RecordedExchange[];
  /** Takes whatever comes of a request; it is not made when it was made before. */
  ask(method: string, path: string, body?: unknown): Promise<RecordedExchange>;
  /** What comes of something that several probes look at; it is done once. */
  once<T>(work: (context: ProbeContext) => Promise<T>): Promise<T>;
}

/** What can be told from the answers that the run has seen. It throws what a probe throws. */
export interface LookBack {
  lookBack(seen: readonly RecordedExchange[]): string;
}

/** Where the outcome of an assumption comes from: a probe, what was seen, the laws that rest on it, or nowhere, and why. */
export type Basis = Probe | LookBack | { readonly laws: readonly number[] } | { readonly untried: string };

/** What each assumption of a group is judged by. Of several bases, one that contradicts outweighs the others. */
export type Group = Readonly<Partial<Record<AssumptionId, Basis | readonly Basis[]>>>;
