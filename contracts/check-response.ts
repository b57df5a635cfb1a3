import type { ErrorObject, ValidateFunction } from "ajv";
import { type OperationId, operations } from "./generated/operations";
import responseValidators from "./generated/response-validators";

/** One way in which an answer breaks the contract. */
export interface ContractViolation {
  readonly operation: OperationId;
  readonly status: number;
  /** JSON pointer into the body; empty for the whole answer. */
  readonly pointer: string;
  readonly reason: string;
}

const validators: Readonly<Record<string, ValidateFunction | undefined>> = responseValidators;

/**
 * Checks an answer's status and body against the contract, fields that it does not know included. `body` is the parsed JSON,
 * or undefined when the answer has none.
 */
export function checkResponse(operation: OperationId, status: number, body: unknown): ContractViolation[] {
  const violation = (pointer: string, reason: string): ContractViolation => ({ operation, status, pointer, reason });
  const declared: readonly number[] = operations[operation].statuses;
  if (!declared.includes(status)) return [violation("", `the status is none of ${declared.join(", ")}`)];
  const validate = validators[`${operation} ${status}`];
  if (!validate) return body === undefined ? [] : [violation("", "there must be no body")];
  if (body === undefined) return [violation("", "there is no JSON body")];
  if (validate(body)) return [];
  return (validate.errors ?? []).map((error) => violation(error.instancePath, explainError(error)));
}

/** What an error says, and about which field. */
export function explainError({ message, params }: ErrorObject): string {
  const { additionalProperty } = params as { additionalProperty?: string };
  return additionalProperty === undefined ? String(message) : `${message}: ${additionalProperty}`;
}
