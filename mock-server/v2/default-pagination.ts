import { observedInstead } from "../../contracts/generated/v2/observed";
import type { Pagination } from "../world/settings";

/** What is done with pages that cannot be, unless told otherwise: what the vendor was seen to do, or else what is assumed. */
export const DEFAULT_PAGINATION: Pagination = observedInstead["A-page-invalid"] === "clamped" ? "clamp" : "refuse";
