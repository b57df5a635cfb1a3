import type { ErrorObject, ValidateFunction } from "ajv";
import { describeViolation, firstViolation } from "../../../contracts/explain";
import { type OperationId, operations } from "../../../contracts/generated/v2/operations";
import requestValidators from "../../../contracts/generated/v2/request-validators";
import type { RawRequest } from "../../server/api-version";
import { Failure } from "../../server/failure";
import { hints } from "../hints/texts";

const validators: Readonly<Record<string, ValidateFunction | undefined>> = requestValidators;

/** What a missing or ill-typed field breaks; whatever else a schema demands is about values (A-create-status). */
const SHAPE_KEYWORDS = ["required", "type", "minItems"];

/** Makes the check of an operation's JSON body: why it is refused, if it is. */
export function bodyChecker(id: OperationId): (request: RawRequest) => Failure<400 | 422> | undefined {
  const validate = validators[`${id} body`];
  return (request) => {
    if (!validate || validate(request.body)) return undefined;
    if (request.body === undefined) return unread(id, request);
    const violation = firstViolation(validate);
    return new Failure(statusOf(id, violation), describeViolation(violation, "The request body"), { reason: bodyReason(id) });
  };
}

/** The status that refuses a body which cannot be read: 400, but 422 where the contract knows no 400 for it. */
export function bodyRefusalStatus(id: OperationId): 400 | 422 {
  return declares(id, 400) ? 400 : 422;
}

function bodyReason(id: OperationId): string {
  return operations[id].path.startsWith("/contacts") ? "contactInvalid" : "bodyInvalid";
}

function statusOf(id: OperationId, { keyword }: ErrorObject): 400 | 422 {
  return SHAPE_KEYWORDS.includes(keyword) || !declares(id, 422) ? bodyRefusalStatus(id) : 422;
}

function declares(id: OperationId, status: number): boolean {
  const statuses: readonly number[] = operations[id].statuses;
  return statuses.includes(status);
}

/** No body, or one whose type nobody here reads. */
function unread(id: OperationId, request: RawRequest): Failure<400 | 422> {
  const status = bodyRefusalStatus(id);
  const { "content-type": type, "content-length": length, "transfer-encoding": encoding } = request.headers;
  const isJson = (length !== undefined || encoding !== undefined) && /^application\/json\s*(;|$)/i.test(type ?? "");
  if (isJson || ((length ?? "0") === "0" && encoding === undefined)) {
    const hint = isJson ? hints.bodyEmpty : hints.jsonExpected;
    return new Failure(status, "The request body must be a JSON object", { reason: bodyReason(id), hint });
  }
  const expected = operations[id].form ? "multipart/form-data or application/json" : "application/json";
  const detail = `Content-Type must be ${expected}${type === undefined ? "" : `, not ${type}`}`;
  return new Failure(status, detail, { reason: "contentType", hint: hints.jsonExpected });
}
