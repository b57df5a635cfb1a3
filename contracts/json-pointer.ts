/** A JSON pointer (RFC 6901) from its parts. */
export function jsonPointer(parts: readonly (string | number)[]): string {
  return parts.map((part) => `/${pointerPart(String(part))}`).join("");
}

/** The parts of a JSON pointer, be it to a value (`/chats/0`) or into a document (`#/paths/~1chats`). */
export function pointerParts(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A text as it stands in a JSON pointer. */
export function pointerPart(text: string): string {
  return text.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The last part of a pointer that is no place in a list; empty for the whole. */
export function fieldIn(pointer: string): string {
  return pointer.split("/").findLast((part) => !/^\d*$/.test(part)) ?? "";
}
