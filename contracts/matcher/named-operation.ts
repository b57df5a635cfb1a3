import { type OperationId, operations } from "../generated/v2/operations";
import { nearest } from "../nearest";

/** The operation that was named. @throws TypeError when there is none of this name */
export function namedOperation(name: string): OperationId {
  if (Object.hasOwn(operations, name)) return name as OperationId;
  const meant = nearest(name, Object.keys(operations));
  throw new TypeError(`toSatisfyContract: there is no operation ${name}${meant === undefined ? "" : `; ${meant} was meant`}.`);
}
