import type { components } from "../../contracts/generated/types";

type PageMeta = components["schemas"]["PageMeta"];

const DEFAULT_PER_PAGE = 25;
const MAX_PER_PAGE = 100;

/** One page of ids, and the `meta` that describes it. `per_page` above 100 is served as 100 (A-page-invalid). */
export function pageOf(
  ids: readonly number[],
  query: { page?: number; per_page?: number },
): { ids: readonly number[]; meta: PageMeta } {
  const page = query.page ?? 1;
  const perPage = Math.min(query.per_page ?? DEFAULT_PER_PAGE, MAX_PER_PAGE);
  const start = (page - 1) * perPage;
  return {
    ids: ids.slice(start, start + perPage),
    meta: { page, total_pages: Math.ceil(ids.length / perPage), total_count: ids.length, per_page: perPage },
  };
}
