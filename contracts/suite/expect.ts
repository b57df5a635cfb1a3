import { isRecord } from "../exchange";
import { operations } from "../generated/v2/operations";
import type { components } from "../generated/v2/types";
import { parseTimestamp } from "../timestamps";
import { differencesIn, unsigned } from "./differences";
import { judgedAs } from "./known-fields";
import { type BreakOptions, Broken, type ComparedSources, Incomparable, inWords, Skip, statusReason } from "./law-errors";
import type { RecordedExchange } from "./report";

/**
 * `reason` is what the server does then, where the law's own sentence would not tell; `between` says of two answers where they came
 * from, when neither is known to be right.
 *
 * Differences in what both say come before those in how they say it: whether nothing is null or empty, and how a time is written, is
 * only assumed. Fields that only one of them has are none, nor are the queries of files' addresses.
 *
 * @throws Broken where two values differ
 */
export function expectSame(
  received: unknown,
  expected: unknown,
  what: string,
  reason?: string,
  between?: ComparedSources,
): void {
  const differences = [...differencesIn(unsigned(received), unsigned(expected), "")];
  const difference = differences.find(({ assumptions }) => assumptions.length === 0) ?? differences[0];
  if (!difference) return;
  const { assumptions, ...evidence } = difference;
  throw new Broken({ what, ...evidence, ...(between && { between }) }, { assumptions, reason });
}

interface Comparison extends Pick<BreakOptions, "reason"> {
  readonly expected: unknown;
  readonly received: unknown;
  readonly pointer?: string;
}

/** @throws Broken when a condition does not hold; `expected` and `received` are what to show */
export function expectThat(condition: boolean, what: string, { reason, pointer = "", ...sides }: Comparison): void {
  if (!condition) throw new Broken({ what, pointer, ...sides }, { reason });
}

/**
 * `whenTaken` is what the server does that answers 2xx all the same. A success that stands for the expected one is told with its shape.
 *
 * @throws Broken when an answer has another status, or none of the class: `4xx`
 */
export function expectStatus(exchange: RecordedExchange, expected: number | "4xx", what?: string, whenTaken?: string): void {
  const { request, response } = exchange;
  const { status } = response;
  if (expected === "4xx" ? isRefusal(status) : isAnswered(exchange, expected)) return;
  const [path] = request.path.split("?");
  const evidence = { what: what ?? `the status of ${request.method} ${path}`, pointer: "status", expected, received: status };
  throw new Broken(evidence, { exchange, reason: status < 300 ? whenTaken : statusReason(exchange, expected) });
}

/** Whether an answer has this status, or a success that nothing declares in its place. */
export function isAnswered({ operation, response }: RecordedExchange, status: number): boolean {
  return judgedAs(response.status, operations[operation].statuses) === status;
}

export function isRefusal(status: number): boolean {
  return status >= 400 && status < 500;
}

/** What any list holds. */
export interface ListEntry {
  readonly id: number;
}

/** What the server does that lists an entry too much, and what it does that leaves one out. */
interface ListReasons {
  readonly more: string;
  readonly fewer: string;
}

/** Compares lists in whatever order. @throws Broken when one has an entry that the other has not, or has it more often */
export function expectSameIds(
  received: readonly ListEntry[],
  expected: readonly ListEntry[],
  what: string,
  { more, fewer }: Partial<ListReasons> = {},
): void {
  const wanted = new Set(idsOf(expected));
  const missing = new Set(wanted);
  for (const id of idsOf(received)) {
    const instead = wanted.has(id) ? inWords`entry ${id} once` : inWords`no entry ${id}`;
    expectThat(missing.delete(id), what, { expected: instead, received: inWords`entry ${id}`, reason: more });
  }
  const [id] = missing;
  expectThat(id === undefined, what, { expected: inWords`entry ${id} among others`, received: idsOf(received), reason: fewer });
}

export function idsOf(entries: readonly ListEntry[]): number[] {
  return entries.map(({ id }) => id);
}

type Contact = components["schemas"]["Contact"];

/**
 * Compares what was found with the contact that was looked for, which `source` has shown. Which of several is found is only assumed.
 *
 * @throws Broken when it is another one or none, Skip when it is another one with the same e-mail address or number
 */
export function expectContact(found: Contact | null, contact: Contact, what: string, source: string): void {
  const shares = (field: "email" | "phone_number"): boolean =>
    typeof contact[field] === "string" && found?.[field]?.toLowerCase() === contact[field].toLowerCase();
  if (found && found.id !== contact.id && (shares("email") || shares("phone_number"))) {
    throw new Skip(`contacts ${contact.id} and ${found.id} have the same e-mail address or number`);
  }
  const isIt = found?.id === contact.id;
  const reason = `Find Contact and ${source} show the same contact differently`;
  if (isIt) expectSame(found, contact, what, reason, ["Find Contact", source]);
  expectThat(isIt, what, { expected: contact, received: found });
}

/** @throws Broken when a refusal does not come in the envelope of its operation's group; a 401 may be an Error everywhere */
export function expectEnvelope({ operation, response: { status, body } }: RecordedExchange): void {
  const { errors, status: word } = isRecord(body) ? body : {};
  const isError = Array.isArray(errors) && errors.length > 0 && errors.every(isRecord);
  const [expected, isRight] =
    operations[operation].envelope === "Error"
      ? [inWords`{"errors": [{"status": ..., ...}]}`, isError]
      : [inWords`{"status": "error", ...}`, word === "error" || (status === 401 && isError)];
  const reason = `${operations[operation].title} answers ${status} in another envelope`;
  expectThat(isRight, `the envelope of ${operation} ${status}`, { expected, received: body, reason });
}

/** A time of something that a law compares, in ms since 1970. `what` is for people: `a message`. @throws Incomparable where it has none */
export function momentOf(thing: object, field: string, what: string): number {
  const written: unknown = Reflect.get(thing, field);
  if (written === undefined || written === null) throw new Incomparable(`${what} has no \`${field}\`, by which it is judged`);
  const moment = typeof written === "string" ? parseTimestamp(written) : Number.NaN;
  if (Number.isNaN(moment)) throw new Incomparable(`\`${field}\` of ${what} is no time, and it is judged by that`);
  return moment;
}
