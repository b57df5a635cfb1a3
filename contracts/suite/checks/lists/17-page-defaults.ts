import { expectSame, expectSameIds } from "../../expect";
import type { Law } from "../../law";
import { lists } from "./lists";

export const law17: Law = {
  number: 17,
  title: "page 1 of 25 entries is what a list gives when nothing is asked for",
  broken: "a list does not give page 1 of 25 entries when nothing is asked for",
  operation: "listChats",
  isAboutEachList: true,
  isAboutPaging: true,
  clause: "#/components/parameters/PerPage/schema/default",
  requests: 3,
  async check(context) {
    for (const { name, first, page } of await lists(context, 1)) {
      const { items, meta } = await page({});
      const counters = { page: meta.page, per_page: meta.per_page };
      expectSame(counters, { page: 1, per_page: 25 }, `the counters of ${name} without page and per_page`);
      expectSameIds(items, first.slice(0, 25), `${name} without page and per_page, and the first 25 entries`);
    }
  },
};
