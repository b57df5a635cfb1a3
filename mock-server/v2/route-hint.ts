import { distance } from "fastest-levenshtein";
import { API_PREFIX } from "../../contracts/client/address";
import { type OperationId, operations } from "../../contracts/generated/v2/operations";
import { matchOperation } from "../../contracts/operations";
import { hints } from "./hints/texts";

/** What was meant by a path that the API does not have. */
export function routeHint(method: string, path: string, sandboxName: string | undefined): string {
  if (/^\/api\/partner\/v(?!2(\/|$))\d/.test(path)) return `This is version 2 of the API: its paths start with ${API_PREFIX}.`;
  const single = path.replaceAll(/\/{2,}/g, "/");
  if (single !== path) return hints.doubleSlash(single);
  const lowerCase = path.toLowerCase();
  if (lowerCase.startsWith(`${API_PREFIX}${API_PREFIX}`)) return hints.prefixTwice(API_PREFIX);
  const hasPrefix = lowerCase.startsWith(API_PREFIX);
  const below = hasPrefix ? lowerCase.slice(API_PREFIX.length) : lowerCase;
  if (hasPrefix && path !== lowerCase && matchOperation(method, below)) return "Paths are in lower case.";
  const base = sandboxName === undefined ? API_PREFIX : `/s/${sandboxName}${API_PREFIX}`;
  const prefix = hasPrefix ? "" : `Paths start with ${base}. `;
  return `${prefix}The nearest known: ${nearestOperations(method, below).map(describe).join("; ")}.`;
}

function describe(id: OperationId): string {
  const { method, path, title } = operations[id];
  return `${method} ${path} (${title})`;
}

const SHOWN = 3;

/** The operations whose method and path are the most alike, by their words; one id is like another. */
function nearestOperations(method: string, path: string): OperationId[] {
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
