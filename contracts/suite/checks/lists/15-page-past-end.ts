import { expectSame, expectStatus } from "../../expect";
import type { Law } from "../../law";
import { UnexpectedStatus } from "../../law-errors";
import { lists } from "./lists";

const PER_PAGE = 3;

export const law15: Law = {
  number: 15,
  title: "a page past the end is empty, and tells the same total",
  broken: "a page past the end is not empty, or tells another total",
  operation: "listChats",
  isAboutEachList: true,
  isAboutPaging: true,
  clause: "#/components/schemas/PageMeta/properties/page",
  assumptions: ["A-page-past-end"],
  requests: 3,
  async check(context) {
    for (const { name, total, pageOrRefusal } of await lists(context, 1)) {
      const page = Math.ceil(total / PER_PAGE) + 1;
      const past = await pageOrRefusal({ per_page: PER_PAGE, page });
      const what = `page ${page} of ${name}, ${PER_PAGE} entries each`;
      if (past instanceof UnexpectedStatus) return expectStatus(past.exchange, 200, `the status of ${what}`);
      expectSame(past.items, [], `${what}: the entries`, `a page past the end of ${name} is not empty`);
      expectSame(past.meta.total_count, total, `${what}: total_count`, `a page past the end of ${name} tells another total`);
    }
  },
};
