import fc from "fast-check";
import { type Api, apiOf } from "./api";
import { type Query, queryString, readAll, readPage, readPages } from "./paging";
import { startTarget, type Target } from "./target";

/* What must hold of every list that has pages. */

interface Item {
  readonly id: number;
}

interface List {
  readonly path: string;
  readonly query: Query;
  readonly items: readonly Item[];
}

let target: Target;
let api: Api;
let lists: List[];

beforeAll(async () => {
  target = await startTarget();
  api = apiOf(target);
  const whole = async (path: string, query: Query = {}): Promise<List> => {
    return { path, query, items: await readAll<Item>(api, path, { ...query, per_page: 100 }) };
  };
  const chats = await api.list(target.line);
  const longest = chats.toSorted((a, b) => b.message_count - a.message_count).slice(0, 3);
  lists = await Promise.all([
    whole("/chats", { phone_number: target.line }),
    whole("/contacts"),
    ...longest.map(({ id }) => whole(`/chats/${id}/chat_messages`)),
  ]);
});

afterAll(() => target.stop());

const RUNS = { numRuns: 20 };

/** A list, and the size of its pages; three among them for each list. */
function listAndSize(): fc.Arbitrary<[List, number]> {
  return fc.tuple(fc.constantFrom(...lists), fc.oneof(fc.integer({ min: 2, max: 100 }), fc.constantFrom(3, 25, 100)));
}

function threesOfAll(): [[List, number]][] {
  return lists.map((list) => [[list, 3]]);
}

test("the lists are long enough for the laws to mean something", () => {
  for (const { items } of lists) expect(items.length).toBeGreaterThan(6);
  expect(lists.some(({ items }) => items.length > 100)).toBe(true);
});

test("law 12: pages partition", () =>
  fc.assert(
    fc.asyncProperty(listAndSize(), async ([{ path, query, items }, per_page]) => {
      const collected = await readAll<Item>(api, path, { ...query, per_page });
      expect(collected).toEqual(items);
      expect(new Set(collected.map(({ id }) => id)).size).toBe(collected.length);
    }),
    { ...RUNS, examples: threesOfAll() },
  ));

test("law 13: total_count is true", () =>
  fc.assert(
    fc.asyncProperty(listAndSize(), async ([{ path, query }, per_page]) => {
      const pages = await readPages<Item>(api, path, { ...query, per_page });
      const ids = new Set(pages.flatMap((page) => page.items.map(({ id }) => id)));
      for (const { meta } of pages) expect(meta.total_count).toBe(ids.size);
    }),
    { ...RUNS, examples: threesOfAll() },
  ));

test("law 14: total_pages follows from total_count and per_page", () =>
  fc.assert(
    fc.asyncProperty(listAndSize(), fc.integer({ min: 1, max: 5 }), async ([{ path, query }, per_page], page) => {
      const { meta } = await readPage<Item>(api, path, { ...query, per_page, page });
      expect(meta).toEqual({
        page,
        per_page,
        total_count: meta.total_count,
        total_pages: Math.ceil(meta.total_count / per_page),
      });
    }),
    RUNS,
  ));

test("law 15: a page past the end is empty and knows the same total", () =>
  fc.assert(
    fc.asyncProperty(listAndSize(), async ([{ path, query }, per_page]) => {
      const first = await readPage<Item>(api, path, { ...query, per_page });
      const past = await readPage<Item>(api, path, { ...query, per_page, page: first.meta.total_pages + 1 });
      expect(past.items).toEqual([]);
      expect(past.meta.total_count).toBe(first.meta.total_count);
    }),
    { ...RUNS, examples: threesOfAll() },
  ));

test("law 16: per_page is capped", async () => {
  for (const { path, query, items } of lists) {
    const asked = { ...query, per_page: 500 };
    const { status } = await api.request("GET", `${path}?${queryString(asked)}`);
    if (status >= 400 && status < 500) continue;
    const page = await readPage<Item>(api, path, asked);
    expect(page.meta.per_page).toBeLessThanOrEqual(100);
    expect(page.items).toEqual(items.slice(0, page.meta.per_page));
  }
});

test("law 17: the defaults are page 1 and 25 entries", async () => {
  for (const { path, query, items } of lists) {
    const page = await readPage<Item>(api, path, query);
    expect(page.meta).toMatchObject({ page: 1, per_page: 25 });
    expect(page.items).toEqual(items.slice(0, 25));
  }
});
