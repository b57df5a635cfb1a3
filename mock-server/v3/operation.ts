import type { OperationId } from "../../contracts/generated/v3/operations";
import type { components, operations } from "../../contracts/generated/v3/types";
import type { Failure } from "../server/failure";
import type { World } from "../world/world";

/**
 * One operation of the vendor's: a plain function of the world and a request that has the shape the contract demands.
 * A status or body that the contract does not declare for it does not compile.
 */
export type Operation<Id extends OperationId> = (world: World, request: OperationRequest<Id>) => OperationReply<Id>;

/** The typed parts of a request. Its UUIDs are of the right form; whether they mean anything is the operation's to find out. */
export interface OperationRequest<Id extends OperationId> {
  readonly path: Parameters<Id, "path">;
  readonly query: Parameters<Id, "query">;
  readonly body: Body<operations[Id]>;
  /** The value of `Idempotency-Key`, where the operation reads it. */
  readonly idempotencyKey: string | undefined;
  /** What the trace id is made from, which stands in the answer's `X-Trace-ID`, and in those bodies that have one. */
  readonly traceSource: string;
  readonly token: string;
}

/** An answer: a body with a status that the contract declares for it with no error, or a failure whose status it declares. */
export type OperationReply<Id extends OperationId> =
  | Success<operations[Id]["responses"]>
  | Failure<Extract<keyof operations[Id]["responses"], number>>;

/** What an operation says of its answer beside the body: hints and assumptions. */
export interface ReplyDetails {
  readonly hints?: readonly string[];
  /** Beside those of every such answer. */
  readonly assumptions?: readonly string[];
  /** Whether it is what was answered before, whatever the request says now. */
  readonly isRepeat?: true;
}

type Parameters<Id extends OperationId, In extends "path" | "query"> = NonNullable<operations[Id]["parameters"][In]>;

type Body<O> = O extends { requestBody: { content: { "application/json": infer B } } } ? B : undefined;

type Success<Responses> = {
  [S in keyof Responses & number]: Content<Responses[S]> extends components["schemas"]["ErrorResponse"]
    ? never
    : {
        readonly status: S;
        readonly body: Content<Responses[S]>;
        readonly details?: ReplyDetails;
      };
}[keyof Responses & number];

type Content<Response> = Response extends { content: { "application/json": infer B } } ? B : undefined;
