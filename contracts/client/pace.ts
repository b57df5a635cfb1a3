import { setTimeout as setTimer } from "node:timers";
import { setTimeout } from "node:timers/promises";
import type { AnyOperationId } from "../contract-version";
import type { AdaptiveRate, PacedAnswer } from "./adaptive-rate";

/** What a client needs of time; tests bring their own. */
export interface ClientTime {
  /** Milliseconds since 1970. */
  now(): number;
  /** Rejects when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A signal that aborts after so many milliseconds. */
  deadline(ms: number): AbortSignal;
}

/** The machine's time. */
export const realTime: ClientTime = {
  now: () => Date.now(),
  /** By the runtime's own timer: that of `AbortSignal.timeout` is a fake in jsdom when a test fakes timers. */
  deadline(ms) {
    const controller = new AbortController();
    setTimer(() => controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError")), ms).unref();
    return controller.signal;
  },
  sleep: (ms, signal) => setTimeout(ms, undefined, signal && { signal }),
};

/** How long the API wants to be left alone between two calls of an operation, in ms: an availability check each 10 s, per line. */
const BUDGETS: Partial<Record<AnyOperationId, number>> = { checkIMessageAvailability: 10_000 };

/** Spaces requests evenly, and those of some operations farther apart. */
export class Pace {
  readonly #time: ClientTime;
  readonly #rate: number | AdaptiveRate;
  /** When the last request went out, or will. */
  #lastAt = Number.NEGATIVE_INFINITY;
  readonly #nextOf = new Map<AnyOperationId, number>();

  /** `rate` is in requests per second. */
  constructor(time: ClientTime, rate: number | AdaptiveRate) {
    this.#time = time;
    this.#rate = rate;
  }

  /** Waits until a request may go out. Without an operation, it is one that spends no budget. */
  async turn(operation: AnyOperationId | undefined, signal: AbortSignal | undefined): Promise<void> {
    const now = this.#time.now();
    const budget = operation && BUDGETS[operation];
    const distance = typeof this.#rate === "number" ? 1000 / this.#rate : this.#rate.distanceMs;
    const start = Math.max(now, this.#lastAt + distance, (operation && this.#nextOf.get(operation)) ?? 0);
    this.#lastAt = start;
    if (operation && budget !== undefined) this.#nextOf.set(operation, start + budget);
    if (start > now) await this.#time.sleep(start - now, signal);
  }

  /** What came of a request. */
  learn(answer: PacedAnswer): void {
    if (typeof this.#rate !== "number") this.#rate.learn(answer, this.#time.now());
  }
}

const DEFAULT_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 600_000;

/** How long a 429 asks to wait, in ms: `Retry-After` in seconds or as an HTTP date; 10 s without one, 10 min at most. */
export function retryAfterMs(header: string | undefined, now: number): number {
  const value = header?.trim() ?? "";
  const moment = Date.parse(value);
  const otherwise = Number.isNaN(moment) ? DEFAULT_WAIT_MS : moment - now;
  const asked = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : otherwise;
  return Math.min(LONGEST_WAIT_MS, Math.max(0, asked));
}
