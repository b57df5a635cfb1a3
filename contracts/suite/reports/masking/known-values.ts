import { fold } from "./fold";
import { spellingsOf } from "./spellings";
import { isCommon } from "./vocabulary";

/** Longer texts are looked for in pieces of this length. */
const PIECE = 1_000;
const MOST_PIECES = 100;
const PREFIX = 3;
const SHORT = 3;
/** Longer sentences of common words are somebody's. */
const FEW = 3;
/** Shorter ones are looked for as words of their own. */
const ANYWHERE = 8;

interface Spelling {
  readonly written: string;
  readonly folded: string;
  readonly pseudonym: string;
}

/** Texts to look for in other texts, however they are written there. */
export class KnownValues {
  /** By their first characters. */
  readonly #spellings = new Map<string, Spelling[]>();
  readonly #seen = new Set<string>();
  #isSorted = true;

  add(value: string, pseudonym: string): void {
    for (let i = 0; i < Math.min(value.length, PIECE * MOST_PIECES); i += PIECE) {
      for (const spelling of spellingsOf(value.slice(i, i + PIECE))) this.#index(spelling, pseudonym);
    }
  }

  /** The longest that stands at a place of a text; `folded` is that text, folded. */
  at(text: string, folded: string, at: number): { readonly length: number; readonly pseudonym: string } | undefined {
    this.#sort();
    for (let length = PREFIX; length > 0; length -= 1) {
      const found = this.#spellings
        .get(folded.slice(at, at + length))
        ?.find((spelling) => folded.startsWith(spelling.folded, at) && counts(spelling, text, at));
      if (found) return { length: found.folded.length, pseudonym: found.pseudonym };
    }
    return undefined;
  }

  #index(written: string, pseudonym: string): void {
    if (this.#seen.has(written) || !/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(written)) return;
    this.#seen.add(written);
    const folded = fold(written);
    const start = folded.slice(0, PREFIX);
    const others = this.#spellings.get(start) ?? [];
    others.push({ written, folded, pseudonym });
    this.#spellings.set(start, others);
    this.#isSorted = false;
  }

  #sort(): void {
    if (this.#isSorted) return;
    for (const spellings of this.#spellings.values()) spellings.sort((a, b) => b.folded.length - a.folded.length);
    this.#isSorted = true;
  }
}

/** Whether what was found is the value, and not a part of another word, or a word that everybody uses. */
function counts({ written }: Spelling, text: string, at: number): boolean {
  const found = text.slice(at, at + written.length);
  const isWord = !isWordPart(text, at - 1, at) && !isWordPart(text, at + found.length - 1, at + found.length);
  const words = written.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  if (/^\d+$/.test(written)) return isWord;
  if (words.length < FEW && words.every(isCommon))
    return isWord && found === written && startsUpper(written) && !isShort(written);
  if (/^[\p{L}\p{M}]+$/u.test(written) && !isShort(written)) return isWord || !isCommon(wordAround(text, at, found.length));
  return isWord || written.length >= ANYWHERE;
}

function isShort(word: string): boolean {
  return word.length <= SHORT;
}

function startsUpper(word: string): boolean {
  return /^\p{Lu}/u.test(word);
}

/** Whether two places next to each other belong to one word. */
function isWordPart(text: string, left: number, right: number): boolean {
  return isLetter(text, left) && isLetter(text, right);
}

function isLetter(text: string, at: number): boolean {
  return /^[\p{L}\p{M}\p{N}]$/u.test(text.charAt(at));
}

function wordAround(text: string, at: number, length: number): string {
  let [start, end] = [at, at + length];
  while (isLetter(text, start - 1)) start -= 1;
  while (isLetter(text, end)) end += 1;
  return text.slice(start, end);
}
