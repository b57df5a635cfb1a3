/** A text as it stands between single quotes of a shell. */
export function inSingleQuotes(text: string): string {
  return text.replaceAll("'", "'\\''");
}

/** A text percent-encoded, so that it can stand in a URL between double quotes of a shell. */
export function inUrl(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD")).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
