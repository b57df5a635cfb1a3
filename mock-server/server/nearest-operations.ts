import { distance } from "fastest-levenshtein";
import { type OperationId, operations } from "../../contracts/generated/v2/operations";

const SHOWN = 3;

/** The operations whose method and path are the most alike, by their words; one id is like another. */
export function nearestOperations(method: string, path: string): OperationId[] {
  const asked = words(path.slice(0, 100));
  const unlike = (id: OperationId): number => {
    const known = words(operations[id].path);
    return missing(asked, known) + missing(known, asked) / 2 + (operations[id].method === method ? 0 : 0.3);
  };
  const ranked = (Object.keys(operations) as OperationId[]).map((id) => ({ id, unlike: unlike(id) }));
  return ranked
    .sort((a, b) => a.unlike - b.unlike)
    .slice(0, SHOWN)
    .map(({ id }) => id);
}

/** The distinct words of a path in the singular; `#` stands for ids. */
function words(path: string): string[] {
  const spelt = path
    .toLowerCase()
    .replace(/\{\w+\}|\/\d+(?=\/|$)/g, "/#")
    .split(/[/_]/)
    .map((word) => word.replace(/s$/, ""));
  return [...new Set(spelt)].filter((word) => word !== "");
}

/** How much of some words is not found among others: 0 is all there, 1 for each that has no likeness. */
function missing(these: readonly string[], among: readonly string[]): number {
  const likeness = (word: string): number =>
    Math.min(1, ...among.map((other) => distance(word, other) / Math.max(word.length, other.length)));
  return these.reduce((sum, word) => sum + likeness(word), 0);
}
