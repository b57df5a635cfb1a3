import { type Look, lookAt } from "../../contracts/suite/reports/masking/patterns";
import type { Step } from "../../contracts/suite/reports/masking/replace-along";
import { matchAt } from "../../contracts/suite/reports/masking/steps/match-at";

/* What may stand at a place of a text, and what becomes of it. */

const MADE_BY_A_RUN = /linq-mock-contract(?:-[a-z]+)*/y;
const WORD = /[\p{L}\p{M}\p{N}_]+/uy;
const SYMBOL = /[\p{So}\p{Emoji_Modifier}\p{Regional_Indicator}]/uy;

/** Keeps what a contract run has made up. */
export const keptMark: Step = (text, at) => kept(matchAt(MADE_BY_A_RUN, text, at)?.[0]);

/** Keeps times and the ids of files. */
export const keptLooks: Step = (text, at) => kept(lookAt("timestamp", text, at) ?? lookAt("uuid", text, at));

/** Replaces what is known by its look. */
export function looked(look: Look, replace: (found: string) => string): Step {
  return (text, at) => {
    const found = lookAt(look, text, at);
    return found === undefined ? undefined : { length: found.length, shown: replace(found) };
  };
}

export function everyWord(replace: (word: string) => string): Step {
  return replaced(WORD, replace);
}

/** Emoji and the like. */
export function otherSymbols(replace: (symbol: string) => string): Step {
  return replaced(SYMBOL, replace);
}

function replaced(pattern: RegExp, replace: (found: string) => string): Step {
  return (text, at) => {
    const found = matchAt(pattern, text, at)?.[0];
    return found === undefined ? undefined : { length: found.length, shown: replace(found) };
  };
}

function kept(found: string | undefined): ReturnType<Step> {
  return found === undefined ? undefined : { length: found.length, shown: found };
}
