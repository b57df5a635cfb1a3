import type { ErrorObject, ValidateFunction } from "ajv";
import { describeViolation, firstViolation, violatedField } from "../../contracts/explain";
import type { ErrorCode } from "../../contracts/generated/v3/error-codes";
import { type OperationId, operations } from "../../contracts/generated/v3/operations";
import requestValidators from "../../contracts/generated/v3/request-validators";
import type { RawRequest, ReadRequest } from "../server/api-version";
import { edgeHints } from "../server/edge-hints";
import type { Failure } from "../server/failure";
import { refuse } from "./errors";

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const UUID_PARAMETER = /Id$/;
const NOTHING = {};
const validators: Readonly<Record<string, ValidateFunction | undefined>> = requestValidators;

/**
 * Makes the reader of an operation's requests: UUIDs in the path first, then the body, then the query (A-v3-validation-order). What a schema
 * can say is checked here; fields and parameters that the contract does not know are ignored.
 */
export function requestReader(id: OperationId): (request: RawRequest) => ReadRequest | Failure<400> {
  const { path, query: types, body: hasBody } = operations[id];
  const uuids = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name).filter((name) => UUID_PARAMETER.test(name));
  return ({ params, query, body, headers }) => {
    const given = params as Readonly<Record<string, string>>;
    for (const name of uuids) {
      const message = `invalid ${name} format: must be a valid UUID`; // A-v3-uuid-wording
      if (!UUID.test(given[name] ?? "")) return refuse("1005", { message });
    }
    const wrongBody = hasBody ? refusalOfBody(id, body, headers) : undefined;
    if (wrongBody) return wrongBody;
    const read = readQuery(types, query as Readonly<Record<string, string | string[]>>);
    const validate = validators[`${id} query`];
    if (validate && !validate(read)) return refusalOf(id, firstViolation(validate), "The query");
    return { path: NOTHING, names: given, query: read, body };
  };
}

function refusalOfBody(id: OperationId, body: unknown, headers: RawRequest["headers"]): Failure<400> | undefined {
  const validate = validators[`${id} body`];
  if (!validate || validate(body)) return undefined;
  const isAbsent = body === undefined && headers["content-type"] === undefined;
  if (body === undefined && !isAbsent) return refuse("1003", { hint: edgeHints.jsonExpected });
  if (body === undefined && validate({})) return undefined;
  if (body === undefined) validate({});
  return refusalOf(id, firstViolation(validate), "The request body");
}

type QueryType = "string" | "strings" | "integer";

/** Lists are joined with commas, as the SDKs do, or given several times. */
function readQuery(
  types: Readonly<Record<string, QueryType>>,
  raw: Readonly<Record<string, string | string[]>>,
): ReadRequest["query"] {
  const query: Record<string, unknown> = {};
  for (const [name, type] of Object.entries(types)) {
    const given = raw[name];
    if (given === undefined || given === "") continue;
    const [last = ""] = [given].flat().slice(-1);
    if (type === "strings")
      query[name] = [given]
        .flat()
        .flatMap((text) => text.split(","))
        .map(plusRestored);
    else if (type === "integer") query[name] = /^-?\d{1,15}$/.test(last) ? Number(last) : last;
    else query[name] = plusRestored(last);
  }
  return query;
}

/** In a query, a plus that was not percent-encoded arrives as a space. */
function plusRestored(text: string): string {
  return /^ \d/.test(text) ? `+${text.slice(1)}` : text;
}

function refusalOf(id: OperationId, violation: ErrorObject, whole: string): Failure<400> {
  return refuse(codeOf(id, violation), { hint: `${describeViolation(violation, whole)}.` }) as Failure<400>;
}

const E164_FIELDS = /(^|\.)(from|to(\[\d+\])?|phone_number|forwarding_number|exclude_from(\[\d+\])?)$/;

/** The code for what a schema refuses, of those that the operation has (A-v3-code-choice). */
function codeOf(id: OperationId, violation: ErrorObject): ErrorCode {
  const field = violatedField(violation, "");
  const { keyword } = violation;
  const listed: Readonly<Record<string, readonly number[]>> = operations[id].errorCodes;
  const known = (code: ErrorCode): boolean => listed["400"]?.includes(Number(code)) === true;
  const [fitting = "1003"] = candidates(field, keyword).filter(known);
  return fitting;
}

function candidates(field: string, keyword: string): readonly ErrorCode[] {
  if (keyword === "required") return ["1001", "1005", "1003"];
  if (field === "content_type" && keyword === "enum") return ["5004", "1005"];
  if (field === "size_bytes" && keyword === "maximum") return ["5005", "1005"];
  if (keyword === "pattern" && E164_FIELDS.test(field)) return ["1002", "1005", "1003"];
  if (/^message\.parts\[\d+\]\.(app|layout)/.test(field)) return ["1008", "1004"];
  if (/^(message\.parts|poll\.options|options)/.test(field)) return ["1004", "1005", "1003"];
  if (field.startsWith("layout")) return ["1008", "1003"];
  if (keyword === "type") return ["1003", "1005"];
  return ["1005", "1003", "1004"];
}
