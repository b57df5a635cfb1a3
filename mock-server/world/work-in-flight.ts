import { setTimeout as pause } from "node:timers/promises";

/** How long, in real milliseconds, advancing the clock waits for work in flight before it goes on without it. */
const WORK_TIMEOUT_MS = 1000;
/** The same, for work that was late before. */
const LATE_WORK_TIMEOUT_MS = 20;

/** What a clock waits for when it is advanced, because it may set timers of its own. */
export class WorkInFlight {
  readonly #work = new Set<Promise<void>>();
  /** What was waited for in vain. */
  readonly #late = new WeakSet<Promise<void>>();

  get size(): number {
    return this.#work.size;
  }

  add(work: Promise<void>): void {
    this.#work.add(work);
    void work.finally(() => this.#work.delete(work));
  }

  /** Waits until nothing is in flight, but for no longer than is reasonable, and hardly for what was late before. */
  async settle(): Promise<void> {
    while (this.#work.size > 0) {
      const isKnownAsLate = [...this.#work].every((work) => this.#late.has(work));
      const timeout = new AbortController();
      const limit = pause(isKnownAsLate ? LATE_WORK_TIMEOUT_MS : WORK_TIMEOUT_MS, "late", { signal: timeout.signal });
      const outcome = await Promise.race([Promise.allSettled(this.#work), limit]);
      timeout.abort();
      limit.catch(() => {}); // it was cancelled
      if (outcome !== "late") continue;
      for (const work of this.#work) this.#late.add(work);
      return;
    }
  }
}
