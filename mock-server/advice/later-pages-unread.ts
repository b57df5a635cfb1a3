import type { JournalEntry } from "../world/journal";
import type { AdviceRule, Evidence } from "./advice-rule";
import { type ListRead, listRead } from "./list-read";

const SHOWN_READS = 5;

/** A list of several pages of which only the first was ever read. Whoever reads the newest messages, or those since a moment, is done with one. */
export const laterPagesUnread: AdviceRule = {
  id: "later-pages-unread",
  one: "list has pages that were never read",
  many: "lists have pages that were never read",
  remedy: "Go on with page=2, up to total_pages in meta (of contacts: in pagination), or the rest of the list stays unseen.",
  find({ requests, firstPages }) {
    const firsts = new Map<string, { read: ListRead; entries: JournalEntry[] }>();
    const readOn = new Set<string>();
    for (const entry of requests) {
      const read = listRead(entry);
      if (!read || read.order === "newest") continue;
      if (read.page > 1 || read.order === "window") readOn.add(read.list);
      else if (read.pages > 1) {
        const first = firsts.get(read.list) ?? { read, entries: [] };
        first.entries.push(entry);
        firsts.set(read.list, first);
      }
    }
    return [...firsts]
      .filter(([list]) => !readOn.has(list) && (firstPages.get(list) ?? 0) >= 0) // the world remembers more than the journal
      .map(([, { read, entries }]) => evidenceOf(read, entries))
      .sort((a, b) => a.at - b.at);
  },
};

function evidenceOf({ list, pages }: ListRead, entries: readonly JournalEntry[]): Evidence {
  const times = entries.length === 1 ? "once" : `${entries.length} times`;
  return {
    requests: entries.slice(-SHOWN_READS).map(({ requestId }) => requestId),
    at: entries.at(-1)?.at ?? 0,
    what: `of the ${pages} pages of the ${list}, the first was read ${times}, and no other`,
  };
}
