/** As much of a HAR file that was cut off as is whole. */
interface MendedHar {
  readonly json: string;
  /** How many entries are known to be lost: the one that the file ends in. How many were to follow, nobody knows. */
  readonly lost: number;
}

const ENTRIES = ["log", "entries"].join();

/** Closes a HAR file behind its last whole entry. Undefined when it does not get as far as its list of entries. */
export function mendHar(text: string): MendedHar | undefined {
  const found = lastWholeEntry(text);
  if (!found) return undefined;
  return { json: `${text.slice(0, found.end)}]}}`, lost: text.slice(found.end).includes("{") ? 1 : 0 };
}

/** Where the last whole entry ends, or the list begins. */
function lastWholeEntry(text: string): { readonly end: number } | undefined {
  /** The names of the fields that the objects and lists around a place are in; the outermost has none. */
  const around: string[] = [];
  let key = "";
  let end: number | undefined;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    if (character === '"') {
      const start = i;
      i = endOfString(text, i);
      if (around.length <= 2) key = text.slice(start + 1, i);
    } else if (character === "{" || character === "[") {
      around.push(key);
      if (around.length === 3 && around.slice(1).join() === ENTRIES) end = i + 1;
    } else if (character === "}" || character === "]") {
      if (end !== undefined && around.length === 3) return { end };
      around.pop();
      if (end !== undefined && around.length === 3) end = i + 1;
    }
  }
  return end === undefined ? undefined : { end };
}

function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === "\\" ? 2 : 1;
  return i;
}
