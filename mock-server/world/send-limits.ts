import type { Identifier } from "../../contracts/identifiers";

/** Documented: 30 messages a minute from a line to one person (A-v3-rate-window: sliding). */
const MOST_IN_WINDOW = 30;
const WINDOW_MS = 60_000;
/** Documented, of the sandbox: so many a day, which begins at midnight UTC. */
const MOST_A_DAY = 100;
const PRUNED_ABOVE = 10_000;
const DAY_MS = 86_400_000;

/** Counts what is sent to people, against the vendor's limits. */
export class SendLimits {
  /** When messages of a line went to a person: the last 30, from the oldest. */
  readonly #sent: Map<string, readonly number[]>;
  #day = { begin: 0, count: 0 };

  constructor(sent?: ReadonlyMap<string, readonly number[]>) {
    this.#sent = new Map(sent);
  }

  copy(): SendLimits {
    const copy = new SendLimits(this.#sent);
    copy.#day = { ...this.#day };
    return copy;
  }

  /** Counts a message of a line, if it may go to all of these people now; else returns how many milliseconds to wait. */
  enter(line: Identifier, people: readonly Identifier[], now: number, hasQuota: boolean): number {
    const windows = people.map((person) => {
      const key = `${line} ${person}`;
      return { key, sent: (this.#sent.get(key) ?? []).filter((at) => at > now - WINDOW_MS && at <= now) };
    });
    const waits = windows.map(({ sent }) => (sent.length < MOST_IN_WINDOW ? 0 : (sent[0] ?? now) + WINDOW_MS - now));
    const begin = Math.floor(now / DAY_MS) * DAY_MS;
    if (this.#day.begin !== begin) this.#day = { begin, count: 0 };
    if (hasQuota && this.#day.count >= MOST_A_DAY) waits.push(begin + DAY_MS - now);
    const waitMs = Math.max(0, ...waits);
    if (waitMs > 0) return waitMs;
    this.#day.count += 1;
    if (this.#sent.size > PRUNED_ABOVE) this.#prune(now);
    for (const { key, sent } of windows) this.#sent.set(key, [...sent, now]);
    return 0;
  }

  #prune(now: number): void {
    for (const [key, sent] of this.#sent) if ((sent.at(-1) ?? 0) <= now - WINDOW_MS) this.#sent.delete(key);
  }
}
