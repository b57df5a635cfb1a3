import type { Clock } from "./clock";

/** When something becomes of a record, in milliseconds since 1970. */
export interface Due {
  readonly at: number;
  readonly id: number;
}

interface Started {
  readonly run: (id: number) => void;
  readonly wordsOf: (id: number) => string;
}

/** Above how many that are done with the list is cut. */
const CUT_ABOVE = 1000;

/**
 * What falls due when: what a seed says, shared and frozen, and what was added since. However much that is, the clock has one timer
 * for all of it. What is seeded must be in order.
 */
export class Schedule {
  readonly #clock: Clock;
  readonly #seeded: readonly Due[];
  #seededTaken = 0;
  #added: Due[] = [];
  #addedTaken = 0;
  #started: Started | undefined;
  #timer: { readonly at: number; readonly cancel: () => void } | undefined;

  /** With `from`, what has not fallen due there yet. */
  constructor(clock: Clock, seeded: readonly Due[], from?: Schedule) {
    this.#clock = clock;
    this.#seeded = seeded;
    if (!from) return;
    this.#seededTaken = from.#seededTaken;
    this.#added = from.#added.slice(from.#addedTaken);
  }

  add(due: Due): void {
    const position = this.#added.findLastIndex(({ at }) => at <= due.at) + 1;
    this.#added.splice(Math.max(position, this.#addedTaken), 0, due);
    if (this.#started) this.#setTimer();
  }

  /** Takes off what was added and is not due yet. */
  delete(id: number): void {
    const position = this.#added.findIndex((due, i) => i >= this.#addedTaken && due.id === id);
    if (position < 0) return;
    this.#added.splice(position, 1);
    if (this.#started) this.#setTimer();
  }

  /** Runs what falls due from now on, at its instant. Returns what has fallen due before. `wordsOf` says what will happen. */
  start(run: Started["run"], wordsOf: Started["wordsOf"]): number[] {
    const passed = [...this.#takeDue()];
    this.#started = { run, wordsOf };
    this.#setTimer();
    return passed;
  }

  #setTimer(): void {
    const at = this.#next()?.at;
    if (at === this.#timer?.at) return;
    this.#timer?.cancel();
    const what = (): string => this.#started?.wordsOf(this.#next()?.id ?? 0) ?? "";
    this.#timer = at === undefined ? undefined : { at, cancel: this.#clock.at(at, what, () => this.#runDue()) };
  }

  #runDue(): void {
    this.#timer = undefined;
    for (const id of this.#takeDue()) this.#started?.run(id);
    this.#setTimer();
  }

  *#takeDue(): Generator<number> {
    const now = this.#clock.now();
    for (let next = this.#next(); next && next.at <= now; next = this.#next()) {
      if (next === this.#seeded[this.#seededTaken]) this.#seededTaken += 1;
      else this.#addedTaken += 1;
      if (this.#addedTaken > CUT_ABOVE) {
        this.#added = this.#added.slice(this.#addedTaken);
        this.#addedTaken = 0;
      }
      yield next.id;
    }
  }

  #next(): Due | undefined {
    const seeded = this.#seeded[this.#seededTaken];
    const added = this.#added[this.#addedTaken];
    return seeded && (!added || seeded.at <= added.at) ? seeded : added;
  }
}
