import { API_PREFIX_V3 } from "../../contracts/client/address";
import { operations as operationsOfV2 } from "../../contracts/generated/v2/operations";
import { type OperationId, operations } from "../../contracts/generated/v3/operations";
import { matchOperation, operationFinder } from "../../contracts/operations";
import { SUCCESSORS } from "../../contracts/successors";
import { nearestRoutes } from "../server/nearest-routes";

const operationAt = operationFinder<OperationId>(operations);

/** What was meant by a path that V3 does not have. */
export function routeHint(method: string, path: string, sandboxName: string | undefined): string {
  const single = path.replaceAll(/\/{2,}/g, "/");
  if (single !== path) return `The path has a slash too many: ${single}.`;
  if (path.startsWith(`${API_PREFIX_V3}${API_PREFIX_V3}`))
    return `The base URL has ${API_PREFIX_V3} already, and so has the path.`;
  const hasPrefix = path.startsWith(API_PREFIX_V3);
  const base = sandboxName === undefined ? API_PREFIX_V3 : `/s/${sandboxName}${API_PREFIX_V3}`;
  const v2 = hasPrefix ? matchOperation(method, path.slice(API_PREFIX_V3.length)) : undefined;
  if (v2 !== undefined) return `That is a path of V2 (${operationsOfV2[v2].title}). In V3 there is ${SUCCESSORS[v2]}.`;
  const prefix = hasPrefix ? "" : `Paths start with ${base}. `;
  const below = hasPrefix ? path.slice(API_PREFIX_V3.length) : path;
  const [, inner = ""] = /^\/[^/]+\/[^/]+(\/[^/]+\/[^/]+.*)$/.exec(below) ?? []; // what is read by its own id, wherever it is
  const meant = operationAt(method, inner);
  const known = Object.values(operations);
  return `${prefix}${nearestRoutes(meant === undefined ? known : [operations[meant]], method, below)}`;
}
