import { MOST_PER_PAGE } from "../../../limits";
import { expectSame, expectThat, idsOf, type ListEntry } from "../../expect";
import type { Law } from "../../law";
import { Broken, inWords } from "../../law-errors";
import { type List, lists } from "./lists";

export const PER_PAGE = 3;

export const law12: Law = {
  number: 12,
  title: "the pages of a list hold each entry once",
  broken: "the pages of a list overlap, or leave entries out",
  operation: "listChats",
  isAboutEachList: true,
  isAboutPaging: true,
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
  const entriesOf = async (numbers: readonly number[]): Promise<ListEntry[]> => {
    const entries: ListEntry[] = [];
    for (const number of numbers) {
      const { items } = await read({ per_page: PER_PAGE, page: number });
      const what = `page ${number} of ${name}, ${PER_PAGE} entries each`;
      if (items.length > PER_PAGE) {
        const next = number < last ? (await read({ per_page: PER_PAGE, page: number + 1 })).items : [];
        throw overfull(name, what, items, next);
      }
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
  const all = isShort ? first : undefined;
  const pages = end.length === 0 ? "all" : `the first ${beginning.length}`;
  expectSlice(await entriesOf(beginning), first.slice(0, beginning.length * PER_PAGE), { name, pages, all });
  const ending = await entriesOf(end);
  if (all && end.length > 0)
    expectSlice(ending, first.slice((last - end.length) * PER_PAGE), { name, pages: `the last ${end.length}`, all });
}

/** That a page holds more than was asked for, and whether what is too much comes again on the next. */
function overfull(name: string, what: string, items: readonly ListEntry[], next: readonly ListEntry[]): Broken {
  const twice = idsOf(items).filter((id) => idsOf(next).includes(id));
  const again =
    twice.length > 0 ? `, of which ${entries(twice)} ${twice.length === 1 ? "comes" : "come"} again on the next` : "";
  const sides = { expected: PER_PAGE, received: inWords`${items.length}${again}` };
  const reason = `pages of ${name} hold more entries than were asked for${twice.length > 0 ? ", and the same ones twice" : ""}`;
  return new Broken({ what: `how many entries are on ${what}`, pointer: "", ...sides }, { reason });
}

/** Pages, and the list: all of it, where it is known. */
interface Slice {
  readonly name: string;
  readonly pages: string;
  readonly all: readonly ListEntry[] | undefined;
}

/** What pages leave out comes first: what they have instead follows from it. */
function expectSlice(received: readonly ListEntry[], expected: readonly ListEntry[], { name, pages, all }: Slice): void {
  const what = `${pages} pages of ${name}, ${PER_PAGE} entries each`;
  const [shown, wanted, known] = [received, expected, all ?? []].map((entries) => new Set(idsOf(entries)));
  const missing = [...(wanted ?? [])].filter((id) => !shown?.has(id));
  const longer = `the page of ${MOST_PER_PAGE}`;
  if (missing.length > 0) {
    const sides = {
      expected: inWords`${longer} has them`,
      received: inWords`they skip ${entries(missing)}`,
    };
    throw new Broken({ what, pointer: "", ...sides }, { reason: `pages of ${name} leave entries out` });
  }
  const more = [...(shown ?? [])].filter((id) => all && !known?.has(id));
  if (more.length === 0) return;
  const sides = {
    expected: inWords`${longer}, which holds all, has none of them`,
    received: inWords`they have ${entries(more)}`,
  };
  throw new Broken({ what, pointer: "", ...sides }, { reason: `pages of ${name} have entries that are not on a longer page` });
}

function entries(ids: readonly number[]): string {
  return `${ids.length === 1 ? "entry" : "entries"} ${ids.join(", ")}`;
}
