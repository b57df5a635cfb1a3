import { isFieldName, isIdField, markOf } from "./privacy-marks";

/** A value of a body and the fields that lead to it, lists left out; a list in a list is a field without a name. */
export type Trail = readonly string[];

export const DEEPEST_JSON = 100;
/** How many digits an id, or another number that is nobody's, has at most. */
export const LONGEST_ID = 9;
const LONGEST_OTHER = 6;

/** Calls for each value that is neither list nor object, with the fields that lead to it, and for each name of a field that is private. */
export function visit(body: unknown, trail: Trail, see: (value: unknown, trail: Trail) => void): void {
  if (typeof body !== "object" || body === null) return see(body, trail);
  if (trail.length > DEEPEST_JSON) return;
  if (Array.isArray(body)) {
    for (const entry of body) visit(entry, Array.isArray(entry) ? [...trail, ""] : trail, see);
    return;
  }
  for (const [key, child] of Object.entries(body)) {
    if (!isFieldName(key)) see(key, [...trail, key]);
    visit(child, [...trail, key], see);
  }
}

/** Ids and counts are not, and other numbers that are small are nothing else. Where the contract marks the field, a fraction is a place on earth. */
export function isPrivateNumber(value: number | bigint, trail: Trail): boolean {
  const mark = markOf(trail);
  if (mark === "phone" || (mark !== "public" && mark !== "unknown" && !Number.isInteger(Number(value)))) return true;
  const digits = String(value).replaceAll(/\D/g, "").length;
  return digits > (mark === "public" || isIdField(trail.at(-1) ?? "") ? LONGEST_ID : LONGEST_OTHER);
}

export function isShortId(text: string, trail: Trail): boolean {
  return isIdField(trail.at(-1) ?? "") && /^\d+$/.test(text) && text.length <= LONGEST_ID;
}
