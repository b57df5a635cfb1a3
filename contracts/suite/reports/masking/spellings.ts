const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** How a text may be written: as it is, in JSON, in a URL, in HTML. */
export function spellingsOf(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const encoded = encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD"));
  const spellings = [
    text,
    json,
    json.replaceAll("/", "\\/"),
    json.replace(/[^\x20-\x7E]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
    encoded,
    encoded.replaceAll("%20", "+"),
    encoded.replace(/[-_.!~*'()]/g, percent),
    encoded.replace(/[-_.!~*'()]/g, percent).replaceAll("%20", "+"),
    encoded.replace(/[!~*'()]/g, percent).replaceAll("%20", "+"),
    text.replaceAll("~", "~0").replaceAll("/", "~1"),
    text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character),
    text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character),
  ];
  return [...new Set(spellings)];
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16)}`;
}
