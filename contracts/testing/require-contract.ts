import { checkResponse } from "../check";
import { type ContractVersion, contractV2 } from "../contract-version";

/**
 * Throws when an answer to `method` and `path` (below the prefix of a version, query allowed) breaks its contract. A path that the
 * contract does not have is none of its business.
 */
export function requireContract(
  method: string,
  path: string,
  status: number,
  body: unknown,
  contract: ContractVersion = contractV2,
): void {
  const operation = contract.operationAt(method, path.split("?")[0] ?? "");
  const violations = operation ? checkResponse(operation, status, body, contract) : [];
  if (violations.length > 0) throw new Error(`${method} ${path} breaks the contract: ${JSON.stringify(violations, null, 2)}`);
}
