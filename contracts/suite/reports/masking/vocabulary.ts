import { assumptions } from "../../../generated/v2/assumptions";
import { operations } from "../../../generated/v2/operations";
import { laws } from "../../checks/index";
import { contractFields, contractValues } from "./contract-words";
import { plainWords } from "./plain-words";

/** What the kit itself says. */
const sentences = [
  ...laws.flatMap(({ title, broken }) => [title, broken]),
  ...Object.values(operations).map(({ title }) => title),
  ...Object.values(assumptions),
];
const words: ReadonlySet<string> = new Set([
  ...plainWords,
  ...[...contractFields, ...contractValues, ...sentences].flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)),
]);

/** Whether a word, or all that underscores join, is shown wherever it stands; in any case. */
export function isCommon(word: string): boolean {
  return word
    .toLowerCase()
    .split("_")
    .every((part) => part === "" || words.has(part) || /^\d{1,6}$/.test(part));
}
