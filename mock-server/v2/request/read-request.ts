import type { ErrorObject, ValidateFunction } from "ajv";
import { type OperationId, operations } from "../../../contracts/generated/v2/operations";
import requestValidators from "../../../contracts/generated/v2/request-validators";
import { describeViolation, firstViolation, violatedField } from "../../../contracts/violation-text";
import type { RawRequest, ReadRequest, ReadSettings } from "../../server/api-operation";
import { Failure } from "../../server/failure";
import type { QueryType, RawQuery } from "../../server/raw-query";
import { refuse } from "../errors";
import { hints } from "../hints/texts";
import { bodyChecker } from "./body";

const INTEGER = /^(?:0|-?[1-9]\d*)$/;
/** What a path id becomes that is no integer, or not in its shortest form: nothing has it, so the operation answers its own 404. */
export const UNREADABLE_ID = 0;
/** What an integer becomes that is the id of nothing, whatever a world holds. */
const NOBODYS_ID = -1;
const NOTHING = {};

/** Makes the reader of an operation's requests. Everything that a schema can say about a request is checked here, in one place. */
export function requestReader(id: OperationId): (request: RawRequest, settings: ReadSettings) => ReadRequest | Failure {
  const { path, query, body } = operations[id];
  const hasIds = path.includes("{");
  const readQuery = Object.keys(query).length > 0 ? queryReader(id) : undefined;
  const checkBody = body ? bodyChecker(id) : undefined;
  return (request, settings) => {
    const parameters = readQuery ? readQuery(request.query as Record<string, string | string[]>, settings) : NOTHING;
    if (parameters instanceof Failure) return parameters;
    const refusal = checkBody?.(request);
    if (refusal) return refusal;
    return {
      path: hasIds ? readIds(request.params as Record<string, string>) : NOTHING,
      query: parameters,
      body: body ? (request.body ?? NOTHING) : undefined,
    };
  };
}

/** Whether an id in the path is no integer, or not in its shortest form (A-id-shape). */
export function hasUnreadableId(path: ReadRequest["path"]): boolean {
  for (const name in path) if (path[name] === UNREADABLE_ID) return true;
  return false;
}

/** Whether an id in the path is none that anything can have. */
export function hasNoId(path: ReadRequest["path"]): boolean {
  for (const name in path) if (isNoId(path[name] ?? UNREADABLE_ID)) return true;
  return false;
}

export function isNoId(id: number): boolean {
  return id === UNREADABLE_ID || id === NOBODYS_ID;
}

function readIds(params: Readonly<Record<string, string>>): Record<string, number> {
  const ids: Record<string, number> = {};
  for (const name in params) {
    const written = params[name] ?? "";
    const id = INTEGER.test(written) ? Number(written) : Number.NaN;
    const isPossible = id > 0 && Number.isSafeInteger(id);
    if (Number.isNaN(id)) ids[name] = UNREADABLE_ID;
    else ids[name] = isPossible ? id : NOBODYS_ID;
  }
  return ids;
}

type QueryValue = string | readonly string[] | number;
type Query = Readonly<Record<string, QueryValue>>;

interface Parameters {
  readonly types: readonly (readonly [name: string, type: QueryType])[];
  readonly names: readonly string[];
  readonly lists: readonly string[];
}

const validators: Readonly<Record<string, ValidateFunction | undefined>> = requestValidators;
const BARE_PLUS = /^ \d/;
/** Where one of these cannot be, the default is as good, if that is wanted (A-page-invalid). */
const PAGES: ReadonlySet<string> = new Set(["page", "per_page"]);

/** Where a request is refused for how its parameters were repeated, nothing more is said of them. */
export const NOT_READ_ON: ReadonlySet<string | undefined> = new Set(["parameterRepeated", "parameterMixed"]);

const parameters = new Map(
  (Object.keys(operations) as OperationId[]).map((id): [OperationId, Parameters] => {
    const types = Object.entries<QueryType>(operations[id].query);
    const lists = types.filter(([, type]) => type === "strings").map(([name]) => name);
    return [id, { types, names: types.map(([name]) => name), lists }];
  }),
);

