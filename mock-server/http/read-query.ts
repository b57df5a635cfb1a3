import type { ErrorObject, ValidateFunction } from "ajv";
import { type AssumptionId, type OperationId, operations } from "../../contracts/generated/operations";
import requestValidators from "../../contracts/generated/request-validators";
import { describeViolation, firstViolation } from "../../contracts/violation";
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

/** Makes the reader of an operation's query. Parameters that the contract does not know are ignored. */
export function queryReader(id: OperationId): (raw: RawQuery) => ReadQuery | Failure {
  const types = Object.entries<QueryType>(operations[id].query);
  const validate = validators[`${id} query`];
  return (raw) => {
    const query: Record<string, QueryValue> = {};
    let notes: Notes = {};
    for (const [name, type] of types) {
      const given = raw[name];
      if (given === undefined) continue;
      const value = type === "strings" ? [given].flat() : readSingle(type, given);
      if (value === undefined) return repeated(name);
      query[name] = value;
      if (hasBarePlus(value)) notes = { hint: hints.plusNotEncoded(name), assuming: ["A-plus-space"] };
    }
    if (!validate || validate(query)) return { query, notes };
    return refuse(firstViolation(validate), raw, notes);
  };
}

/** Undefined when it was given more than once. */
function readSingle(type: QueryType, given: string | string[]): QueryValue | undefined {
  if (typeof given !== "string") return undefined;
  return type === "integer" && /^-?\d+$/.test(given) ? Number(given) : given;
}

/** Whether a number starts with the space that an unencoded plus becomes. */
function hasBarePlus(value: QueryValue): boolean {
  if (typeof value === "string") return value.startsWith(" ");
  return typeof value === "object" && value.some((item) => item.startsWith(" "));
}

function repeated(name: string): Failure {
  return failure(400, `${name} must be given once`, { assuming: ["A-repeated-parameter"], hint: hints.repeated(name) });
}

function refuse(violation: ErrorObject, raw: RawQuery, notes: Notes): Failure {
  return failure(400, describeViolation(violation, "The query"), {
    assuming: [assumption(violation)],
    hint: bracketHint(violation, raw) ?? notes.hint,
  });
}

function assumption({ instancePath }: ErrorObject): AssumptionId {
  return instancePath === "/page" || instancePath === "/per_page" ? "A-page-invalid" : "A-find-missing";
}

/** Whoever forgot the brackets, or counted inside them, is told so. */
function bracketHint({ params }: ErrorObject, raw: RawQuery): string | undefined {
  if (params["missingProperty"] !== "phone_numbers[]") return undefined;
  const sent = Object.keys(raw).find((name) => name.startsWith("phone_numbers"));
  return sent === undefined ? undefined : hints.bracketsMissing(sent);
}
