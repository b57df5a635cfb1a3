import type { Random } from "../../../random";
import { expectSame } from "../../expect";
import type { Law } from "../../law";
import { lists } from "./lists";

export const law14: Law = {
  number: 14,
  title: "total_pages is total_count by per_page, rounded up",
  broken: "the counters of a page contradict each other, or what was asked for",
  operation: "listChats",
  isAboutEachList: true,
  isAboutPaging: true,
  clause: "#/components/schemas/PageMeta/properties/total_pages",
  requests: 6,
  async check(context) {
    for (const list of await lists(context, 2)) {
      for (const per_page of [evenly(list.total, context.random), unevenly(list.total, context.random)]) {
        const page = Math.min(2, Math.ceil(list.total / per_page));
        const { meta } = await list.page({ per_page, page });
        const { total_count } = meta;
        const expected = { page, per_page, total_pages: Math.ceil(total_count / per_page), total_count };
        const what = `the counters of page ${page} of ${list.name}, ${per_page} entries each`;
        const isCounted = meta.total_pages === expected.total_pages;
        const reason = isCounted ? "a page tells otherwise than was asked for" : "total_pages is not total_count by per_page";
        expectSame(meta, expected, what, `${reason}, in ${list.name}`);
      }
    }
  },
};

/** A size of pages that leaves nothing over. */
function evenly(total: number, random: Random): number {
  return random.of(sizes.filter((size) => total % size === 0));
}

/** A size of pages that leaves a shorter one over. */
function unevenly(total: number, random: Random): number {
  const some = sizes.filter((size) => total % size !== 0);
  const several = some.filter((size) => size < total);
  return random.of(several.length > 0 ? several : some);
}

const sizes = Array.from({ length: 100 }, (_, i) => i + 1);
