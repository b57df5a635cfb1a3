import { distance } from "fastest-levenshtein";

interface Route {
  readonly method: string;
  /** Below the prefix, its ids as `{name}`. */
  readonly path: string;
  readonly title: string;
}

const SHOWN = 3;

/** The routes whose method and path are the most alike, by their words, as people read them; one id is like another. */
export function nearestRoutes(routes: readonly Route[], method: string, path: string): string {
  const asked = words(belowBase(path).slice(0, 100));
  const unlike = (route: Route): number => {
    const known = words(route.path);
    return missing(asked, known) + missing(known, asked) / 2 + (route.method === method ? 0 : 0.3);
  };
  const ranked = routes.map((route) => ({ route, unlike: unlike(route) })).sort((a, b) => a.unlike - b.unlike);
  const shown = ranked.slice(0, SHOWN).map(({ route }) => `${route.method} ${route.path} (${route.title})`);
  return `The nearest known: ${shown.join("; ")}.`;
}

/** A path without what is before those of any version, as far as it is there. */
export function belowBase(path: string): string {
  return path.replace(/^(\/api)?(\/partner)?(\/v\d+)?(?=\/)/i, "");
}

/** The distinct words of a path in the singular; `#` stands for ids. */
function words(path: string): string[] {
  const spelt = path
    .toLowerCase()
    .replace(/\{\w+\}|\/(\d+|[\da-f]{8}-[\da-f-]+)(?=\/|$)/g, "/#")
    .split(/[/_-]/)
    .map((word) => word.replace(/s$/, ""));
  return [...new Set(spelt)].filter((word) => word !== "");
}

/** How much of some words is not found among others: 0 is all there, 1 for each that has no likeness. */
function missing(these: readonly string[], among: readonly string[]): number {
  const likeness = (word: string): number =>
    Math.min(1, ...among.map((other) => distance(word, other) / Math.max(word.length, other.length)));
  return these.reduce((sum, word) => sum + likeness(word), 0);
}
