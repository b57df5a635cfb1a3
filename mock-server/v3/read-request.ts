import type { ErrorObject, ValidateFunction } from "ajv";
import { isRecord } from "../../contracts/exchange";
import type { ErrorCode } from "../../contracts/generated/v3/error-codes";
import { type OperationId, operations } from "../../contracts/generated/v3/operations";
import requestValidators from "../../contracts/generated/v3/request-validators";
import { pointerParts } from "../../contracts/json-pointer";
import { describeViolation, firstViolation, violatedField } from "../../contracts/violation-text";
import type { RawRequest, ReadRequest } from "../server/api-operation";
import type { Failure } from "../server/failure";
import { httpHints } from "../server/http-hints";
import type { QueryType, RawQuery } from "../server/raw-query";
import { meantAt } from "./did-you-mean";
import { asListed, refuse } from "./errors";
import { FORMATS } from "./media-formats";

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const UUID_PARAMETER = /Id$/;
const NOTHING = {};
const formats = FORMATS as Readonly<Record<string, ((given: object) => Failure | undefined) | undefined>>; // a row is looked up by its operation
const validators: Readonly<Record<string, ValidateFunction | undefined>> = requestValidators;

/**
 * Makes the reader of an operation's requests: UUIDs in the path first, then the body and the query by their schemas, then what no schema can say
 * of them (A-v3-validation-order). Fields and parameters that the contract does not know are ignored.
 */
export function requestReader(id: OperationId): (request: RawRequest) => ReadRequest | Failure {
  const { query, body: hasBody } = operations[id];
  const types = Object.entries<QueryType>(query);
  const refusalOfPath = pathReader(id);
  const validate = validators[`${id} query`];
  return ({ params, query, body, headers }) => {
    const given = params as Readonly<Record<string, string>>;
    const wrongPath = refusalOfPath(params);
    if (wrongPath) return wrongPath;
    const wrongBody = hasBody ? refusalOfBody(id, body, headers) : undefined;
    if (wrongBody) return wrongBody;
    const read = readQuery(types, query as RawQuery);
    if (validate && !validate(read)) return refusalOf(id, firstViolation(validate), "query", read);
    const { "idempotency-key": key } = headers;
    const idempotencyKey = typeof key === "string" ? key : undefined;
    const wrong = formats[id]?.({ path: given, query: read, body: body ?? NOTHING, idempotencyKey });
    return (wrong && asListed(id, wrong)) ?? { path: NOTHING, names: given, query: read, body };
  };
}

