import { type Api, type ListPage, type Query, readPage } from "../../api";
import { Skip, UnexpectedStatus } from "../../expect";
import type { LawContext } from "../../law";

/** What any list holds. */
export interface Entry {
  readonly id: number;
}

/** A list that has pages, and its first page of 100. */
export interface List {
  /** For people: `the contacts`. */
  readonly name: string;
  readonly first: readonly Entry[];
  /** How many entries it says it has. */
  readonly total: number;
  page(query: Query): Promise<ListPage<Entry>>;
  /** A page, or the answer when it is refused. */
  pageOrRefusal(query: Query): Promise<ListPage<Entry> | UnexpectedStatus>;
}

/**
 * The lists that have pages: the chats of the line, the contacts, the messages of a chat. Those with fewer entries are left out.
 *
 * @throws Skip when none is left
 */
export async function lists(context: LawContext, least: number): Promise<List[]> {
  const found: List[] = [];
  for (const known of [chats, contacts, messages]) {
    try {
      found.push(listOf(context.api, await known(context)));
    } catch (error) {
      if (!(error instanceof Skip)) throw error;
    }
  }
  const enough = found.filter(({ total, first }) => Math.min(total, first.length) >= least);
  if (enough.length > 0) return enough;
  throw new Skip(least === 1 ? "there are no chats, contacts or messages" : `no list has ${least} entries`);
}

interface Known extends Pick<List, "name" | "first" | "total"> {
  readonly path: string;
  /** What tells the list from others at this path. */
  readonly query: Query;
}

async function chats({ line, sample }: LawContext): Promise<Known> {
  const { items, meta } = await sample.chats();
  return {
    name: "the chats of the line",
    first: items,
    total: meta.total_count,
    path: "/chats",
    query: { phone_number: line },
  };
}

async function contacts({ sample }: LawContext): Promise<Known> {
  const { items, meta } = await sample.contacts();
  return { name: "the contacts", first: items, total: meta.total_count, path: "/contacts", query: {} };
}

async function messages({ sample }: LawContext): Promise<Known> {
  const { chat, messages: first, total } = await sample.conversation();
  return { name: `the messages of chat ${chat.id}`, first, total, path: `/chats/${chat.id}/chat_messages`, query: {} };
}

function listOf(api: Api, { name, first, total, path, query: own }: Known): List {
  const page: List["page"] = (query) => readPage<Entry>(api, path, { ...own, ...query });
  const pageOrRefusal: List["pageOrRefusal"] = (query) =>
    page(query).catch((error: unknown) => {
      if (error instanceof UnexpectedStatus && isRefusal(error)) return error;
      throw error;
    });
  return { name, first, total, page, pageOrRefusal };
}

function isRefusal({ exchange }: UnexpectedStatus): boolean {
  const { status } = exchange.response;
  return status >= 400 && status < 500 && status !== 401;
}
