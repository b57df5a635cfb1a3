import { NO_ID } from "../../../client/guard";
import { operations } from "../../../generated/v2/operations";
import type { Pseudonyms } from "./pseudonyms";

const routeWords = new Set(Object.values(operations).flatMap(({ path }) => path.split("/")));

/** Whether a part of a path is a word of the API, or an id. */
export function isPublicSegment(segment: string, pseudonyms: Pseudonyms): boolean {
  if (routeWords.has(segment)) return true;
  return /^\d{1,10}$/.test(segment) && (segment.length < 10 || Number(segment) === NO_ID) && !pseudonyms.isKnownNumber(segment);
}
