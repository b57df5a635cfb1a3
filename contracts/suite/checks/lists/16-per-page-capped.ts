import { expectThat } from "../../expect";
import type { Law } from "../../law";
import { inWords, UnexpectedStatus } from "../../law-errors";
import { lists } from "./lists";

export const law16: Law = {
  number: 16,
  title: "a page holds at most 100 entries, whatever is asked for",
  broken: "a page may hold more than 100 entries",
  operation: "listChats",
  isAboutEachList: true,
  isAboutPaging: true,
  clause: "#/components/parameters/PerPage",
  requests: 3,
  async check(context) {
    for (const { name, pageOrRefusal } of await lists(context, 1)) {
      const page = await pageOrRefusal({ per_page: 500 });
      if (page instanceof UnexpectedStatus) continue;
      const { items, meta } = page;
      const what = `${name} with per_page=500`;
      expectThat(meta.per_page <= 100, `per_page of ${what}`, { expected: inWords`100 at most`, received: meta.per_page });
      expectThat(items.length <= meta.per_page, `how many entries are on a page of ${what}`, {
        expected: inWords`${meta.per_page} at most`,
        received: items.length,
      });
    }
  },
};
