import { isRecord } from "../exchange";
import { operations } from "../generated/v2/operations";
import { MOST_PER_PAGE } from "../limits";
import type { RecordedExchange } from "./report";

/** The cause of whatever follows from pages that hold more entries than were asked for. */
export const OVERFULL = "pages hold more entries than were asked for";

const USUAL = 25;

/** Whether an answer is a page of a list with more entries than were asked for. */
export function isOverfull({ operation, request, response }: RecordedExchange): boolean {
  if (!("per_page" in operations[operation].query) || !isRecord(response.body)) return false;
  const entries = Object.values(response.body).find(Array.isArray);
  const asked = new URLSearchParams(request.path.split("?")[1]).get("per_page");
  return entries !== undefined && entries.length > Math.min(Number(asked ?? USUAL), MOST_PER_PAGE);
}
