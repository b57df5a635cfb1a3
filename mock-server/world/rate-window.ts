const PRUNED_ABOVE = 1000;

/** Lets one call per key pass in a span of time. */
export class RateWindow {
  readonly #span: number;
  readonly #passedAt: Map<string, number>;

  /** `span` is in milliseconds. */
  constructor(span: number, passedAt?: ReadonlyMap<string, number>) {
    this.#span = span;
    this.#passedAt = new Map(passedAt);
  }

  copy(): RateWindow {
    return new RateWindow(this.#span, this.#passedAt);
  }

  /** Milliseconds to wait, or 0 when the call passes. */
  enter(key: string, now: number): number {
    const waited = now - (this.#passedAt.get(key) ?? Number.NEGATIVE_INFINITY);
    if (waited >= 0 && waited < this.#span) return this.#span - waited;
    if (this.#passedAt.size > PRUNED_ABOVE) this.#prune(now);
    this.#passedAt.set(key, now);
    return 0;
  }

  #prune(now: number): void {
    for (const [key, at] of this.#passedAt) if (now - at >= this.#span) this.#passedAt.delete(key);
  }
}
