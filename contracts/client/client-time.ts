import { setTimeout } from "node:timers/promises";

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
  deadline: (ms) => AbortSignal.timeout(ms),
  sleep: (ms, signal) => setTimeout(ms, undefined, signal && { signal }),
};
