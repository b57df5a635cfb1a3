import { type OperationId, operations } from "./generated/v2/operations";

const patterns = (Object.keys(operations) as OperationId[]).map((id) => {
  const { method, path } = operations[id];
  return { id, method, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}/?$`) };
});

/** The operation that a method and a path below the API's prefix name; of several the first in the vendor's order, so `find` is no id. */
export function matchOperation(method: string, path: string): OperationId | undefined {
  const asked = method === "HEAD" ? "GET" : method;
  return patterns.find((candidate) => candidate.method === asked && candidate.pattern.test(path))?.id;
}
