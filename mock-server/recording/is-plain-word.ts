import { contractFields, contractValues } from "../../contracts/suite/reports/masking/contract-words";
import { plainWords } from "../../contracts/suite/reports/masking/plain-words";

const LONGEST_COUNT = 6;
const words: ReadonlySet<string> = new Set([
  ...plainWords,
  ...[...contractFields, ...contractValues].flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)),
  ..."api partner nowhere integration linq mock yesterday tomorrow".split(" "),
]);

/** Whether a word, or all that underscores join, is one of an API or of everybody's English, which tells nobody anything of anybody. */
export function isPlainWord(word: string): boolean {
  return word
    .toLowerCase()
    .split("_")
    .every((part) => part === "" || words.has(part) || (/^\d+$/.test(part) && part.length <= LONGEST_COUNT));
}
