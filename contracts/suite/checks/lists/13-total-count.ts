import { MOST_PER_PAGE } from "../../../limits";
import type { Random } from "../../../random";
import { expectSame, idsOf, type ListEntry } from "../../expect";
import type { Law } from "../../law";
import { UnexpectedStatus } from "../../law-errors";
import { PER_PAGE } from "./12-pages-hold-each-entry-once";
import { type List, lists } from "./lists";

export const law13: Law = {
  number: 13,
  title: "total_count is how many entries the pages hold",
  broken: "total_count is not how many entries the pages hold",
  operation: "listChats",
  isAboutEachList: true,
  isAboutPaging: true,
  clause: "#/components/schemas/PageMeta/properties/total_count",
  requests: 12,
  async check(context) {
    for (const list of await lists(context, 1)) {
      if (list.total > MOST_PER_PAGE) await expectTrueOfLong(list);
      else await expectTrueOfShort(list);
      await expectSameOfOtherSizes(list, context.random);
    }
  },
};

/** A size of pages that is less than all, where there is one, and not that of another law, whose pages were read. */
function anotherSize(total: number, random: Random): number {
  const size = random.between(1, Math.max(1, Math.min(total, MOST_PER_PAGE) - 2));
  return size < PER_PAGE ? size : size + 1;
}

/** All entries are on the first page. */
async function expectTrueOfShort(list: List): Promise<void> {
  const { name, first, total } = list;
  expectSame(total, countOf(first), `total_count of ${name}, and how many entries there are`);
  if (total === MOST_PER_PAGE) await expectNothingMore(list, 2, first);
}

async function expectSameOfOtherSizes({ name, total, page }: List, random: Random): Promise<void> {
  for (const per_page of [PER_PAGE, anotherSize(total, random)]) {
    const { meta } = await page({ per_page, page: 1 });
    expectSame(meta.total_count, total, `total_count of ${name} with per_page=${per_page}, and with per_page=${MOST_PER_PAGE}`);
  }
}

/** Of more than two pages, the first and the last are read. */
async function expectTrueOfLong(list: List): Promise<void> {
  const { name, first, total, page } = list;
  const pages = Math.ceil(total / MOST_PER_PAGE);
  const { items, meta } = await page({ per_page: MOST_PER_PAGE, page: pages });
  expectSame(meta.total_count, total, `total_count of ${name} on page ${pages}, and on page 1`);
  const read = [...first, ...items];
  const unread = MOST_PER_PAGE * Math.max(0, pages - 2);
  expectSame(total, countOf(read) + unread, `total_count of ${name}, and how many entries ${pages} pages hold`);
  await expectNothingMore(list, pages + 1, read);
}

/** What is past the end is only assumed: an empty page, a refusal or a page that was there already. It is nothing new. */
async function expectNothingMore({ name, pageOrRefusal }: List, page: number, read: readonly ListEntry[]): Promise<void> {
  const past = await pageOrRefusal({ per_page: MOST_PER_PAGE, page });
  const ids = new Set(idsOf(read));
  const more = past instanceof UnexpectedStatus ? [] : idsOf(past.items).filter((id) => !ids.has(id));
  expectSame(more, [], `the ids of more entries of ${name} than total_count says`);
}

function countOf(entries: readonly ListEntry[]): number {
  return new Set(idsOf(entries)).size;
}
