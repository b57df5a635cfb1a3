const MOST_ITEMS = 20;

/** A value as `show` shows it, with its long lists and objects cut, and how many were left out in each. Only what is kept is shown. */
export function limited(value: unknown, show: (kept: unknown) => unknown): unknown {
  return tellLeft(show(cut(value)), value);
}

function cut(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map(cut);
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MOST_ITEMS)
      .map(([name, field]) => [name, cut(field)]),
  );
}

/** What is shown may have other names and values, in the same order. */
function tellLeft(shown: unknown, value: unknown): unknown {
  if (typeof shown !== "object" || shown === null || typeof value !== "object" || value === null) return shown;
  const whole = Object.values(value);
  const left = whole.length - MOST_ITEMS;
  if (Array.isArray(shown)) {
    const items = shown.map((item, i) => tellLeft(item, whole[i]));
    return left > 0 ? [...items, `… ${left} more`] : items;
  }
  const fields = Object.entries(shown).map(([name, field], i) => [name, tellLeft(field, whole[i])]);
  return Object.fromEntries(left > 0 ? [...fields, ["…", `${left} more`]] : fields);
}
