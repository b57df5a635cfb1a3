import { MARK } from "../../contracts/suite/cleanup/created";

const MARKED = new RegExp(`^(?:Contract check )?${MARK}-[a-z]{10}(?![a-z])`);
/** What a run makes up, wherever it stands. */
const MARKS = new RegExp(`(${MARK}(?:-[a-z]+)*)`);
/** At a place of a text. */
export const MADE_BY_RUNS = new RegExp(`${MARK}(?:-[a-z]+)*`, "y");
/** The fields by which a run marks the contacts and messages that it makes. */
const FIELDS = ["first_name", "last_name", "email", "company", "title", "location", "text", "idempotency_key"];
/** What a run sends to be refused. */
const REFUSED = new Set(["nobody", "nowhere", "some", "somebody", "yesterday"]);
const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*/gu;

/** Knows what contract runs have made up, which stays in a recording so that a run can be asked of it. */
export class MadeByRuns {
  readonly #words = new Set<string>();

  /** Whether a value is made up: it is marked, or a field of something that is. */
  keeps(text: string, field: string, around: object): boolean {
    if (REFUSED.has(text)) return true;
    const isMade =
      FIELDS.includes(field) &&
      (isMarked(text) || Object.entries(around).some(([name, value]) => FIELDS.includes(name) && isMarked(value)));
    if (isMade) for (const [word] of text.matchAll(WORD)) this.#words.add(word);
    return isMade;
  }

  /** Replaces the rest of a text in which something is that was made up. */
  keptIn(text: string, replace: (text: string) => string): string {
    if (!text.includes(MARK)) return replace(text);
    return text
      .split(MARKS)
      .map((part, i) => (i % 2 === 1 ? part : part.replace(/[^,]+/g, (words) => this.#rest(words, replace))))
      .join("");
  }

  #rest(words: string, replace: (text: string) => string): string {
    const isMade = [...words.matchAll(WORD)].every(([word]) => this.#words.has(word));
    return isMade ? words : words.replace(/\S(?:.*\S)?/s, replace);
  }
}

function isMarked(text: unknown): boolean {
  return typeof text === "string" && MARKED.test(text);
}