/** What an operation reads of a query. */
export function parametersOf(id: OperationId): Parameters {
  return parameters.get(id) as Parameters;
}

/** Makes the reader of an operation's query. Parameters that the contract does not know are ignored. */
function queryReader(id: OperationId): (raw: RawQuery, settings: ReadSettings) => Query | Failure<400> {
  const known = parametersOf(id);
  const { types, lists } = known;
  const validate = validators[`${id} query`];
  return (raw, { pagination }) => {
    const query: Record<string, QueryValue> = {};
    for (const [name, type] of types) {
      const given = raw[name];
      if (given === undefined) continue;
      if (type !== "strings" && typeof given !== "string") return repeated(name);
      const value = PAGES.has(name) && pagination === "clamp" ? clamped(String(given)) : readValue(type, given);
      if (value !== undefined) query[name] = value;
    }
    const stray = strayParameter(known, raw);
    if (validate && !validate(query)) return refusal(id, firstViolation(validate), stray);
    return stray === undefined ? query : mixed(lists, stray);
  };
}

function readValue(type: QueryType, given: string | string[]): QueryValue {
  if (type === "strings") return typeof given === "string" ? [plusRestored(given)] : given.map(plusRestored);
  const text = String(given);
  if (type === "string") return plusRestored(text);
  return /^-?\d+$/.test(text) ? Math.min(Math.max(Number(text), Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER) : text;
}

/** Digits at the beginning of a text are a number, as in the vendor's framework; undefined, which is the default, when it is none of at least 1. */
function clamped(text: string): number | undefined {
  const number = Number.parseInt(text, 10);
  return number >= 1 ? Math.min(number, Number.MAX_SAFE_INTEGER) : undefined;
}

/** Whether a page was served that is another than was asked for. */
export function isClamped(id: OperationId, raw: unknown, { query }: ReadRequest): boolean {
  for (const name of PAGES) {
    const given = (raw as RawQuery)[name];
    if (given !== undefined && given !== String(query[name]) && name in operations[id].query) return true;
  }
  return false;
}

/** In a query, a plus that was not percent-encoded arrives as a space (A-plus-space). */
function plusRestored(text: string): string {
  return BARE_PLUS.test(text) ? `+${text.slice(1)}` : text;
}

function strayParameter({ names, lists }: Parameters, raw: RawQuery): string | undefined {
  if (lists.length > 0) for (const name in raw) if (!names.includes(name) && isListMisspelt(name, lists)) return name;
  return undefined;
}

/** `phone_numbers`, `phone_numbers[0]` and the like, where only `phone_numbers[]` is meant to be. */
export function isListMisspelt(name: string, lists: readonly string[]): boolean {
  return lists.some((list) => {
    const base = list.slice(0, -"[]".length);
    return name !== list && (name === base || name.startsWith(`${base}[`));
  });
}

function repeated(name: string): Failure<400> {
  return refuse("parameterRepeated", {
    field: name,
    hint: name === "phone_number" ? hints.lineRepeated : hints.repeated(name),
  });
}

function mixed(lists: readonly string[], stray: string): Failure<400> {
  return refuse("parameterMixed", { field: lists.join(", "), hint: hints.bracketsMissing(stray) });
}

function refusal(id: OperationId, violation: ErrorObject, stray: string | undefined): Failure<400> {
  const { instancePath } = violation;
  const field = describeViolation(violation, "The query");
  if (instancePath === "/page" || instancePath === "/per_page") return refuse("pageInvalid", { field });
  if (instancePath === "/sort") return refuse("orderInvalid", { field });
  const name = violatedField(violation, "The query"); // a blank parameter is as good as none
  if (stray !== undefined) return refuse("participantsMisspelt", { field: name, hint: hints.bracketsMissing(stray) });
  return refuse(id === "findChat" ? "findParameterMissing" : "listParameterMissing", { field: name });
}
