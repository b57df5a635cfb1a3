import type { Notes } from "../v2/operation";

/** What two places have to say about one request. */
export function combineNotes(first: Notes, second: Notes): Notes {
  if (first.hint === undefined && first.assuming === undefined) return second;
  if (second.hint === undefined && second.assuming === undefined) return first;
  const hint = second.hint === undefined ? first.hint : [first.hint, second.hint].filter(Boolean).join(" ");
  return { hint, assuming: [...(first.assuming ?? []), ...(second.assuming ?? [])] };
}
