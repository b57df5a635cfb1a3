import type { RedactorOptions } from "./redactor";

/** For people: a value is its kind and a number, `phone 2`, the same wherever it stands. */
export function labels(): RedactorOptions["replace"] {
  const labelled = new Map<string, string>();
  const counts = new Map<string, number>();
  return ({ kind, canonical }) => {
    const key = `${kind} ${canonical}`;
    const known = labelled.get(key);
    if (known !== undefined) return known;
    const count = (counts.get(kind) ?? 0) + 1;
    const label = `${kind} ${count}`;
    counts.set(kind, count);
    labelled.set(key, label);
    return label;
  };
}
