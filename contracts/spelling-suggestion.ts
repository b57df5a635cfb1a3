import { distance } from "fastest-levenshtein";

const LONGEST_NAME = 40;
const SHORTEST_WORD = 4;

/** Which of the candidates a misspelt name was meant to be, if one is close: another case, another separator, a few letters. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const asked = bare(name.slice(0, LONGEST_NAME));
  const farthest = asked.length / 3;
  let best: { candidate: string; unlike: number } | undefined;
  for (const [i, candidate] of bareOnes(candidates).entries()) {
    const isTooLong = candidate.length - asked.length > farthest && !candidate.startsWith(asked);
    if (isTooLong || asked.length - candidate.length > farthest) continue;
    const unlike = unlikeness(asked, candidate);
    if (unlike < (best?.unlike ?? Number.POSITIVE_INFINITY)) best = { candidate: candidates[i] ?? "", unlike };
  }
  return best && asked !== "" && best.unlike <= farthest ? best.candidate : undefined;
}

/** How many letters differ; letters in the wrong order count as one, and so does a word that is left out: `phone` for `phone_number`. */
function unlikeness(asked: string, candidate: string): number {
  if (asked.length >= SHORTEST_WORD && candidate !== asked && candidate.startsWith(asked)) return 1;
  const letters = distance(asked, candidate);
  return letters === 2 && sorted(asked) === sorted(candidate) ? 1 : letters;
}

function sorted(name: string): string {
  return [...name].sort().join("");
}

/** A large fixture asks again and again for the same candidates. */
const known = new WeakMap<readonly string[], readonly string[]>();

function bareOnes(candidates: readonly string[]): readonly string[] {
  const found = known.get(candidates);
  if (found?.length === candidates.length) return found;
  const bares = candidates.map(bare);
  known.set(candidates, bares);
  return bares;
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
