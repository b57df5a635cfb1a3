const MOST_ITEMS = 2;

/**
 * JSON as it is to be shown: its lists keep their first entries, and the one that a pointer goes through. Only what is kept goes
 * through `show`; how many were left out is added after.
 */
export function shortened(value: unknown, pointer: string, show: (kept: unknown) => unknown): unknown {
  const steps = pointer.split("/").slice(1);
  return tellLeft(show(cut(value, steps)), value, steps);
}

function cut(value: unknown, [step, ...steps]: readonly string[]): unknown {
  if (Array.isArray(value)) return keptOf(value, step).map(({ item, isMeant }) => cut(item, isMeant ? steps : []));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, cut(field, key === step ? steps : [])]));
}

/** What is shown may have other names and values, in the same order. */
function tellLeft(shown: unknown, value: unknown, [step, ...steps]: readonly string[]): unknown {
  if (Array.isArray(value) && Array.isArray(shown)) {
    const kept = keptOf(value, step);
    const left = value.length - kept.length;
    const items = kept.map(({ item, isMeant }, i) => tellLeft(shown[i], item, isMeant ? steps : []));
    return left === 0 ? items : [...items, `… ${left} more`];
  }
  if (!isObject(value) || !isObject(shown)) return shown;
  const fields = Object.entries(value);
  const told = Object.entries(shown).map(([name, field], i) => {
    const [key, whole] = fields[i] ?? [];
    return [name, tellLeft(field, whole, key === step ? steps : [])];
  });
  return Object.fromEntries(told);
}

function keptOf(list: readonly unknown[], step: string | undefined): { item: unknown; isMeant: boolean }[] {
  const items = list.map((item, i) => ({ item, isMeant: String(i) === step }));
  return items.filter(({ isMeant }, i) => i < MOST_ITEMS || isMeant);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
