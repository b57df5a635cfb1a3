import type { Step } from "../replace-along";
import { matchAt } from "./match-at";

/** A quotation, and not an apostrophe. */
const QUOTED = /(["`“])([^"`“”]{1,5000})["`”]|(?<![\p{L}\p{N}])'([^']{1,5000})'(?![\p{L}\p{N}])/uy;

/** Masks quotations, whose words are those of whoever is quoted. */
export function quoted(maskQuotation: (text: string) => string): Step {
  return (text, at) => {
    const [all, , content, inApostrophes] = matchAt(QUOTED, text, at) ?? [];
    if (all === undefined) return undefined;
    return { length: all.length, shown: `${all.charAt(0)}${maskQuotation(content ?? inApostrophes ?? "")}${all.slice(-1)}` };
  };
}
