import { isDeepStrictEqual } from "node:util";
import { type Fields, isRecord } from "../exchange";
import { type AssumptionId, operations } from "../generated/v2/operations";
import type { components } from "../generated/v2/types";
import { parseTimestamp } from "../timestamps";
import { judgedAs } from "./known-part";
import type { RecordedExchange } from "./report";

/** What was found, where something else was expected. */
export interface LawEvidence {
  /** What is compared, for people: `find in another order`. */
  readonly what: string;
  /** JSON pointer to the first difference; empty for the whole. */
  readonly pointer: string;
  /** A value, or {@link Words} about it. */
  readonly expected: unknown;
  readonly received: unknown;
  /** Where two answers are compared, of which either may be wrong: what received came from, and what expected did. */
  readonly between?: Sides;
  /** Whether all objects of the kind show it that were seen. */
  readonly everywhere?: true;
  /** Whether it is something that was waited for, by what answers had said, and has not come. */
  readonly awaited?: true;
}

/** The operations that two answers came from, or what else tells them apart. */
export type Sides = readonly [here: string, there: string];

/** What the suite says itself, in the place of a value. It may quote what is private. */
export class Words {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What is to be said, in the place of a value: inWords`100 at most`. */
export function inWords(parts: TemplateStringsArray, ...values: readonly unknown[]): Words {
  return new Words(String.raw({ raw: parts }, ...values));
}

/** Whether a number and a text are the same but for their type: 26 and "26". */
export function isOfTypeAlone({ expected, received }: Pick<LawEvidence, "expected" | "received">): boolean {
  const types = [typeof expected, typeof received];
  return types.includes("number") && types.includes("string") && String(expected) === String(received);
}

interface BreakOptions {
  /** What it rests on that it should hold: none when that is documented or was observed. */
  readonly assumptions?: readonly AssumptionId[];
  /** What the server does, where the law's own sentence would tell of something else. */
  readonly reason?: string | undefined;
  /** What it follows from, where that is not the law's own clause. */
  readonly clause?: string | undefined;
  /** The answer that shows it. Default: the last before. */
  readonly exchange?: RecordedExchange | undefined;
}

/** A law does not hold. */
export class Broken extends Error {
  override readonly name = "Broken";
  readonly evidence: LawEvidence;
  readonly assumptions: readonly AssumptionId[];
  readonly reason: string | undefined;
  readonly clause: string | undefined;
  readonly exchange: RecordedExchange | undefined;
  /** When it was found: what is asked after that cleans up. */
  readonly at: number;

  constructor(
    evidence: LawEvidence,
    { assumptions = [], reason, clause, exchange }: BreakOptions = {},
    at = performance.now(),
  ) {
    super(evidence.what);
    this.evidence = evidence;
    this.assumptions = assumptions;
    this.reason = reason;
    this.clause = clause;
    this.exchange = exchange;
    this.at = at;
  }
}

/**
 * A step of a law that rests on assumptions: what does not hold there contradicts them, and the law ends.
 *
 * @throws Broken with these assumptions, where it throws or rejects with Broken or UnexpectedStatus; else what it throws
 */
export function assuming<T>(ids: readonly AssumptionId[], step: () => T): T {
  const resting = (error: unknown): never => {
    throw error instanceof Broken || error instanceof UnexpectedStatus ? restingOn(ids, error) : error;
  };
  try {
    const result = step();
    return result instanceof Promise ? (result.catch(resting) as T) : result;
  } catch (error) {
    return resting(error);
  }
}

/**
 * Does one thing after the other, though a step contradicts an assumption: it must not hide what is worse.
 *
 * @throws what a step throws, that which only contradicts an assumption last
 */
export async function inTurn(...steps: readonly (() => Promise<void>)[]): Promise<void> {
  let contradiction: Broken | undefined;
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      if (!(error instanceof Broken) || error.assumptions.length === 0) throw error;
      contradiction ??= error;
    }
  }
  if (contradiction) throw contradiction;
}

function restingOn(ids: readonly AssumptionId[], error: Broken | UnexpectedStatus): Broken {
  const { evidence, reason, clause, exchange, at } = error;
  const own = error instanceof Broken && error.assumptions.length > 0 ? error.assumptions : ids;
  return new Broken(evidence, { assumptions: own, reason, clause, exchange }, at);
}

/** A law cannot be asked of this server: there is nothing to ask about, or something was not given. */
export class Skip extends Error {
  override readonly name = "Skip";
}

/** A law was asked, and what came says nothing of it: a limit, a failed connection. */
export class Inconclusive extends Error {
  override readonly name = "Inconclusive";
}

