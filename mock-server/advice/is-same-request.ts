import type { JournalEntry } from "../world/journal";

/** Whether two requests ask the same, word for word. */
export function isSameRequest(one: JournalEntry, other: JournalEntry): boolean {
  if (one.method !== other.method || one.url !== other.url || one.bodyBytes !== other.bodyBytes) return false;
  return written(one.body) === written(other.body);
}

function written(body: unknown): string | undefined {
  try {
    return JSON.stringify(body);
  } catch {
    return "(nested too deep)"; // JSON.parse reads any depth, and JSON.stringify does not write it
  }
}
