import { pathOf } from "../control/requests";
import type { JournalEntry } from "../world/journal";
import type { AdviceRule } from "./advice-rule";

/** Where a bare plus cannot stand for a space: before a number, in an e-mail address, before a moment's offset. */
const LOST_PLUS = [/^\+\d/, /\+.*(@|%40)/i, /^\d{4}-\d\d-\d\dT.*\+\d\d/i];

/** A plus in a query that arrives as a space. */
export const plusNotEncoded: AdviceRule = {
  id: "plus-not-encoded",
  one: "query has a plus that is not encoded",
  many: "queries have a plus that is not encoded",
  remedy: "Write a plus in a query as %2B, or let URLSearchParams, --data-urlencode or your HTTP client's parameters do it.",
  find({ requests }) {
    return requests.flatMap((entry) => {
      const names = entry.operation === undefined ? [] : namesOfLost(entry);
      if (names.length === 0) return [];
      const what = `${entry.method} ${pathOf(entry)} has a bare plus in ${names.join(" and ")}`;
      return [{ requests: [entry.requestId], at: entry.at, what }];
    });
  },
};

function namesOfLost({ url }: JournalEntry): string[] {
  const names = new Set<string>();
  for (const pair of (url.split("?")[1] ?? "").split("&")) {
    const [name = "", value = ""] = pair.split("=");
    if (LOST_PLUS.some((lost) => lost.test(value))) names.add(name.replaceAll(/%5b/gi, "[").replaceAll(/%5d/gi, "]"));
  }
  return [...names];
}
