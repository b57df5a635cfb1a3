import { checkResponse } from "../check";
import { matchOperation } from "../operations";

/**
 * Throws when an answer to `method` and `path` (below the API's prefix, query allowed) breaks the contract. A path that the
 * contract does not have is none of its business.
 */
export function requireContract(method: string, path: string, status: number, body: unknown): void {
  const operation = matchOperation(method, path.split("?")[0] ?? "");
  const violations = operation ? checkResponse(operation, status, body) : [];
  if (violations.length > 0) throw new Error(`${method} ${path} breaks the contract: ${JSON.stringify(violations, null, 2)}`);
}
