import type { RequestBody, ResponseBody } from "../contracts/api-types";
import type { OperationId } from "../contracts/generated/v2/operations";
import type { components, operations } from "./control/generated/types";

/** Which requests of the journal are meant. A status may be a class: `4xx`. */
export type RequestFilter = Pick<NonNullable<operations["listRequests"]["parameters"]["query"]>, "method" | "path"> & {
  readonly operation?: OperationId;
  readonly status?: string | number;
  readonly since?: string | Date;
};

/**
 * What was asked, and what was answered: `operation` tells which it is, and so what its bodies are. A request that was refused
 * may have had anything for a body, and a refusal is an `ErrorBody`.
 */
export type RecordedRequest<Id extends OperationId | null = OperationId | null> = Id extends OperationId
  ? Recorded<Id, RequestBody<Id>, ResponseBody<Id>>
  : Recorded<null, Json, Json>; // of a path that is none of the API's
type Recorded<Id, Sent, Answered> = Omit<components["schemas"]["Request"], "operation" | "request" | "response"> & {
  readonly operation: Id;
  readonly request: { readonly headers: Readonly<Record<string, unknown>>; readonly body: Sent };
  readonly response: { readonly body: Answered };
};
/** Those of one operation, where the filter names one. */
export type Found<Filter extends RequestFilter> = Filter extends { readonly operation: infer Id extends OperationId }
  ? RecordedRequest<Id>
  : RecordedRequest;
// biome-ignore lint/suspicious/noExplicitAny: whoever reads a body knows which it is
type Json = any;
