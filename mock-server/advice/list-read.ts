import { parseIdentifier } from "../../contracts/identifier";
import { pathOf } from "../control/requests";
import type { JournalEntry } from "../world/journal";
import { isForced } from "./is-forced";

/** A page of a list that was read. */
export interface ListRead {
  /** The list as the world counts its first pages. */
  readonly list: string;
  readonly page: number;
  readonly pages: number;
  /** `newest`: from the end of the conversation; `window`: between two moments. */
  readonly order: "oldest" | "newest" | "window";
}

interface PageMeta {
  readonly page?: number;
  readonly current_page?: number;
  readonly total_pages: number;
}

/** Reads which page of which list a request was answered with. Undefined for others, and when the answer was forced or faulty. */
export function listRead(entry: JournalEntry): ListRead | undefined {
  if (entry.method !== "GET" || entry.status !== 200 || entry.fault !== undefined || isForced(entry)) return undefined;
  const query = new URLSearchParams(entry.url.split("?")[1] ?? "");
  const list = nameOf(entry, query);
  if (list === undefined) return undefined;
  const read = metaOf(entry.answer);
  const order = query.has("before") || query.has("after") ? "window" : query.get("sort") === "desc" ? "newest" : "oldest";
  return { list, page: read.page ?? read.current_page ?? 1, pages: read.total_pages, order };
}

/** Lists end with what they say of their pages; to parse the whole would take ten times as long. */
function metaOf(answer: string): PageMeta {
  return JSON.parse(answer.slice(answer.lastIndexOf("{"), -1)) as PageMeta;
}

function nameOf(entry: JournalEntry, query: URLSearchParams): string | undefined {
  switch (entry.operation) {
    case "listContacts":
      return "contacts";
    case "listMessages":
      return `messages of chat ${pathOf(entry).split("/").at(-2)}`;
    case "listChats":
      return `chats of ${parseIdentifier((query.get("phone_number") ?? "").replace(/^ /, "+"))}`;
    default:
      return undefined;
  }
}
