import { parseTimestamp } from "../timestamps";
import { Inconclusive } from "./expect";

/** A law goes by a field that an answer does not have, or has as something else: what is wrong with that is told with its shape. */
export class Incomparable extends Inconclusive {}

/** A time of something that a law compares, in ms since 1970. `what` is for people: `a message`. @throws Incomparable where it has none */
export function momentOf(thing: object, field: string, what: string): number {
  const written: unknown = Reflect.get(thing, field);
  if (written === undefined || written === null) throw new Incomparable(`${what} has no \`${field}\`, by which it is judged`);
  const moment = typeof written === "string" ? parseTimestamp(written) : Number.NaN;
  if (Number.isNaN(moment)) throw new Incomparable(`\`${field}\` of ${what} is no time, and it is judged by that`);
  return moment;
}
