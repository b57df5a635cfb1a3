import { isIdField } from "./id-field";
import { privateFields } from "./private-fields";

const LONGEST_COUNT = 9;
const LONGEST_OTHER = 6;
const COUNTS = new Set([
  "file_size",
  "message_count",
  "total_count",
  "total_pages",
  "page",
  "per_page",
  "current_page",
  "delivery_attempts",
  "response_rate",
  "duration",
]);

/** Whether a number is somebody's. Ids and counts are not, and small ones are nothing else. `trail` is the fields on the way to it. */
export function isPrivateNumber(value: number, trail: readonly string[]): boolean {
  const field = trail.at(-1) ?? "";
  if (privateFields.get(field) === "NUMBER") return true;
  const size = Math.abs(value);
  if (isIdField(field) || COUNTS.has(field)) return String(Math.trunc(size)).length > LONGEST_COUNT;
  return String(size).replaceAll(/\D/g, "").length > LONGEST_OTHER;
}
