const LONGEST_TEXT = 500;

/** Headers and the log take printable ASCII on one line, and not too much of it, whatever a caller's input put into a text. */
export function printable(text: string): string {
  const shown = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}...` : text;
  return shown.replace(/[^\x20-\x7e]/g, "?");
}
