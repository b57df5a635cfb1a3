import type { ErrorObject, ValidateFunction } from "ajv";
import { describeViolation, firstViolation } from "../../../contracts/explain";
import { type AssumptionId, type OperationId, operations } from "../../../contracts/generated/v2/operations";
import requestValidators from "../../../contracts/generated/v2/request-validators";
import { nearest } from "../../../contracts/nearest";
import { type Failure, failure } from "../errors";
import { hints } from "../hints";
import type { Notes } from "../operation";

type QueryType = "string" | "strings" | "integer";
export type QueryValue = string | readonly string[] | number;

interface ReadQuery {
  readonly query: Readonly<Record<string, QueryValue>>;
  readonly notes: Notes;
}

type RawQuery = Readonly<Record<string, string | string[]>>;

const validators: Readonly<Record<string, ValidateFunction | undefined>> = requestValidators;
const BARE_PLUS = /^ (?=\d)/;

/** Makes the reader of an operation's query. Parameters that the contract does not know are ignored. */
export function queryReader(id: OperationId): (raw: RawQuery) => ReadQuery | Failure {
  const types = Object.entries<QueryType>(operations[id].query);
  const lists = types.filter(([, type]) => type === "strings").map(([name]) => name);
  const names = types.map(([name]) => name);
  const validate = validators[`${id} query`];
  return (raw) => {
    const query: Record<string, QueryValue> = {};
    const barePluses: string[] = [];
    for (const [name, type] of types) {
      const given = raw[name];
      if (given === undefined) continue;
      if (type !== "strings" && typeof given !== "string") return repeated(name);
      query[name] = readValue(type, given);
      if (type !== "integer" && hasBarePlus(given)) barePluses.push(name);
    }
    const notes = combineNotes(plusNotes(barePluses), { hint: misspeltHint(names, lists, raw) });
    const stray = strayParameter(lists, raw);
    if (validate && !validate(query)) return refuse(id, { violation: firstViolation(validate), query, stray, notes });
    return stray === undefined ? { query, notes } : mixed(lists, stray);
  };
}

function readValue(type: QueryType, given: string | string[]): QueryValue {
  if (type === "strings") return [given].flat().map(plusRestored);
  const [text] = [given].flat() as [string];
  if (type === "string") return plusRestored(text);
  const number = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : text;
}

/** In a query, a plus that was not percent-encoded arrives as a space (A-plus-space). */
function plusRestored(text: string): string {
  return text.replace(BARE_PLUS, "+");
}

function hasBarePlus(given: string | string[]): boolean {
  return [given].flat().some((text) => BARE_PLUS.test(text));
}

function plusNotes(names: readonly string[]): Notes {
  return names.length === 0 ? {} : { hint: hints.plusNotEncoded(names), assuming: ["A-plus-space"] };
}

/** Parameters that are not known are ignored, but one that is nearly a known one was meant to be it. */
function misspeltHint(names: readonly string[], lists: readonly string[], raw: RawQuery): string | undefined {
  for (const name in raw) {
    if (names.includes(name) || lists.some((list) => isStray(name, list))) continue;
    const meant = nearest(
      name,
      names.filter((known) => raw[known] === undefined),
    );
    if (meant !== undefined) return hints.unknownName(name, meant);
  }
  return undefined;
}

/** `phone_numbers`, `phone_numbers[0]` and the like, where only `phone_numbers[]` is meant to be. */
function strayParameter(lists: readonly string[], raw: RawQuery): string | undefined {
  return lists.length === 0 ? undefined : Object.keys(raw).find((name) => lists.some((list) => isStray(name, list)));
}

function isStray(name: string, list: string): boolean {
  const base = list.slice(0, -"[]".length);
  return name !== list && (name === base || name.startsWith(`${base}[`));
}

function repeated(name: string): Failure {
  const hint = name === "phone_number" ? hints.lineRepeated : hints.repeated(name);
  return failure(400, `${name} must be given once`, { assuming: ["A-repeated-parameter"], hint });
}

function mixed(lists: readonly string[], stray: string): Failure {
  const detail = `${lists.join(", ")} must not be mixed with another spelling of it`;
  return failure(400, detail, { assuming: ["A-mixed-parameter"], hint: hints.bracketsMissing(stray) });
}

interface Refused {
  readonly violation: ErrorObject;
  readonly query: Readonly<Record<string, QueryValue>>;
  readonly stray: string | undefined;
  readonly notes: Notes;
}

function refuse(id: OperationId, { violation, query, stray, notes }: Refused): Failure {
  const own = violationNotes(id, violation, query);
  const more: Notes = stray === undefined ? {} : { assuming: ["A-mixed-parameter"], hint: hints.bracketsMissing(stray) };
  return failure(400, describeViolation(violation, "The query"), combineNotes(notes, combineNotes(own, more)));
}

/** The only parameters with a format are moments. */
function violationNotes(id: OperationId, violation: ErrorObject, query: Refused["query"]): Notes {
  if (violation.keyword !== "format") return { assuming: [assumption(id, violation)] };
  return { assuming: ["A-message-order"], hint: hints.momentWritten(String(query[violation.instancePath.slice(1)])) };
}

function assumption(id: OperationId, { instancePath }: ErrorObject): AssumptionId {
  if (instancePath === "/page" || instancePath === "/per_page") return "A-page-invalid";
  if (instancePath === "/sort") return "A-message-order";
  return id === "findChat" ? "A-find-missing" : "A-query-missing";
}

/** What two places have to say about one request. */
export function combineNotes(first: Notes, second: Notes): Notes {
  if (first.hint === undefined && first.assuming === undefined) return second;
  if (second.hint === undefined && second.assuming === undefined) return first;
  const hint = second.hint === undefined ? first.hint : [first.hint, second.hint].filter(Boolean).join(" ");
  return { hint, assuming: [...(first.assuming ?? []), ...(second.assuming ?? [])] };
}
