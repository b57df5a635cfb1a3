import { observedInstead } from "../../../contracts/generated/v2/observed";
import type { components } from "../../../contracts/generated/v2/types";
import { MOST_PER_PAGE } from "../../../contracts/limits";
import type { Pagination } from "../../world/settings";

type PageMeta = components["schemas"]["PageMeta"];

const DEFAULT_PER_PAGE = 25;

/** Which of a list's entries a page holds (from `start` to before `end`), and the `meta` that describes it. */
export interface Page {
  readonly start: number;
  readonly end: number;
  readonly meta: PageMeta;
}

/** The page that a query asks for, of a list of `total` entries. `per_page` above 100 is served as 100 (A-page-invalid). */
export function pageOf(total: number, query: { page?: number; per_page?: number }): Page {
  const page = query.page ?? 1;
  const perPage = Math.min(query.per_page ?? DEFAULT_PER_PAGE, MOST_PER_PAGE);
  return {
    start: (page - 1) * perPage,
    end: page * perPage,
    meta: { page, total_pages: Math.ceil(total / perPage), total_count: total, per_page: perPage },
  };
}

/** What is done with pages that cannot be, unless told otherwise: what the vendor was seen to do, or else what is assumed. */
export const DEFAULT_PAGINATION: Pagination = observedInstead["A-page-invalid"] === "clamped" ? "clamp" : "refuse";
