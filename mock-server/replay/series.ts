import type { RecordedAnswer } from "./recorded-answer";

/** The recordings of one request, which are given in their order; after the last, the last again. */
export class Series {
  readonly #answers: RecordedAnswer[] = [];
  #next = 0;

  add(answer: RecordedAnswer): void {
    this.#answers.push(answer);
  }

  /** The first that was not given yet, be it here or to a request that was like this one. */
  next(given: ReadonlySet<RecordedAnswer>): RecordedAnswer | undefined {
    for (; this.#next < this.#answers.length - 1; this.#next += 1) {
      const answer = this.#answers[this.#next];
      if (answer && !given.has(answer)) return answer;
    }
    return this.#answers.at(-1);
  }
}
