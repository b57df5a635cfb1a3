import type { ValidateFunction } from "ajv";
import type { Request } from "express";
import { type OperationId, operations } from "../../contracts/generated/operations";
import requestValidators from "../../contracts/generated/request-validators";
import { describeViolation, firstViolation } from "../../contracts/violation";
import { type Failure, failure } from "../errors";
import { hints } from "../hints";

const validators: Readonly<Record<string, ValidateFunction | undefined>> = requestValidators;
const FLAT_FIELDS = ["phone_number", "phone_numbers", "text", "to", "from"];

/** Makes the check of an operation's JSON body; it returns why the body is refused, if it is. */
export function bodyReader(id: OperationId): (req: Request) => Failure | undefined {
  const validate = validators[`${id} body`];
  const status = bodyRefusalStatus(id);
  return (req) => {
    if (!validate || validate(req.body)) return undefined;
    if (req.body === undefined) return noJson(req, status);
    const detail = describeViolation(firstViolation(validate), "The request body");
    return failure(status, detail, { assuming: ["A-create-status"], hint: flatHint(id, req.body) });
  };
}

/** The status that refuses a body which cannot be read: 400, but 422 where the contract knows no 400 for it. */
export function bodyRefusalStatus(id: OperationId): 400 | 422 {
  const statuses: readonly number[] = operations[id].statuses;
  return statuses.includes(400) ? 400 : 422;
}

function noJson(req: Request, status: 400 | 422): Failure {
  const type = req.headers["content-type"];
  if (type === undefined || req.is("json")) {
    return failure(status, "The request body must be a JSON object", {
      assuming: ["A-create-status"],
      hint: hints.jsonExpected,
    });
  }
  const detail = `Content-Type must be application/json, not ${type}`;
  return failure(status, detail, { assuming: ["A-content-type"], hint: hints.jsonExpected });
}

function flatHint(id: OperationId, body: unknown): string | undefined {
  if (id !== "createChat" || typeof body !== "object" || body === null) return undefined;
  return FLAT_FIELDS.some((field) => Object.hasOwn(body, field)) ? hints.createChatBodyFlat : undefined;
}
