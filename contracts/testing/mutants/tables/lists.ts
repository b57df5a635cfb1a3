import { readAll, readPages } from "../../../suite/api";
import type { Answer, Mutant, MutantContext } from "../mutant";

/** Defects of lists that have pages. */
export const listMutants: readonly Mutant[] = [
  {
    name: "a page of contacts begins with the last entry of the page before",
    caughtBy: "law-12",
    answer: { listContacts: sliceOfAll((page, size) => [(page - 1) * (size - 1), (page - 1) * (size - 1) + size]) },
  },
  {
    name: "a page of chats leaves out the entry that it should begin with, unless it is the first",
    caughtBy: "law-12",
    answer: {
      listChats: sliceOfAll((page, size) => [(page - 1) * (size + 1), (page - 1) * (size + 1) + size]),
    },
  },
  {
    name: "the last entry of a list is on no page",
    caughtBy: "law-13",
    answer: {
      listContacts: ({ body: { contacts, pagination } }) => {
        if (pagination.current_page === pagination.total_pages) contacts.pop();
      },
    },
  },
  {
    name: "total_count of the contacts counts one that was deleted",
    caughtBy: "law-13",
    answer: {
      listContacts: ({ body: { pagination } }) => {
        pagination.total_count += 1;
        pagination.total_pages = Math.ceil(pagination.total_count / pagination.per_page);
      },
    },
  },
  {
    name: "total_count is one too many on pages of most sizes",
    caughtBy: "law-13",
    answer: {
      listContacts: ({ body: { pagination } }) => {
        if (isUsual(pagination.per_page)) return;
        pagination.total_count += 1;
        pagination.total_pages = Math.ceil(pagination.total_count / pagination.per_page);
      },
    },
  },
  {
    name: "total_pages is one too many on pages of most sizes",
    caughtBy: "law-14",
    answer: {
      listContacts: ({ body: { pagination } }) => {
        if (!isUsual(pagination.per_page)) pagination.total_pages += 1;
      },
    },
  },
  {
    name: "total_pages is one too many where the last page is full",
    caughtBy: "law-14",
    answer: {
      listContacts: ({ body: { pagination } }) => {
        pagination.total_pages = Math.floor(pagination.total_count / pagination.per_page) + 1;
      },
    },
  },
  {
    name: "total_pages does not count a last page that is not full",
    caughtBy: "law-14",
    answer: {
      listMessages: ({ body: { meta } }) => {
        meta.total_pages = Math.floor(meta.total_count / meta.per_page);
      },
    },
  },
  {
    name: "a page past the end is the last page again",
    caughtBy: "law-15",
    answer: {
      listMessages: async ({ body }, { request, healthy }) => {
        if (body.meta.page <= body.meta.total_pages) return;
        const { page: _, per_page, ...query } = Object.fromEntries(request.query);
        body.data = (await readAll<never>(healthy, request.path, query)).slice(-Number(per_page ?? 25));
      },
    },
  },
  {
    name: "a page past the end tells that there is nothing at all",
    caughtBy: "law-15",
    answer: {
      listContacts: ({ body: { contacts, pagination } }) => {
        if (contacts.length === 0) Object.assign(pagination, { total_count: 0, total_pages: 0 });
      },
    },
  },
  {
    name: "as many contacts are served as are asked for",
    caughtBy: "law-16",
    answer: {
      listContacts: async (answer, context) => {
        const size = Number(context.request.query.get("per_page") ?? 0);
        if (size > 100) await sliceOfAll(() => [0, size])(answer, context);
      },
    },
  },
  {
    name: "a page of contacts that is too long is a server error",
    caughtBy: "law-16",
    instead: {
      listContacts: ({ query }) =>
        Number(query.get("per_page") ?? 0) > 100
          ? {
              status: 500,
              headers: {},
              body: { status: "error", error_code: "INTERNAL_ERROR", message: "Internal error", errors: ["Statement timeout"] },
            }
          : undefined,
    },
  },
  {
    name: "a page of messages holds 20 where nothing is asked for",
    caughtBy: "law-17",
    request: {
      listMessages: ({ query }) => {
        if (!query.has("per_page")) query.set("per_page", "20");
      },
    },
  },
  {
    name: "the page that is given where none is asked for is the last",
    caughtBy: "law-17",
    request: {
      listContacts: async ({ query }, { healthy }) => {
        if (query.has("page") || query.has("per_page")) return;
        const total = (await readAll(healthy, "/contacts", { per_page: 100 })).length;
        query.set("page", String(Math.ceil(total / 25)));
      },
    },
  },
];

type ListBody = { data: unknown[] } | { contacts: unknown[] };

/** Lets a page that is there begin, and end, at other positions of its list than it should. */
function sliceOfAll(
  range: (page: number, perPage: number) => readonly [start: number, end: number],
): (answer: Answer<ListBody>, context: MutantContext) => Promise<void> {
  return async ({ body }, { request, healthy }) => {
    const [name, items] = Object.entries(body)[0] as [string, unknown[]];
    if (items.length === 0) return;
    const { page, per_page, ...query } = Object.fromEntries(request.query);
    const pages = await readPages(healthy, request.path, { ...query, per_page: 100 });
    const all = pages.flatMap((one) => one.items);
    Object.assign(body, { [name]: all.slice(...range(Number(page ?? 1), Math.min(Number(per_page ?? 25), 100))) });
  };
}

/** The sizes that other laws ask for, too. */
function isUsual(size: number): boolean {
  return [3, 25, 100].includes(size);
}
