import { readPreference } from "../server/preference";
import type { JournalEntry } from "../world/journal";

/** Whether the caller asked for this answer by `Prefer`, so that it says nothing of the operation. */
export function isForced({ headers: { prefer } }: JournalEntry): boolean {
  return prefer !== undefined && readPreference(String(prefer)) !== undefined;
}
