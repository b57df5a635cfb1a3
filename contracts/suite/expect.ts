import { isDeepStrictEqual } from "node:util";
import { operations } from "../generated/v2/operations";
import type { ApiContact } from "./api";
import { Broken, Skip } from "./errors";
import type { RecordedExchange } from "./report";

/** @throws Broken at the first place where two values differ */
export function expectSame(received: unknown, expected: unknown, what: string): void {
  const difference = firstDifference(received, expected, "");
  if (difference) throw new Broken({ what, ...difference });
}

/** @throws Broken when a condition does not hold; `expected` and `received` are what to show */
export function expectThat(
  condition: boolean,
  what: string,
  { expected, received, pointer = "" }: { expected: unknown; received: unknown; pointer?: string },
): void {
  if (!condition) throw new Broken({ what, pointer, expected, received });
}

/** @throws Broken when an answer has none of the statuses, or of the class: `4xx` */
export function expectStatus({ request, response }: RecordedExchange, expected: number | "4xx", what?: string): void {
  const { status } = response;
  if (expected === "4xx" ? status >= 400 && status < 500 : status === expected) return;
  const [path] = request.path.split("?");
  throw new Broken({ what: what ?? `the status of ${request.method} ${path}`, pointer: "status", expected, received: status });
}

function firstDifference(received: unknown, expected: unknown, pointer: string): Difference | undefined {
  if (isDeepStrictEqual(received, expected)) return undefined;
  if (isContainer(received) && isContainer(expected) && Array.isArray(received) === Array.isArray(expected)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(received)])) {
      const found = firstDifference(received[key], expected[key], `${pointer}/${key}`);
      if (found) return found;
    }
  }
  return { pointer, expected, received };
}

interface Difference {
  readonly pointer: string;
  readonly expected: unknown;
  readonly received: unknown;
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

interface IdentifiedEntry {
  readonly id: number;
}

/** Compares lists in whatever order. @throws Broken when one has an entry that the other has not, or has it more often */
export function expectSameIds(received: readonly IdentifiedEntry[], expected: readonly IdentifiedEntry[], what: string): void {
  const wanted = new Set(idsOf(expected));
  const missing = new Set(wanted);
  for (const id of idsOf(received)) {
    if (missing.delete(id)) continue;
    throw new Broken({
      what,
      pointer: "",
      expected: wanted.has(id) ? `entry ${id} once` : `no entry ${id}`,
      received: `entry ${id}`,
    });
  }
  const [id] = missing;
  if (id !== undefined)
    throw new Broken({ what, pointer: "", expected: `entry ${id} among others`, received: idsOf(received) });
}

function idsOf(entries: readonly IdentifiedEntry[]): number[] {
  return entries.map(({ id }) => id);
}

/**
 * Compares what was found with the contact that was looked for. Which of several is found is only assumed.
 *
 * @throws Broken when it is another one or none, Skip when it is another one with the same e-mail address or number
 */
export function expectContact(found: ApiContact | null, contact: ApiContact, what: string): void {
  const isTwin =
    found !== null && found.id !== contact.id && (shares(found, contact, "email") || shares(found, contact, "phone_number"));
  if (isTwin) throw new Skip(`contacts ${contact.id} and ${found.id} have the same e-mail address or number`);
  expectSame(found, contact, what);
}

function shares(one: ApiContact, other: ApiContact, field: "email" | "phone_number"): boolean {
  return one[field] !== null && one[field]?.toLowerCase() === other[field]?.toLowerCase();
}

/** How each envelope is told from the other. */
const ENVELOPES = {
  Error: { looks: '{"errors": [{"status": ..., ...}]}', is: ({ errors }) => isFilled(errors) && errors.every(isRecord) },
  StandardError: { looks: '{"status": "error", ...}', is: ({ status }) => status === "error" },
} as const satisfies Record<string, Envelope>;

interface Envelope {
  /** For people. */
  readonly looks: string;
  is(body: Fields): boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** @throws Broken when a refusal does not come in the envelope of its operation's group */
export function expectEnvelope({ operation, response: { status, body } }: RecordedExchange): void {
  const { looks, is } = ENVELOPES[operations[operation].envelope];
  expectThat(isRecord(body) && is(body), `the envelope of ${operation} ${status}`, { expected: looks, received: body });
}

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isFilled(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0;
}
