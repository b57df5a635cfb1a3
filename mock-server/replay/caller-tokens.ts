/** Which of the recorded tokens a caller's stands for. */
export class CallerTokens {
  /** In the order in which they were recorded. */
  readonly #recorded: readonly string[];
  /** In the order in which they came; those that are recorded as they are left out. */
  readonly #callers: string[] = [];

  constructor(recorded: Iterable<string | undefined>) {
    this.#recorded = [...new Set(recorded)].filter((token) => token !== undefined);
  }

  /**
   * The first that comes stands for the first that was recorded, the second for the second. Where there was one, any is it, and where
   * there was none, none is missed. Undefined for none; for one more than were recorded, a name that no recorded one has.
   */
  recordedFor(token: string | undefined): string | undefined {
    const [only, ...others] = this.#recorded;
    if (only === undefined || token === undefined || token.trim() === "") return undefined;
    if (others.length === 0 || this.#recorded.includes(token)) return others.length === 0 ? only : token;
    if (!this.#callers.includes(token)) this.#callers.push(token);
    const place = this.#callers.indexOf(token);
    return this.#recorded[place] ?? `unrecorded ${place}`;
  }
}
