/** The fields that a JSON pointer leads through, positions in lists left out. */
export function trailOf(pointer: string): string[] {
  const parts = pointer.startsWith("/") ? pointer.slice(1).split("/") : [];
  return parts.filter((part) => !/^(?:\d+|\*)$/.test(part)).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}
