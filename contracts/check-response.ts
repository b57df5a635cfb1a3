import type { ErrorObject } from "ajv";
import { checkAnswer } from "./checking/check-answer";
import { reasonOf } from "./checking/reason-of";
import { type OperationId, operations } from "./generated/v2/operations";

/** One way in which an answer breaks the contract. */
interface ResponseViolation {
  readonly operation: OperationId;
  readonly status: number;
  /** JSON pointer into the body; empty for the whole answer. */
  readonly pointer: string;
  readonly reason: string;
}

/**
 * Checks an answer's status and body against the contract, fields that it does not know included. `body` is the parsed JSON,
 * or undefined when the answer has none.
 */
export function checkResponse(operation: OperationId, status: number, body: unknown): ResponseViolation[] {
  const violations = checkAnswer(operation, { status, body }, operations[operation].method);
  return violations.map((violation) => ({ operation, status, pointer: violation.pointer, reason: reasonOf(violation) }));
}

/** What an error says, and about which field. */
export function explainError({ message, params }: ErrorObject): string {
  const { additionalProperty } = params as { additionalProperty?: string };
  return additionalProperty === undefined ? String(message) : `${message}: ${additionalProperty}`;
}
