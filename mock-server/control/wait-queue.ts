import { setTimeout as later, setImmediate as soon } from "node:timers";
import type { ChangeFeed } from "../world/events";

/** How much of its time a mock may spend on asking waits whether they are over. */
const SHARE = 0.1;
/** How long it asks without a pause, in real milliseconds. */
const TURN_MS = 2;

const byFeed = new WeakMap<ChangeFeed, WaitQueue>();

/** What waits for something in a sandbox. */
export function waitQueueOf(feed: ChangeFeed): WaitQueue {
  const waits = byFeed.get(feed) ?? new WaitQueue(feed);
  byFeed.set(feed, waits);
  return waits;
}

/** What waits for something in a sandbox. However many there are, a change costs the same: they are asked after it, in turns. */
class WaitQueue {
  readonly #feed: ChangeFeed;
  /** What asks each whether it is over, and what ends it when there will be no more changes. */
  readonly #waiting = new Map<() => void, () => void>();
  #stopListening: (() => void) | undefined;
  /** Those that have not been asked since the last change that was seen to. */
  #unasked: (() => void)[] = [];
  #hasChanged = false;
  #isSet = false;
  /** In real milliseconds. */
  #notBefore = 0;

  constructor(feed: ChangeFeed) {
    this.#feed = feed;
  }

  /** Calls `ask` after changes, until the function that it returns is called; `end` when there are no more. */
  add(ask: () => void, end: () => void): () => void {
    this.#waiting.set(ask, end);
    this.#stopListening ??= this.#feed.subscribe(
      () => this.#note(),
      () => this.#end(),
    );
    return () => {
      this.#waiting.delete(ask);
      if (this.#waiting.size > 0) return;
      this.#stopListening?.();
      this.#stopListening = undefined;
    };
  }

  #note(): void {
    this.#hasChanged = true;
    if (!this.#isSet) this.#setTurn();
  }

  #setTurn(): void {
    this.#isSet = true;
    const pause = this.#notBefore - performance.now();
    if (pause <= 0) soon(() => this.#takeTurn());
    else later(() => this.#takeTurn(), pause);
  }

  #takeTurn(): void {
    const startedAt = performance.now();
    if (this.#unasked.length === 0) {
      this.#hasChanged = false;
      this.#unasked = [...this.#waiting.keys()].reverse();
    }
    let spent = 0;
    while (this.#unasked.length > 0 && spent < TURN_MS) {
      const ask = this.#unasked.pop();
      if (ask && this.#waiting.has(ask)) ask();
      spent = performance.now() - startedAt;
    }
    this.#notBefore = startedAt + spent / SHARE;
    this.#isSet = false;
    if (this.#unasked.length > 0 || this.#hasChanged) this.#setTurn();
  }

  #end(): void {
    for (const end of [...this.#waiting.values()]) end();
  }
}
