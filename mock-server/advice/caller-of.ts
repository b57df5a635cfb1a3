import { TOKEN_HEADER } from "../../contracts/client/address";
import type { JournalEntry } from "../world/journal";

/** Who has asked, as far as it can be told: limits, too, are counted by the token. */
export function callerOf({ headers }: JournalEntry): string {
  return String(headers[TOKEN_HEADER]);
}
