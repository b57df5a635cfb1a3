import type { ExchangeResponse } from "../exchange";
import { type OperationId, operations } from "../generated/v2/operations";
import { checkValue } from "./check-value";
import type { ContractViolation } from "./contract-violation";
import { type Envelope, envelopeOf } from "./envelope-of";
import { isJsonInUtf8 } from "./is-json-in-utf8";
import { operationClause } from "./operation-clause";

/** A general limit is documented, though no operation but one declares it. */
const TOO_MANY_REQUESTS = 429;

const envelopes: Readonly<Record<Envelope, string>> = {
  Error: "an Error, { errors: [{ status, code, title, detail }] }, not a StandardError",
  StandardError: 'a StandardError, { status: "error", error_code, message, errors: [text] }, not an Error',
};

/** The ways in which an answer breaks the contract. One to HEAD has no body. */
export function checkAnswer(operation: OperationId, response: ExchangeResponse, method: string): ContractViolation[] {
  const { status, headers, body } = response;
  const declared: readonly number[] = operations[operation].statuses;
  const wrong = (rule: string, expected: string, received: unknown, place = `/${status}`): ContractViolation[] => {
    return [{ rule, pointer: "", expected, received, clause: `${operationClause(operation)}/responses${place}` }];
  };
  if (!declared.includes(status) && status === TOO_MANY_REQUESTS) return [];
  if (!declared.includes(status)) return wrong("status", `one of ${declared.join(", ")}`, status, "");
  const wrongBody = method.toUpperCase() === "HEAD" ? undefined : checkBody(operation, status, body);
  if (!wrongBody) return body === undefined ? [] : wrong("body", "no body", body);
  if (body === undefined) return wrong("body", "a JSON body", body);
  if (!headers || isJsonInUtf8(headers["content-type"])) return wrongBody;
  const wrongType = wrong("content-type", "application/json", headers["content-type"]);
  return typeof body === "string" ? wrongType : [...wrongType, ...wrongBody]; // of a page, no more need be said
}

/** Undefined when there must be none. */
function checkBody(operation: OperationId, status: number, body: unknown): ContractViolation[] | undefined {
  const violations = checkValue("response", `${operation} ${status}`, body);
  const { envelope } = operations[operation];
  const found = envelopeOf(body);
  if (!violations?.length || status < 400 || found === undefined || found === envelope) return violations;
  const expected = envelopes[envelope];
  return [{ rule: "envelope", pointer: "", expected, received: body, clause: `#/components/schemas/${envelope}` }];
}
