import { checkAnswer } from "../check";
import { API_PREFIX } from "../client/address";
import { type OperationId, operations } from "../generated/v2/operations";
import { apiPathOf } from "../operations";
import type { Answer } from "./answers/answer";
import { readAnswer } from "./answers/read-answer";
import { failureMessage } from "./failure-message";
import { namedOperation } from "./named-operation";
import { operationOf } from "./operation-of";

/** Which operation an answer is one of, when its URL does not tell it; or the method that was used, when a Response of fetch does not. */
export type ContractExpectation = OperationId | { readonly method: string };

/** What a matcher tells the test runner. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

const ASSUMED =
  'A Response of fetch does not tell its method, so GET was assumed; if it was another, say toSatisfyContract({ method: "POST" }).';

/**
 * Whether an answer obeys the contract: its status, its content type, and every field of its body. It takes a response of supertest,
 * superagent or axios, a Response of fetch, whose result must be awaited, or `{ method, url, status, body, headers? }`.
 *
 * @throws TypeError when the value is no answer, its body was already read, or its URL is that of no operation
 */
export function toSatisfyContract(received: unknown, expected?: ContractExpectation): MatcherResult | Promise<MatcherResult> {
  const answer = readAnswer(received);
  return answer instanceof Promise ? answer.then((read) => judge(read, expected)) : judge(answer, expected);
}

function judge(answer: Answer, expected: ContractExpectation | undefined): MatcherResult {
  const named = typeof expected === "string" ? namedOperation(expected) : undefined;
  const given = typeof expected === "object" ? expected.method : answer.method;
  const isAssumed = given === undefined && named === undefined;
  const method = (given ?? (named ? operations[named].method : "GET")).toUpperCase();
  const operation = named ?? findOperation(method, answer.url, isAssumed);
  const path = apiPathOf(answer.url ?? "") ?? operations[operation].path;
  const asked = `${method} ${API_PREFIX}${path.split("?")[0]}`;
  const { status } = answer.response;
  const violations = checkAnswer(operation, answer.response, method);
  if (violations.length === 0) return { pass: true, message: () => `${asked} answered ${status}, and obeys the contract.` };
  const doubt = isAssumed ? `\n\n${ASSUMED}` : "";
  return { pass: false, message: () => `${failureMessage(`${asked} answered ${status}`, operation, violations)}${doubt}` };
}

function findOperation(method: string, url: string | undefined, isAssumed: boolean): OperationId {
  try {
    return operationOf(method, url);
  } catch (error) {
    throw isAssumed && error instanceof TypeError ? new TypeError(`${error.message} ${ASSUMED}`) : error;
  }
}
