import type { IncomingHttpHeaders } from "node:http";
import { type OperationId, operations } from "../../contracts/generated/v2/operations";

const FORM = /^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i;

/** Whether a request to an operation that takes forms has one. */
export function isForm(operation: OperationId, { "content-type": type = "" }: IncomingHttpHeaders): boolean {
  return operations[operation].form && FORM.test(type);
}
