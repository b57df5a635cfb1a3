import type { ErrorObject, ValidateFunction } from "ajv";
import { type Fields, isRecord } from "../../../contracts/exchange";
import { type OperationId, operations } from "../../../contracts/generated/v2/operations";
import requestValidators from "../../../contracts/generated/v2/request-validators";
import { pointerParts } from "../../../contracts/json-pointer";
import { describeViolation, firstViolation, violatedField } from "../../../contracts/violation-text";
import type { RawRequest } from "../../server/api-operation";
import type { Failure } from "../../server/failure";
import { httpHints } from "../../server/http-hints";
import { isOfContacts, refuse } from "../errors";

const validators: Readonly<Record<string, ValidateFunction | undefined>> = requestValidators;
const WHOLE = "The request body";

/** What an ill-typed field breaks; whatever else a schema demands is about values (A-create-status). */
const SHAPE_KEYWORDS = ["type", "minItems"];
const NUMBER_FIELD = /(?:^|\.)(?:send_from|phone_numbers?)$/;
const NOT_BLANK = "\\S"; // a blank number is as good as none

/** Makes the check of an operation's JSON body: why it is refused, if it is. No body is as good as `{}` (A-content-type). */
export function bodyChecker(id: OperationId): (request: RawRequest) => Failure<400 | 422> | undefined {
  const validate = validators[`${id} body`];
  return (request) => {
    const body: unknown = request.body === undefined && isWithoutBody(request) ? {} : request.body;
    if (!validate || validate(body)) return undefined;
    if (body === undefined) return contentTypeRefused(id, request);
    const hint = request.body === undefined ? httpHints.jsonExpected : undefined;
    if (id === "createChat" && hasNoSender(body)) return refuse("sendFromMissing", { hint }); // whatever else is missing
    if (id === "createChat" && hasNoParticipants(body)) return refuse("participantsMissing", { hint });
    return refusal(id, nullAsMissing(validate, body, firstViolation(validate)), hint);
  };
}

/** Whether an object is without the line that sends, or with a blank in its place. */
function hasNoSender(body: unknown): boolean {
  return isRecord(body) && /^\s*$/.test(String(body["send_from"] ?? ""));
}

/** Whether nobody is named to whom a chat could be opened: no list of numbers, or one without any. */
export function hasNoParticipants(body: unknown): boolean {
  if (!isRecord(body)) return false;
  const chat = body["chat"] ?? {};
  if (!isRecord(chat)) return false;
  const list = chat["phone_numbers"] ?? [];
  return Array.isArray(list) && list.every((written) => typeof written === "string" && written.trim() === "");
}

/** Null where something is required is as good as nothing (A-create-status). */
function nullAsMissing(validate: ValidateFunction, body: unknown, violation: ErrorObject): ErrorObject {
  const path = pointerParts(violation.instancePath);
  if (path.length === 0 || violation.keyword !== "type" || valueAt(body, path) !== null) return violation;
  if (validate(without(body as Fields, path))) return violation;
  const next = firstViolation(validate);
  return next.keyword === "required" && next.params["missingProperty"] === path.at(-1) ? next : violation;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce((parent, key) => (parent as Fields)[key], value);
}

/** A copy without the field at a path, which is there. */
function without(fields: Fields, [key = "", ...rest]: readonly string[]): Fields {
  const { [key]: value, ...others } = fields;
  return rest.length === 0 ? others : { ...others, [key]: without(value as Fields, rest) };
}

/** The status that refuses a body which cannot be read: 400, but 422 where the contract knows no 400 for it. */
export function bodyRefusalStatus(id: OperationId): 400 | 422 {
  return isOfContacts(id) ? 422 : 400;
}

function refusal(id: OperationId, violation: ErrorObject, hint: string | undefined): Failure<400 | 422> {
  const { keyword } = violation;
  const field = violatedField(violation, WHOLE);
  const isMissing = keyword === "required" || violation.params["pattern"] === NOT_BLANK;
  if (keyword === "anyOf" || (isMissing && field === "contact")) return refuse("contactWithoutIdentity", { hint }); // the only alternatives in a body
  if (field === "forwarding_number")
    return refuse("forwardingNumberInvalid", { hint: `${describeViolation(violation, WHOLE)}.` });
  if (isMissing) return refuse(NUMBER_FIELD.test(field) ? "numberMissing" : "fieldMissing", { field, hint });
  const described = describeViolation(violation, WHOLE);
  if (isOfContacts(id)) return refuse("contactInvalid", { field: described });
  return refuse(SHAPE_KEYWORDS.includes(keyword) ? "bodyInvalid" : "valueInvalid", { field: described });
}

/** A body whose type nobody here reads. */
function contentTypeRefused(id: OperationId, { headers: { "content-type": type } }: RawRequest): Failure<400 | 422> {
  const expected = operations[id].form ? "multipart/form-data or application/json" : "application/json";
  const field = `${expected}${type === undefined ? "" : `, not ${type}`}`;
  return refuse(isOfContacts(id) ? "contentTypeOfContact" : "contentType", { field, hint: httpHints.jsonExpected });
}

function isWithoutBody({ headers }: RawRequest): boolean {
  return (headers["content-length"] ?? "0") === "0" && headers["transfer-encoding"] === undefined;
}

/** Whether fields stand at the top level that belong into a wrapper. */
export function isUnwrapped(id: OperationId, body: unknown): boolean {
  const parents: Readonly<Record<string, string>> = operations[id].bodyFields;
  if (typeof body !== "object" || body === null) return false;
  return Object.keys(body).some((name) => Object.hasOwn(parents, name) && parents[name] !== "");
}
