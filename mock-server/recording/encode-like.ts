import { decodePart } from "./decode-part";

const ENCODED = /(?:%[\da-f]{2})+/gi;

/** Encodes a text for a URL in the way in which another was: what stood there as it is stands there as it is. */
export function encodeLike(raw: string, text: string): string {
  const isLower = /%[\da-f]?[a-f]/.test(raw);
  const asItIs = new Set(raw.replace(ENCODED, ""));
  const encoded = new Set(decodePart((raw.match(ENCODED) ?? []).join("")));
  const encode = (character: string): string => {
    if (character === " ") return asItIs.has("+") ? "+" : "%20";
    if (character !== "+" && asItIs.has(character)) return character;
    const usual = encodeURIComponent(character.replace(/\p{Surrogate}/u, "\uFFFD"));
    return usual === character && encoded.has(character) ? percent(character) : usual;
  };
  return Array.from(text, (character) => {
    const written = encode(character);
    return isLower && written !== character ? written.toLowerCase() : written;
  }).join("");
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}
