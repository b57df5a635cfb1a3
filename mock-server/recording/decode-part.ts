/** A part of a URL, decoded; what cannot be decoded as far as it can be. */
export function decodePart(raw: string): string {
  return raw.replace(/(?:%[\da-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return "\uFFFD";
    }
  });
}
