import { checkAnswer } from "./checking/check-answer";
import { checkRequest } from "./checking/check-request";
import type { ContractViolation } from "./checking/contract-violation";
import type { ExchangeRequest, ExchangeResponse } from "./exchange";
import type { OperationId } from "./generated/v2/operations";

/** One way in which an exchange breaks the contract. */
export interface ExchangeViolation extends ContractViolation {
  readonly operation: OperationId;
  readonly status: number;
  /** Pointers into a request begin with `/query` or `/body`. */
  readonly side: "request" | "response";
}

/** Checks a request and its answer against the contract, fields that it does not know included. Nothing is read or sent. */
export function checkExchange(
  operation: OperationId,
  request: ExchangeRequest,
  response: ExchangeResponse,
): ExchangeViolation[] {
  const { status } = response;
  return [
    ...checkRequest(operation, request).map((violation) => ({ operation, status, side: "request" as const, ...violation })),
    ...checkAnswer(operation, response, request.method).map((violation) => ({
      operation,
      status,
      side: "response" as const,
      ...violation,
    })),
  ];
}
