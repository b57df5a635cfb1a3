import type { ErrorObject, ValidateFunction } from "ajv";
import { describeViolation, firstViolation, violatedField } from "../../../contracts/explain";
import { type OperationId, operations } from "../../../contracts/generated/v2/operations";
import requestValidators from "../../../contracts/generated/v2/request-validators";
import { nearest } from "../../../contracts/nearest";
import type { RawRequest } from "../../server/api-version";
import type { Failure } from "../../server/failure";
import { isOfContacts, refuse } from "../errors";
import { hints } from "../hints/texts";

const validators: Readonly<Record<string, ValidateFunction | undefined>> = requestValidators;
const UNWRAPPED = { fields: ["webhook_url", "events", "secret"], hint: hints.webhookNotWrapped };
const FLAT_BODIES: { readonly [id in OperationId]?: { readonly fields: readonly string[]; readonly hint: string } } = {
  createChat: { fields: ["phone_number", "phone_numbers", "text", "to", "from"], hint: hints.createChatBodyFlat },
  createWebhookSubscription: UNWRAPPED,
  updateWebhookSubscription: UNWRAPPED,
};

const LOOKED_AT = 50;
const WHOLE = "The request body";

/** What an ill-typed field breaks; whatever else a schema demands is about values (A-create-status). */
const SHAPE_KEYWORDS = ["type", "minItems"];
const NUMBER_FIELD = /(?:^|\.)(?:send_from|phone_numbers?)$/;
const PARTICIPANTS = "chat.phone_numbers";

/** Makes the check of an operation's JSON body: why it is refused, if it is. */
export function bodyChecker(id: OperationId): (request: RawRequest) => Failure<400 | 422> | undefined {
  const validate = validators[`${id} body`];
  return (request) => {
    if (!validate || validate(request.body)) return undefined;
    return request.body === undefined ? unread(id, request) : refusal(id, firstViolation(validate));
  };
}

/** The status that refuses a body which cannot be read: 400, but 422 where the contract knows no 400 for it. */
export function bodyRefusalStatus(id: OperationId): 400 | 422 {
  return isOfContacts(id) ? 422 : 400;
}

function refusal(id: OperationId, violation: ErrorObject): Failure<400 | 422> {
  const { keyword } = violation;
  const field = violatedField(violation, WHOLE);
  const isMissing = keyword === "required";
  if (id === "createChat" && field === "send_from" && isMissing) return refuse("sendFromMissing");
  if (id === "createChat" && field === PARTICIPANTS && (isMissing || keyword === "minItems"))
    return refuse("participantsMissing");
  if (keyword === "anyOf") return refuse("contactWithoutIdentity"); // the only alternatives in a body
  if (isMissing) return missing(id, field);
  return unusable(id, describeViolation(violation, WHOLE), SHAPE_KEYWORDS.includes(keyword));
}

function missing(id: OperationId, field: string): Failure<400 | 422> {
  if (isOfContacts(id)) return refuse("contactFieldMissing", { field });
  return refuse(NUMBER_FIELD.test(field) ? "numberMissing" : "fieldMissing", { field });
}

/** A body, or a field of it, that is there and cannot be used. */
function unusable(id: OperationId, field: string, isOfShape: boolean, hint?: string): Failure<400 | 422> {
  if (isOfContacts(id)) return refuse("contactInvalid", { field, hint });
  return refuse(isOfShape ? "bodyInvalid" : "valueInvalid", { field, hint });
}

/** No body, or one whose type nobody here reads. */
function unread(id: OperationId, request: RawRequest): Failure<400 | 422> {
  const { "content-type": type, "content-length": length, "transfer-encoding": encoding } = request.headers;
  const isJson = (length !== undefined || encoding !== undefined) && /^application\/json\s*(;|$)/i.test(type ?? "");
  if (isJson || ((length ?? "0") === "0" && encoding === undefined)) {
    return unusable(id, `${WHOLE} must be a JSON object`, true, isJson ? hints.bodyEmpty : hints.jsonExpected);
  }
  const expected = operations[id].form ? "multipart/form-data or application/json" : "application/json";
  const field = `${expected}${type === undefined ? "" : `, not ${type}`}`;
  return refuse(isOfContacts(id) ? "contentTypeOfContact" : "contentType", { field, hint: hints.jsonExpected });
}

/** Fields at the top level that clients put there, and what to say to those who do. */
export function wrappedField(id: OperationId, body: unknown): string | undefined {
  const { fields, hint } = FLAT_BODIES[id] ?? {};
  if (!fields || typeof body !== "object" || body === null) return undefined;
  return fields.some((field) => Object.hasOwn(body, field)) ? hint : undefined;
}

/** Fields that the contract does not know are tolerated, but one that stands elsewhere, or is nearly a known one, was meant to be it. */
export function misplacedField(id: OperationId, body: unknown): string | undefined {
  const parents: Readonly<Record<string, string>> = operations[id].bodyFields;
  const strays = isObject(body) ? strayFields(body, parents) : [];
  if (strays.length === 0) return undefined;
  const absent = Object.keys(parents).filter((known) => !isGiven(body as object, known, parents[known] ?? ""));
  for (const name of strays) {
    if (absent.includes(name)) return hints.misplacedField(name, parents[name] ?? "");
    const meant = Object.hasOwn(parents, name) ? undefined : nearest(name, absent);
    if (meant !== undefined) return hints.unknownName(name, meant);
  }
  return undefined;
}

/** The fields of an object, and then of the objects right in it, that are not where they are known. */
function strayFields(body: object, parents: Readonly<Record<string, string>>): string[] {
  const outer: string[] = [];
  const inner: string[] = [];
  for (const [parent, value] of Object.entries(body).slice(0, LOOKED_AT)) {
    if (parents[parent] !== "") outer.push(parent);
    if (isObject(value)) for (const name of Object.keys(value)) if (parents[name] !== parent) inner.push(name);
  }
  return [...outer, ...inner.slice(0, LOOKED_AT)];
}

function isGiven(body: object, name: string, parent: string): boolean {
  const place: unknown = parent === "" ? body : (body as Record<string, unknown>)[parent];
  return isObject(place) && Object.hasOwn(place, name);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
