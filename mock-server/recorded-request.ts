import type { RequestBody, RequestBodyOfV3, ResponseBody, ResponseBodyOfV3 } from "../contracts/api-types";
import type { OperationId } from "../contracts/generated/v2/operations";
import type { OperationId as OperationIdOfV3 } from "../contracts/generated/v3/operations";
import type { components, operations } from "./control/generated/types";

type Schemas = components["schemas"];

/** Which requests of the journal are meant. A status may be a class: `4xx`. */
export type RequestFilter = Pick<NonNullable<operations["listRequests"]["parameters"]["query"]>, "method" | "path"> & {
  readonly operation?: OperationId | OperationIdOfV3;
  /** Both versions have operations of the same name; their bodies are typed as V2's, unless this says V3. */
  readonly version?: "v2" | "v3";
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
type Recorded<Id, Sent, Answered> = Omit<Schemas["Request"], "operation" | "request" | "response"> & {
  readonly operation: Id;
  readonly request: {
    readonly headers: Readonly<Record<string, unknown>>;
    /** The fields of a form are as they would be in JSON. */
    readonly body: Sent;
    /** The files of a form. */
    readonly files?: Schemas["Request"]["request"]["files"];
  };
  readonly response: { readonly body: Answered };
};
/** A call of V3. */
export type RecordedRequestOfV3<Id extends OperationIdOfV3 | null = OperationIdOfV3 | null> = Id extends OperationIdOfV3
  ? Recorded<Id, RequestBodyOfV3<Id>, ResponseBodyOfV3<Id>>
  : Recorded<null, Json, Json>;
/** The requests that a filter finds: of one operation, where it names one. */
export type Found<Filter extends RequestFilter> = Filter extends { readonly version: "v3" }
  ? Filter extends { readonly operation: infer Id extends OperationIdOfV3 }
    ? RecordedRequestOfV3<Id>
    : RecordedRequestOfV3
  : Filter extends { readonly operation: infer Id extends OperationId }
    ? RecordedRequest<Id>
    : Filter extends { readonly operation: infer Id extends OperationIdOfV3 }
      ? RecordedRequestOfV3<Id>
      : RecordedRequest;
// biome-ignore lint/suspicious/noExplicitAny: whoever reads a body knows which it is
type Json = any;
