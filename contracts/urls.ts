/**
 * Whether a text is a URL, by itself or from a base. `URL.canParse` is not asked: in a warm process, Node 20 says no to hosts with letters such as
 * ü, as its fast way takes a string of Latin-1 for UTF-8.
 */
export function isUrl(text: string, base?: string): boolean {
  try {
    new URL(text, base);
    return true;
  } catch {
    return false;
  }
}
