import type { ClientTime } from "../../client/client-time";
import type { OperationId } from "../../generated/v2/operations";

/** How long the API wants to be left alone between two calls of an operation, in ms: an availability check each 10 s, per line. */
const BUDGETS: Partial<Record<OperationId, number>> = { checkIMessageAvailability: 10_000 };

/** Spaces requests evenly, and those of some operations farther apart. */
export class Pace {
  readonly #time: ClientTime;
  /** Between two requests, in ms. */
  readonly #distance: number;
  #nextAt = 0;
  readonly #nextOf = new Map<OperationId, number>();

  /** `rate` is in requests per second; undefined for as fast as it goes. */
  constructor(time: ClientTime, rate: number | undefined) {
    this.#time = time;
    this.#distance = rate === undefined ? 0 : 1000 / rate;
  }

  /** Waits until a request may go out. Without an operation, it is one that spends no budget. */
  async turn(operation: OperationId | undefined, signal: AbortSignal | undefined): Promise<void> {
    const now = this.#time.now();
    const budget = operation && BUDGETS[operation];
    const start = Math.max(now, this.#nextAt, (operation && this.#nextOf.get(operation)) ?? 0);
    this.#nextAt = start + this.#distance;
    if (operation && budget !== undefined) this.#nextOf.set(operation, start + budget);
    if (start > now) await this.#time.sleep(start - now, signal);
  }
}
