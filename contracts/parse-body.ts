/** What a body holds: parsed JSON; undefined when it is empty, and the text when it is no JSON. */
export function parseBody(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
