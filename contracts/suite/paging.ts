import type { components } from "../generated/v2/types";
import { Skip } from "./judging/signals";

/** Longer lists are not read, unless somebody says so. */
const MOST_PAGES = 40;

type Schemas = components["schemas"];

/** What reads: the body of an answer with this status. */
interface Caller {
  call<T>(status: number, method: string, path: string): Promise<T>;
}

/** A page of any list, and how many there are. */
export interface Page<T> {
  readonly items: T[];
  readonly meta: Schemas["PageMeta"];
}

export type Query = Readonly<Record<string, string | number>>;

/** Every list counts its pages, contacts in words of their own. */
type ListBody<T> = { data: T[]; meta: Schemas["PageMeta"] } | { contacts: T[]; pagination: Schemas["Pagination"] };

export async function readPage<T>(caller: Caller, path: string, query: Query): Promise<Page<T>> {
  const body = await caller.call<ListBody<T>>(200, "GET", `${path}?${queryString(query)}`);
  if ("data" in body) return { items: body.data, meta: body.meta };
  const { current_page: page, ...counts } = body.pagination;
  return { items: body.contacts, meta: { page, ...counts } };
}

/**
 * The pages of a list, from the first to the last that it says it has.
 *
 * @throws Skip when there are too many to read
 */
export async function readPages<T>(caller: Caller, path: string, query: Query, most = MOST_PAGES): Promise<Page<T>[]> {
  const pages: Page<T>[] = [];
  do {
    const page = await readPage<T>(caller, path, { ...query, page: pages.length + 1 });
    if (page.meta.total_pages > most) throw new Skip(`GET ${path} has more than ${most} pages`);
    if (page.items.length === 0 && pages.length > 0) break; // it says that there are more, for ever
    pages.push(page);
  } while (pages.length < (pages[0]?.meta.total_pages ?? 0));
  return pages;
}

/** What all pages of a list hold. */
export async function readAll<T>(caller: Caller, path: string, query: Query, most = MOST_PAGES): Promise<T[]> {
  return (await readPages<T>(caller, path, query, most)).flatMap((page) => page.items);
}

export function queryString(query: Query): string {
  return new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])).toString();
}
