import { MOST_PER_PAGE } from "../../../limits";
import { type Entry, expectSame, expectSameIds, expectThat, inWords } from "../../expect";
import type { Law } from "../../law";
import { type List, lists } from "./lists";

export const PER_PAGE = 3;

export const law12: Law = {
  number: 12,
  title: "the pages of a list hold each entry once",
  broken: "the pages of a list overlap, or leave entries out",
  operation: "listChats",
  clause: "#/components/parameters/Page",
  requests: 15,
  async check(context) {
    for (const list of await lists(context, PER_PAGE + 1)) await expectPartition(list);
  },
};

/** Reads the first pages and the last ones, which is all of a short list. */
async function expectPartition({ name, first, total, page: read }: List): Promise<void> {
  const isShort = first.length < MOST_PER_PAGE; // whatever its total says, which is another law
  const last = Math.ceil((isShort ? first.length : total) / PER_PAGE);
  const beginning = [1, 2, 3].filter((number) => number <= last);
  const end = [last - 1, last].filter((number) => number > beginning.length);

  const pageOf = new Map<number, number>();
  const entriesOf = async (numbers: readonly number[]): Promise<Entry[]> => {
    const entries: Entry[] = [];
    for (const number of numbers) {
      const { items } = await read({ per_page: PER_PAGE, page: number });
      const what = `page ${number} of ${name}, ${PER_PAGE} entries each`;
      for (const { id } of items) {
        expectThat(!pageOf.has(id), what, {
          expected: inWords`no entry of page ${pageOf.get(id)}`,
          received: inWords`entry ${id}`,
          reason: `pages of ${name} overlap`,
        });
        pageOf.set(id, number);
      }
      if (number < last) expectSame(items.length, PER_PAGE, `how many entries are on ${what}`, `pages of ${name} are not full`);
      entries.push(...items);
    }
    return entries;
  };
  const what = `${name} by pages of ${PER_PAGE} and of ${MOST_PER_PAGE}`;
  const reasons = {
    more: `pages of ${name} have entries that are not on a longer page`,
    fewer: `pages of ${name} leave entries out`,
  };
  expectSameIds(await entriesOf(beginning), first.slice(0, beginning.length * PER_PAGE), `the first of ${what}`, reasons);
  const ending = await entriesOf(end);
  if (isShort && end.length > 0)
    expectSameIds(ending, first.slice((last - end.length) * PER_PAGE), `the last of ${what}`, reasons);
}