/** Makes the reader of an operation's path, which says what is no UUID there. It comes before a body that cannot be read (A-v3-validation-order). */
export function pathReader(id: OperationId): (params: RawRequest["params"]) => Failure<400> | undefined {
  const names = [...operations[id].path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const uuids = names.filter((name) => UUID_PARAMETER.test(name));
  return (params) => {
    const wrong = uuids.find((name) => !UUID.test((params as Readonly<Record<string, string>>)[name] ?? ""));
    return wrong === undefined ? undefined : refuse("1005", { message: `invalid ${wrong} format: must be a valid UUID` }); // A-v3-uuid-wording
  };
}

function refusalOfBody(id: OperationId, body: unknown, headers: RawRequest["headers"]): Failure<400> | undefined {
  const validate = validators[`${id} body`];
  if (!validate || validate(body)) return undefined;
  const isAbsent = body === undefined && headers["content-type"] === undefined;
  if (body === undefined && !isAbsent) return refuse("1003", { hint: httpHints.jsonExpected, assumption: "A-v3-content-type" });
  if (body === undefined && validate({})) return undefined;
  if (body === undefined) validate({});
  return refusalOf(id, firstViolation(validate), "body", body);
}

/** Lists are joined with commas, as the SDKs do, or given several times. A plus that was not percent-encoded arrives as a space, and stays one. */
function readQuery(types: readonly (readonly [name: string, type: QueryType])[], raw: RawQuery): ReadRequest["query"] {
  const query: Record<string, unknown> = {};
  for (const [name, type] of types) {
    const given = raw[name];
    if (given === undefined || given === "") continue;
    const [last = ""] = [given].flat().slice(-1);
    if (type === "strings") query[name] = [given].flat().flatMap((text) => text.split(","));
    else if (type === "integer") query[name] = /^-?\d{1,15}$/.test(last) ? Number(last) : last;
    else query[name] = last;
  }
  return query;
}

type RequestPart = "body" | "query";
const NAMES: Readonly<Record<RequestPart, string>> = { body: "The request body", query: "The query" };

/** Fields of which it is assumed what is refused in them. */
const ASSUMED: Readonly<Record<string, string>> = { continuation_message: "A-v3-continuation-text" };

function refusalOf(id: OperationId, violation: ErrorObject, part: RequestPart, given: unknown): Failure<400> {
  const { keyword, params } = violation;
  const meant = meantAt(violation, given);
  const hint = `${describeViolation(violation, NAMES[part])}.${meant === undefined ? "" : ` ${meant}`}`;
  const isFlat = keyword === "required" && params["missingProperty"] === "message" && isRecord(given) && "parts" in given;
  const assumption = isFlat ? "A-v3-flat-body" : ASSUMED[pointerParts(violation.instancePath)[0] ?? ""];
  const details = { hint, ...(assumption !== undefined && { assumption }) };
  return refuse(codeOf(id, violation, part, typeOfPart(violation, given)), details) as Failure<400>;
}

/** The type of the part of a message that a violation is in. */
function typeOfPart({ instancePath }: ErrorObject, body: unknown): unknown {
  const [, i] = /^\/message\/parts\/(\d+)(?:\/|$)/.exec(instancePath) ?? [];
  const parts: unknown = Object(Object(body).message).parts;
  return i === undefined || !Array.isArray(parts) ? undefined : Object(parts[Number(i)]).type;
}

const E164_FIELDS = /(^|\.)(from|to(\[\d+\])?|phone_number|forwarding_number|exclude_from(\[\d+\])?)$/;

/** The code for what a schema refuses: one that the operation has, where one of those fits (A-v3-code-choice). */
function codeOf(id: OperationId, violation: ErrorObject, part: RequestPart, type: unknown): ErrorCode {
  const field = violatedField(violation, "");
  const { keyword } = violation;
  const listed: Readonly<Record<string, readonly number[]>> = operations[id].errorCodes;
  const known = (code: ErrorCode): boolean => listed["400"]?.includes(Number(code)) === true;
  if (type === "imessage_app" && /\.(app|layout|url)\b/.test(field)) return known("1008") ? "1008" : "1004";
  if (keyword === "required") return REQUIRED_CODES.find(known) ?? "1001";
  return (
    (codesOfPart(field, violation, type) ?? candidates(field, keyword, part)).find(known) ??
    (part === "query" ? "1005" : "1003")
  );
}

/** For what is missing: where an operation has no code for just that, the one for what it is about. */
const REQUIRED_CODES: readonly ErrorCode[] = ["1001", "1008", "1004", "1005"];

/** For what is wrong inside of one part; undefined for its text or link, which is the content. */
function codesOfPart(field: string, { keyword, params }: ErrorObject, type: unknown): readonly ErrorCode[] | undefined {
  if (!/^message\.parts\[\d+\]/.test(field)) return undefined;
  if (keyword === "discriminator" && params["tagValue"] === undefined) return ["1001"];
  if (keyword === "type" || (keyword === "discriminator" && params["error"] === "tag")) return ["1003"];
  if (keyword === "enum" || keyword === "discriminator") return ["1005"];
  const isContent = type === "text" || type === "link" ? /\.value$/.test(field) : false;
  return isContent ? undefined : ["1005"];
}

function candidates(field: string, keyword: string, part: RequestPart): readonly ErrorCode[] {
  if (field === "content_type" && keyword === "enum") return ["5004", "1005"];
  if (field === "size_bytes" && keyword === "maximum") return ["5005", "1005"];
  if (keyword === "pattern" && E164_FIELDS.test(field)) return ["1002", "1005", "1003"];
  if (keyword === "type" && part === "body") return ["1003", "1005", "1004", "1008"];
  if (/^(message\.parts|poll\.options|options)/.test(field)) return ["1004", "1005", "1003"];
  if (field.startsWith("layout")) return ["1008", "1003"];
  return ["1005", "1003", "1004"];
}
