/** What a faulty server remembers from one request to the next. */
export class Memory {
  readonly #first = new Map<string, unknown>();
  readonly #counts = new Map<string, number>();

  /** The value that was the first under a name: this one, when there was none. */
  first<T>(name: string, value: T): T {
    if (!this.#first.has(name)) this.#first.set(name, value);
    return this.#first.get(name) as T;
  }

  /** The value that was the first under a name; undefined when there was none. */
  kept<T>(name: string): T | undefined {
    return this.#first.get(name) as T | undefined;
  }

  /** Counts something, and returns how often it was counted before. */
  count(name: string): number {
    const before = this.counted(name);
    this.#counts.set(name, before + 1);
    return before;
  }

  /** How often something was counted. */
  counted(name: string): number {
    return this.#counts.get(name) ?? 0;
  }
}
