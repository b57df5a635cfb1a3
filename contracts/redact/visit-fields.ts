import { isFieldName } from "./marks";

/** A value of a body and the fields that lead to it, lists left out; a list in a list is a field without a name. */
export type Trail = readonly string[];

export const DEEPEST = 100;

/** Calls for each value that is neither list nor object, with the fields that lead to it, and for each name of a field that is private. */
export function visit(body: unknown, trail: Trail, see: (value: unknown, trail: Trail) => void): void {
  if (typeof body !== "object" || body === null) return see(body, trail);
  if (trail.length > DEEPEST) return;
  if (Array.isArray(body)) {
    for (const entry of body) visit(entry, Array.isArray(entry) ? [...trail, ""] : trail, see);
    return;
  }
  for (const [key, child] of Object.entries(body)) {
    if (!isFieldName(key)) see(key, [...trail, key]);
    visit(child, [...trail, key], see);
  }
}
