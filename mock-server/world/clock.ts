import { formatTimestamp } from "../../contracts/timestamps";
import type { ClockSetting } from "./clock-setting";
import { WorkInFlight } from "./work-in-flight";

/** Node takes a longer timeout for none at all. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** What a clock shows. */
export interface ClockReading {
  readonly mode: "real" | "frozen";
  /** ISO 8601. */
  readonly now: string;
}

/** What happens at an instant, in words. */
type What = string | (() => string);

interface Timer {
  readonly at: number;
  readonly what: What;
  readonly run: () => void;
}

/**
 * The time of one world: it runs with the machine's, or stands still, and can be advanced by hand. Whatever is to happen later is
 * set on it, so that advancing it makes it happen, in order.
 */
export class Clock {
  #setting: ClockSetting;
  /** By ascending instant; of equal ones, the first that was set comes first. */
  #timers: Timer[] = [];
  readonly #inFlight = new WorkInFlight();
  /** What is held back until a timer lets it go. */
  readonly #held = new Set<() => void>();
  #timeout: NodeJS.Timeout | undefined;
  #advances: Promise<unknown> = Promise.resolve();
  /** Whether it stands still only until what falls due has happened. */
  #passing = false;
  #closed = false;

  constructor(setting: ClockSetting) {
    this.#setting = setting;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#setting.mode === "frozen" ? this.#setting.instant : Date.now() + this.#setting.offset;
  }

  reading(): ClockReading {
    return { mode: this.setting.mode, now: formatTimestamp(this.now()) };
  }

  /** A clock that runs is one that runs while it is advanced, too. */
  get setting(): ClockSetting {
    return this.#passing ? { mode: "real", offset: this.now() - Date.now() } : this.#setting;
  }

  /** What falls due next, if anything does. */
  get next(): { readonly at: number; readonly what: string } | undefined {
    const [next] = this.#timers;
    return next && { at: next.at, what: typeof next.what === "string" ? next.what : next.what() };
  }

  /** How many timers are set, and how much work is in flight. */
  get pending(): number {
    return this.#timers.length + this.#inFlight.size;
  }

  /** Runs something, which it calls `what`, at an instant (ms since 1970), or as soon as it has passed. Returns what cancels it. */
  at(instant: number, what: What, run: () => void): () => void {
    if (this.#closed) return () => {};
    const timer = { at: instant, what, run };
    const position = this.#timers.findLastIndex((other) => other.at <= instant) + 1;
    this.#timers.splice(position, 0, timer);
    if (position === 0) this.#arm();
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index >= 0) this.#timers.splice(index, 1);
      if (index === 0) this.#arm();
    };
  }

  /** As {@link at}, for what somebody waits for: it runs before its time when the clock is closed, or lets go of what is held. */
  hold(instant: number, what: What, run: () => void): () => void {
    if (this.#closed) {
      run();
      return () => {};
    }
    const letGo = (): void => {
      cancel();
      run();
    };
    const cancel = (): void => {
      this.#held.delete(letGo);
      cancelTimer();
    };
    this.#held.add(letGo);
    const cancelTimer = this.at(instant, what, letGo);
    return cancel;
  }

  /** How much is held back. */
  get held(): number {
    return this.#held.size;
  }

  /** Runs at once what is held, in the order in which it was. */
  letGo(): void {
    for (const letGo of [...this.#held]) letGo();
  }

  /** Advancing the clock waits for this work, because it may set timers of its own. */
  track(work: Promise<void>): void {
    this.#inFlight.add(work);
  }

  /* What sets the clock resolves with how many milliseconds were jumped over, less than none when it was set back. */

  /** Lets time pass: everything that falls due meanwhile happens, in order, each at its own instant. */
  advance(ms: number): Promise<number> {
    return this.#oneAtATime(() => this.#passTo(this.now() + ms));
  }

  /** Lets time pass until the next thing falls due, and has happened. */
  advanceToNext(): Promise<number> {
    return this.#oneAtATime(async () => {
      await this.#inFlight.settle();
      return this.#passTo(Math.max(this.now(), this.#timers[0]?.at ?? 0));
    });
  }

  /** Stops the clock where it is. */
  pause(): Promise<number> {
    return this.#oneAtATime(async () => {
      this.#set({ mode: "frozen", instant: this.now() });
      return 0;
    });
  }

  /** Lets the clock go on from where it is, at the machine's pace. */
  resume(): Promise<number> {
    return this.#oneAtATime(async () => {
      this.#set({ mode: "real", offset: this.now() - Date.now() });
      return 0;
    });
  }

  /** Stops the clock at an instant. When it lies ahead, what falls due until then happens first. */
  freeze(instant: number): Promise<number> {
    return this.#oneAtATime(async () => {
      const before = this.now();
      this.#set({ mode: "frozen", instant: Math.min(before, instant) });
      await this.#passTo(instant);
      return instant - before;
    });
  }

  /** Lets the clock run with the machine's again. When that is ahead, what falls due until then happens first. */
  run(): Promise<number> {
    return this.#oneAtATime(async () => {
      const jumped = Date.now() - this.now();
      if (jumped > 0) await this.#passTo(this.now() + jumped);
      this.#set({ mode: "real", offset: 0 });
      return jumped;
    });
  }

  /** Cancels every timer, for good, but for what somebody waits for. */
  close(): void {
    this.#closed = true;
    this.letGo();
    this.#timers = [];
    this.#arm();
  }

  #oneAtATime(action: () => Promise<number>): Promise<number> {
    const done = this.#advances.then(action);
    this.#advances = done.catch(() => {}); // its caller gets the error, and the next advance goes on
    return done;
  }

  async #passTo(target: number): Promise<number> {
    const before = this.#setting;
    const now = this.now();
    const after: ClockSetting =
      before.mode === "real" ? { mode: "real", offset: before.offset + (target - now) } : { mode: "frozen", instant: target };
    this.#set({ mode: "frozen", instant: now });
    this.#passing = before.mode === "real";
    try {
      await this.#runUntil(target);
      this.#set(after);
      return target - now;
    } catch (error) {
      this.#set(this.setting); // it goes on from where it got to
      throw error;
    } finally {
      this.#passing = false;
    }
  }

  async #runUntil(target: number): Promise<void> {
    for (;;) {
      await this.#inFlight.settle();
      const [next] = this.#timers;
      if (!next || next.at > target) return;
      this.#set({ mode: "frozen", instant: Math.max(this.now(), next.at) });
      this.#timers.shift();
      next.run();
    }
  }

  #set(setting: ClockSetting): void {
    this.#setting = setting;
    this.#arm();
  }

  /** Sets the machine's timer for what comes first, if the clock gets there by itself. It does not keep the process alive. */
  #arm(): void {
    clearTimeout(this.#timeout);
    this.#timeout = undefined;
    const [next] = this.#timers;
    if (!next || (this.#setting.mode === "frozen" && next.at > this.now())) return;
    const wait = Math.min(Math.max(0, next.at - this.now()), LONGEST_TIMEOUT_MS);
    this.#timeout = setTimeout(() => this.#runDue(), wait).unref();
  }

  #runDue(): void {
    for (let [next] = this.#timers; next && next.at <= this.now(); [next] = this.#timers) {
      this.#timers.shift();
      next.run();
    }
    this.#arm();
  }
}
