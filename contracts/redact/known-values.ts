import { pointerPart } from "../json-pointer";
import type { Step } from "./patterns";
import { isContractWord } from "./privacy-marks";

/** Longer texts are looked for in pieces of this length. */
const PIECE = 1_000;
const MOST_PIECES = 100;
const PREFIX = 3;
const SHORT = 3;
/** Longer sentences of the contract's words are somebody's. */
const FEW = 3;
/** Shorter ones are looked for as words of their own. */
const ANYWHERE = 8;
const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

interface Spelling<T> {
  readonly written: string;
  readonly folded: string;
  readonly value: T;
  readonly isSecret: boolean;
}

/** Texts to look for in other texts, however they are written there. */
export class KnownValues<T> {
  /** By their first characters. */
  readonly #spellings = new Map<string, Spelling<T>[]>();
  readonly #seen = new Set<string>();
  #isSorted = true;

  add(text: string, value: T): void {
    this.#add(text, { value, isSecret: false });
  }

  /** A secret is looked for in base64, too, and counts though it consists of the contract's words. */
  addSecret(text: string, value: T): void {
    const base64 = Buffer.from(text).toString("base64");
    const encoded = [base64, base64.replace(/=+$/, ""), Buffer.from(text).toString("base64url")];
    for (const written of new Set([text, ...encoded])) this.#add(written, { value, isSecret: true });
  }

  #add(text: string, meant: Pick<Spelling<T>, "value" | "isSecret">): void {
    for (let i = 0; i < Math.min(text.length, PIECE * MOST_PIECES); i += PIECE) {
      for (const written of spellingsOf(text.slice(i, i + PIECE))) this.#index(written, meant);
    }
  }

  /** Replaces the longest that stands at a place. */
  replaced(replace: (value: T, written: string) => string): Step {
    let [last, folded] = ["", ""];
    return (text, at) => {
      if (text !== last) [last, folded] = [text, fold(text)];
      const found = this.#at(text, folded, at);
      if (!found) return undefined;
      const { length } = found.folded;
      return { length, shown: replace(found.value, text.slice(at, at + length)) };
    };
  }

  #at(text: string, folded: string, at: number): Spelling<T> | undefined {
    this.#sort();
    for (let length = PREFIX; length > 0; length -= 1) {
      const found = this.#spellings
        .get(folded.slice(at, at + length))
        ?.find((spelling) => folded.startsWith(spelling.folded, at) && counts(spelling, text, at));
      if (found) return found;
    }
    return undefined;
  }

  #index(written: string, meant: Pick<Spelling<T>, "value" | "isSecret">): void {
    if (this.#seen.has(written) || !/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(written)) return;
    this.#seen.add(written);
    const folded = fold(written);
    const start = folded.slice(0, PREFIX);
    const others = this.#spellings.get(start) ?? [];
    others.push({ written, folded, ...meant });
    this.#spellings.set(start, others);
    this.#isSorted = false;
  }

  #sort(): void {
    if (this.#isSorted) return;
    for (const spellings of this.#spellings.values()) spellings.sort((a, b) => b.folded.length - a.folded.length);
    this.#isSorted = true;
  }
}

/** As it is, in JSON, in a URL, in a JSON pointer, in HTML. */
function spellingsOf(text: string): Set<string> {
  const json = JSON.stringify(text).slice(1, -1);
  const encoded = encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD"));
  const [strict, all] = [/[!~*'()]/g, /[-_.!~*'()]/g].map((pattern) => encoded.replace(pattern, percent));
  const inUrls = [encoded, strict ?? "", all ?? ""].flatMap((written) => [written, written.replaceAll("%20", "+")]);
  const entity = (character: string): string => ENTITIES[character] ?? character;
  return new Set([
    text,
    json,
    json.replaceAll("/", "\\/"),
    json.replace(/[^\x20-\x7E]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
    ...inUrls,
    pointerPart(text),
    text.replace(/[&<>"']/g, entity),
    text.replace(/[&<>"]/g, entity),
  ]);
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16)}`;
}

/** A text as it is compared without regard to case, with every character where it was. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  const kept = (character: string): string =>
    character.toLowerCase().length === character.length ? character.toLowerCase() : character;
  return Array.from(text, kept).join("");
}

/** Whether what was found is the value, and neither a part of another word nor a word that everybody uses. */
function counts({ written, isSecret }: Spelling<unknown>, text: string, at: number): boolean {
  const end = at + written.length;
  const isWord = !(isLetter(text, at - 1) && isLetter(text, at)) && !(isLetter(text, end - 1) && isLetter(text, end));
  if (/^\d+$/.test(written)) return isWord;
  if (isSecret) return isWord || written.length >= ANYWHERE;
  const words = written.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  if (words.length < FEW && words.every(isContractWord)) {
    return isWord && text.startsWith(written, at) && /^\p{Lu}/u.test(written) && written.length > SHORT;
  }
  if (/^[\p{L}\p{M}]+$/u.test(written) && written.length > SHORT) return isWord || !isContractWord(wordAround(text, at, end));
  return isWord || written.length >= ANYWHERE;
}

function isLetter(text: string, at: number): boolean {
  return /^[\p{L}\p{M}\p{N}]$/u.test(text.charAt(at));
}

function wordAround(text: string, from: number, to: number): string {
  let [start, end] = [from, to];
  while (isLetter(text, start - 1)) start -= 1;
  while (isLetter(text, end)) end += 1;
  return text.slice(start, end);
}
