const PRUNED_ABOVE = 1000;

/** Lets so many calls per key pass in any span of time. */
export class RateWindow {
  readonly #span: number;
  readonly #most: number;
  /** The last ones that passed, from the oldest. */
  readonly #passedAt: Map<string, readonly number[]>;

  /** `span` is in milliseconds. */
  constructor(span: number, most = 1, passedAt?: ReadonlyMap<string, readonly number[]>) {
    this.#span = span;
    this.#most = most;
    this.#passedAt = new Map(passedAt);
  }

  copy(): RateWindow {
    return new RateWindow(this.#span, this.#most, this.#passedAt);
  }

  /** Milliseconds to wait, or 0 when the call passes. */
  enter(key: string, now: number): number {
    const recent = (this.#passedAt.get(key) ?? []).filter((at) => at <= now && now - at < this.#span);
    if (recent.length >= this.#most) return (recent[0] ?? now) + this.#span - now;
    if (this.#passedAt.size > PRUNED_ABOVE) this.#prune(now);
    this.#passedAt.set(key, [...recent, now]);
    return 0;
  }

  #prune(now: number): void {
    for (const [key, passed] of this.#passedAt) if (now - (passed.at(-1) ?? 0) >= this.#span) this.#passedAt.delete(key);
  }
}
