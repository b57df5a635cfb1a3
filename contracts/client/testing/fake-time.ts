import type { ClientTime } from "../pace";

const START = Date.UTC(2026, 0, 15, 18);

/** Time that passes only while somebody sleeps, and tells how long they slept. */
export class FakeTime implements ClientTime {
  readonly sleeps: number[] = [];
  readonly #deadlineMs: number;
  #now = START;

  /** Deadlines are real, because connections are, and come after so many milliseconds. */
  constructor(deadlineMs = 20_000) {
    this.#deadlineMs = deadlineMs;
  }

  now(): number {
    return this.#now;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.sleeps.push(ms);
    this.#now += ms;
  }

  deadline(): AbortSignal {
    return AbortSignal.timeout(this.#deadlineMs);
  }
}
