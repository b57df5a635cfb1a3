import type { Pseudonyms } from "../pseudonyms";
import type { Step } from "../replace-along";
import { isCommon } from "../vocabulary";
import { matchAt } from "./match-at";

const WORD = /[\p{L}\p{M}\p{N}_]+(?:['’][\p{L}\p{M}]+)*/uy;
/** What is left of a word whose beginning was a name: `'s`. */
const ENDING = /['’](?:s|t|d|m|ll|re|ve)(?![\p{L}\p{M}\p{N}_])/uy;
/** Between two words that nobody knows, which are masked as one. */
const BETWEEN_WORDS = /[\s.,:;&@#/-]{1,3}/uy;

/** Replaces words that are neither plain English nor of the contract. */
export function uncommonWords(pseudonyms: Pseudonyms): Step {
  return (text, at) => {
    const ending = matchAt(ENDING, text, at)?.[0];
    if (ending !== undefined) return { length: ending.length, shown: ending };
    const first = endOfWord(text, at);
    if (first === undefined) return undefined;
    if (isPlain(text.slice(at, first))) return { length: first - at, shown: text.slice(at, first) };
    const end = endOfUncommon(text, first);
    return { length: end - at, shown: pseudonyms.showWords(text.slice(at, end)) };
  };
}

/** Where the words end that stand together, from the end of the first. */
function endOfUncommon(text: string, first: number): number {
  for (let end = first; ; ) {
    const start = end + (matchAt(BETWEEN_WORDS, text, end)?.[0].length ?? 0);
    const next = start === end ? undefined : endOfWord(text, start);
    if (next === undefined || isPlain(text.slice(start, next))) return end;
    end = next;
  }
}

function isPlain(word: string): boolean {
  return isCommon(word.replace(/['’](?:s|t|d|m|ll|re|ve)$/i, "")) || isCommon(word.replace(/n['’]t$/i, ""));
}

function endOfWord(text: string, at: number): number | undefined {
  const word = matchAt(WORD, text, at)?.[0];
  return word === undefined ? undefined : at + word.length;
}
