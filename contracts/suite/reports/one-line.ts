const MOST_CHARACTERS = 400;

/** A masked value as JSON on one line, cut when it is long. */
export function oneLine(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value) ?? String(value);
  const rest = text.length - MOST_CHARACTERS;
  return rest > 0 ? `${text.slice(0, MOST_CHARACTERS)}… (${rest.toLocaleString("en-US")} more characters)` : text;
}
