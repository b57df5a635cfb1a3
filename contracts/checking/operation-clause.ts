import { type OperationId, operations } from "../generated/v2/operations";

/** Where an operation stands in the contract: `#/paths/~1chats~1find/get`. */
export function operationClause(operation: OperationId): string {
  const { method, path } = operations[operation];
  return `#/paths/${path.replaceAll("/", "~1")}/${method.toLowerCase()}`;
}
