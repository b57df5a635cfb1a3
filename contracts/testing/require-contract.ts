import { checkResponse } from "../check";
import { diagnose } from "../explain";
import { operations } from "../generated/v3/operations";
import answersOfV3 from "../generated/v3/response-diagnosis";
import { matchOperation, operationFinder } from "../operations";

/**
 * Throws when an answer to `method` and `path` (below the API's prefix, query allowed) breaks the contract. A path that the
 * contract does not have is none of its business.
 */
export function requireContract(method: string, path: string, status: number, body: unknown): void {
  const operation = matchOperation(method, path.split("?")[0] ?? "");
  const violations = operation ? checkResponse(operation, status, body) : [];
  if (violations.length > 0) throw new Error(`${method} ${path} breaks the contract: ${JSON.stringify(violations, null, 2)}`);
}

const findOfV3 = operationFinder(operations);

/** As {@link requireContract}, for V3. */
export function requireContractV3(method: string, path: string, status: number, body: unknown): void {
  const operation = findOfV3(method, path.split("?")[0] ?? "");
  if (!operation) return;
  const declared: readonly number[] = operations[operation].statuses;
  const validate = answersOfV3[`${operation} ${status}` as keyof typeof answersOfV3];
  if (!declared.includes(status)) throw new Error(`${method} ${path} has no answer ${status}`);
  if (!validate && body !== undefined) throw new Error(`${method} ${path} has no body with ${status}`);
  if (!validate || validate(body)) return;
  const violations = diagnose(validate, body, () => "documented");
  throw new Error(`${method} ${path} breaks the contract: ${JSON.stringify(violations, null, 2)}`);
}
