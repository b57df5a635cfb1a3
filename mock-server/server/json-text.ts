import { messageOf } from "../../contracts/error-message";

/** Longer bodies are not looked through for what is written twice: that is written by hand. */
const LONGEST_LOOKED_AT = 4000;
const STRING = /"(?:[^"\\]|\\.)*"(\s*:)?/gs;

/** Whether JSON breaks at a single quote. Some messages of the parser name the place, and others what is there. */
export function isSingleQuoted(error: unknown, text: string): boolean {
  const [, place] = /position (\d+)/.exec(messageOf(error)) ?? [];
  return place === undefined ? /^Unexpected token '''/.test(messageOf(error)) : text.charAt(Number(place)) === "'";
}

/** The first field that stands twice in one object of a JSON text, whose parsed value knows it once. */
export function repeatedField(text: string, value: unknown): string | undefined {
  if (text.length > LONGEST_LOOKED_AT || typeof value !== "object" || value === null) return undefined;
  if (JSON.stringify(value).length === text.length) return undefined; // nothing is lost in what most clients send
  const left = countFields(value, new Map());
  for (const [written, colon] of text.matchAll(STRING)) {
    if (colon === undefined) continue;
    const name = JSON.parse(written.slice(0, written.lastIndexOf('"') + 1)) as string;
    left.set(name, (left.get(name) ?? 0) - 1);
  }
  for (const [name, count] of left) if (count < 0) return name;
  return undefined;
}

function countFields(value: object, counts: Map<string, number>): Map<string, number> {
  for (const [name, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) counts.set(name, (counts.get(name) ?? 0) + 1);
    if (typeof inner === "object" && inner !== null) countFields(inner as object, counts);
  }
  return counts;
}
