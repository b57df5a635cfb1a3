import type { AssumptionId, OperationId } from "../../contracts/generated/v2/operations";
import type { operations } from "../../contracts/generated/v2/types";
import type { Upload } from "../world/attachments";
import type { World } from "../world/world";
import type { Failure } from "./errors";

/**
 * One operation of the vendor's: a plain function of the world and a request that has the shape the contract demands.
 * A status or body that the contract does not declare for it does not compile.
 */
export type Operation<Id extends OperationId> = (world: World, request: OperationRequest<Id>) => Reply<Id>;

/** The typed parts of a request. A path id that is no positive integer arrives as 0, which nothing has (A-id-malformed). */
export interface OperationRequest<Id extends OperationId> {
  readonly path: Parameters<Id, "path">;
  readonly query: Parameters<Id, "query">;
  readonly body: Body<operations[Id]>;
  /** What came in the file fields of a form. */
  readonly files: readonly Upload[];
  /** What limits are counted by, where they name no line. */
  readonly token: string;
}

/** An answer: a body with a status that the contract declares for it, or a failure whose status it declares. */
export type Reply<Id extends OperationId> =
  | Success<operations[Id]["responses"]>
  | Failure<Extract<keyof operations[Id]["responses"], number>>;

/** What the mock tells a human beside the answer; never part of the body. */
export interface Notes {
  /** The assumptions that shaped the answer. */
  readonly assuming?: readonly AssumptionId[];
  /** The likely mistake and its fix. */
  readonly hint?: string | undefined;
}

type Parameters<Id extends OperationId, In extends "path" | "query"> = NonNullable<operations[Id]["parameters"][In]>;

type Body<O> = O extends { requestBody?: { content: { "application/json": infer B } } } ? B : undefined;

type Success<Responses> = {
  [S in keyof Responses & (200 | 201 | 204)]: Notes & { readonly status: S; readonly body: Content<Responses[S]> };
}[keyof Responses & (200 | 201 | 204)];

type Content<Response> = Response extends { content: { "application/json": infer B } } ? B : undefined;
