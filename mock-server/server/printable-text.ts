/** A caller's input as a text has room for it. */
export function shortened(text: string, longest = 40): string {
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}

const LONGEST_TEXT = 500;

/** Headers and the log take printable ASCII on one line, and not too much of it, whatever a caller's input put into a text. */
export function printable(text: string): string {
  return shortened(text, LONGEST_TEXT).replace(/[^\x20-\x7e]/g, "?");
}

/** So many of something: `1 chat`, `2 chats`. */
export function amount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
