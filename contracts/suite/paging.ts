import type { components } from "../generated/types";
import type { Caller } from "./caller";

type Schemas = components["schemas"];

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

/** The pages of a list, from the first to the last that it says it has. */
export async function readPages<T>(caller: Caller, path: string, query: Query): Promise<Page<T>[]> {
  const pages: Page<T>[] = [];
  do pages.push(await readPage<T>(caller, path, { ...query, page: pages.length + 1 }));
  while (pages.length < (pages[0]?.meta.total_pages ?? 0));
  return pages;
}

/** What all pages of a list hold. */
export async function readAll<T>(caller: Caller, path: string, query: Query): Promise<T[]> {
  return (await readPages<T>(caller, path, query)).flatMap((page) => page.items);
}

export function queryString(query: Query): string {
  return new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])).toString();
}