/** The transport did not send a request, because it is not allowed. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** What a law rests on was answered with another status. */
export class UnexpectedStatus extends Error {
  override readonly name = "UnexpectedStatus";
  readonly exchange: RecordedExchange;
  readonly expected: readonly number[];
  readonly clause = undefined;
  readonly at = performance.now();

  constructor(exchange: RecordedExchange, expected: readonly number[]) {
    const { request, response } = exchange;
    super(`${request.method} ${request.path} answered ${response.status}, not ${expected[0]}`);
    this.exchange = exchange;
    this.expected = expected;
  }

  get reason(): string {
    return statusReason(this.exchange, this.expected[0]);
  }

  get evidence(): LawEvidence {
    const { operation, response } = this.exchange;
    return { what: `the status of ${operation}`, pointer: "status", expected: this.expected[0], received: response.status };
  }
}

/** The result of some work; undefined when it ends in an error of this class. */
export async function undefinedIf<T>(type: typeof Skip | typeof Refused, work: Promise<T>): Promise<T | undefined> {
  return work.catch((error: unknown) => {
    if (error instanceof type) return undefined;
    throw error;
  });
}

/**
 * `reason` is what the server does then, where the law's own sentence would not tell; `between` says of two answers where they came
 * from, when neither is known to be right.
 *
 * Differences in what both say come before those in how they say it: whether nothing is null or empty, and how a time is written, is
 * only assumed. Fields that only one of them has are none, nor are the queries of files' addresses.
 *
 * @throws Broken where two values differ
 */
export function expectSame(received: unknown, expected: unknown, what: string, reason?: string, between?: Sides): void {
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

/** What a server does that answers with another status than is expected. */
function statusReason({ operation, response }: RecordedExchange, expected: number | "4xx" | undefined): string {
  return `${operations[operation].title} answers ${response.status}, not ${expected}`;
}

export function isRefusal(status: number): boolean {
  return status >= 400 && status < 500;
}

/** What holds the address of a file, wherever it stands. */
export const ADDRESSES_OF_FILES: ReadonlySet<string> = new Set(["url", "image_url"]);

/** A copy of a value without the queries of files' addresses, which stores that sign them write anew for each reading. */
export function unsigned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unsigned);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => {
    const isAddress = ADDRESSES_OF_FILES.has(key) && typeof inner === "string";
    return [key, isAddress ? inner.replace(/\?.*/s, "") : unsigned(inner)] as const;
  });
  return Object.fromEntries(entries);
}

interface Difference extends Omit<LawEvidence, "what"> {
  readonly assumptions: readonly AssumptionId[];
}

function* differencesIn(received: unknown, expected: unknown, pointer: string): Generator<Difference> {
  if (isDeepStrictEqual(received, expected)) return;
  if (!isContainer(received) || !isContainer(expected) || Array.isArray(received) !== Array.isArray(expected)) {
    yield { pointer, expected, received, assumptions: formOf(received, expected) };
    return;
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(received)])) {
    const [one, other, place] = [received[key], expected[key], `${pointer}/${key}`];
    const isInBoth = key in received && key in expected;
    if (Array.isArray(received)) {
      if (isInBoth) yield* differencesIn(one, other, place);
      else yield { pointer: place, expected: other, received: one, assumptions: [] };
    } else if (isInBoth) {
      // that a field is missing or added is reported with the shape of the answer, once for all
      if (one !== undefined && other !== undefined) yield* differencesIn(one, other, place);
      else yield { pointer: place, expected: other, received: one, assumptions: ["A-always-present"] };
    }
  }
}

/** The assumptions that keep two values from being the same, said in two ways; none when they say two things. */
function formOf(received: unknown, expected: unknown): readonly AssumptionId[] {
  const isNothing = (value: unknown): boolean => value === null || value === "" || (Array.isArray(value) && value.length === 0);
  if (isNothing(received) && isNothing(expected)) return ["A-contact-empty"];
  if (typeof received !== "string" || typeof expected !== "string") return [];
  const [one, other] = [received, expected].map((time) => Math.floor(parseTimestamp(time) / 1000));
  return one === other ? ["A-time-form"] : [];
}

function isContainer(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

/** What any list holds. */
export interface Entry {
  readonly id: number;
}

/** What the server does that lists an entry too much, and what it does that leaves one out. */
interface ListReasons {
  readonly more: string;
  readonly fewer: string;
}

/** Compares lists in whatever order. @throws Broken when one has an entry that the other has not, or has it more often */
export function expectSameIds(
  received: readonly Entry[],
  expected: readonly Entry[],
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

export function idsOf(entries: readonly Entry[]): number[] {
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
