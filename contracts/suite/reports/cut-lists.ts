import { pointerParts } from "../../json-pointer";

/**
 * A value as `show` shows it, with its long lists and objects cut, and how many were left out in each. Only what is kept is shown.
 * The entries that `pointer` leads through are kept.
 */
export function cutLists(value: unknown, most: number, show: (kept: unknown) => unknown, pointer = ""): unknown {
  const steps = pointerParts(pointer);
  return tellLeft(show(cut(value, most, steps)), value, most, steps);
}

function cut(value: unknown, most: number, steps: readonly string[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  const kept = keptOf(value, most, steps).map(([key, child, rest]) => [key, cut(child, most, rest)] as const);
  return Array.isArray(value) ? kept.map(([, child]) => child) : Object.fromEntries(kept);
}

/** What is shown may have other names and values, in the same order. */
function tellLeft(shown: unknown, value: unknown, most: number, steps: readonly string[]): unknown {
  if (typeof shown !== "object" || shown === null || typeof value !== "object" || value === null) return shown;
  const kept = keptOf(value, most, steps);
  const left = Object.keys(value).length - kept.length;
  const fields = Object.entries(shown).map(([name, child], i) => {
    const [, whole, rest = []] = kept[i] ?? [];
    return [name, tellLeft(child, whole, most, rest)] as const;
  });
  if (Array.isArray(shown)) return [...fields.map(([, child]) => child), ...(left > 0 ? [`… ${left} more`] : [])];
  return Object.fromEntries(left > 0 ? [...fields, ["…", `${left} more`]] : fields);
}

/** Objects of the contract are never cut: no schema of it has so many fields. */
const MOST_FIELDS = 20;

function keptOf(value: object, most: number, [step, ...rest]: readonly string[]): [string, unknown, readonly string[]][] {
  const limit = Array.isArray(value) ? most : MOST_FIELDS;
  return Object.entries(value)
    .map(([key, child]): [string, unknown, readonly string[]] => [key, child, key === step ? rest : []])
    .filter(([key], i) => i < limit || key === step);
}
