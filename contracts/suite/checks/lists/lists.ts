import type { ListPage, ListQuery } from "../../api";
import { isRefusal, type ListEntry } from "../../expect";
import type { LawContext } from "../../law";
import { Skip, UnexpectedStatus, undefinedIf } from "../../law-errors";

/** A list that has pages, and its first page of 100. */
export interface List {
  /** For people: `the contacts`. */
  readonly name: string;
  readonly first: readonly ListEntry[];
  /** How many entries it says it has. */
  readonly total: number;
  page(query: ListQuery): Promise<ListPage<ListEntry>>;
  /** A page, or the answer when it is refused. */
  pageOrRefusal(query: ListQuery): Promise<ListPage<ListEntry> | UnexpectedStatus>;
}

/**
 * The lists that have pages: the chats of the line, the contacts, the messages of a chat. Those with fewer entries are left out.
 *
 * @throws Skip when none is left
 */
export async function lists(context: LawContext, least: number): Promise<List[]> {
  const found: List[] = [];
  for (const listOf of [chats, contacts, messages]) {
    const list = await undefinedIf(Skip, listOf(context));
    if (list && Math.min(list.total, list.first.length) >= least) found.push(list);
  }
  if (found.length > 0) return found;
  throw new Skip(least === 1 ? "there are no chats, contacts or messages" : `no list has ${least} entries`);
}

async function chats({ api, line, sample }: LawContext): Promise<List> {
  const { items, meta } = await sample.chats();
  return asList("the chats of the line", items, meta.total_count, (query) => api.chats(line, query));
}

async function contacts({ api, sample }: LawContext): Promise<List> {
  const { items, meta } = await sample.contacts();
  return asList("the contacts", items, meta.total_count, (query) => api.contacts(query));
}

async function messages({ api, sample }: LawContext): Promise<List> {
  const { chat, messages: first, total } = await sample.conversation();
  return asList(`the messages of chat ${chat.id}`, first, total, (query) => api.messages(chat.id, query));
}

function asList(name: string, first: readonly ListEntry[], total: number, page: List["page"]): List {
  const pageOrRefusal: List["pageOrRefusal"] = (query) =>
    page(query).catch((error: unknown) => {
      if (!(error instanceof UnexpectedStatus)) throw error;
      const { status } = error.exchange.response;
      if (isRefusal(status) && status !== 401) return error;
      throw error;
    });
  return { name, first, total, page, pageOrRefusal };
}
