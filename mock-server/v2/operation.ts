import type { OperationId } from "../../contracts/generated/v2/operations";
import type { components, operations } from "../../contracts/generated/v2/types";
import type { Failure } from "../server/failure";
import type { Upload } from "../world/attachments";
import type { Chat, Message } from "../world/model";
import type { World } from "../world/world";

/**
 * One operation of the vendor's: a plain function of the world and a request that has the shape the contract demands.
 * A status or body that the contract does not declare for it does not compile.
 */
export type Operation<Id extends OperationId> = (world: World, request: OperationRequest<Id>) => OperationReply<Id>;

/** The typed parts of a request. A path id that is no integer arrives as 0, which nothing has (A-id-shape). */
export interface OperationRequest<Id extends OperationId> {
  readonly path: Parameters<Id, "path">;
  readonly query: Parameters<Id, "query">;
  readonly body: Body<operations[Id]>;
  /** What came in the file fields of a form. */
  readonly files: readonly Upload[];
  /** What limits are counted by, where they name no line. */
  readonly token: string;
}

/** An answer: a body with a status that the contract declares for it with no error envelope, or a failure whose status it declares. */
export type OperationReply<Id extends OperationId> =
  | Success<operations[Id]["responses"]>
  | Failure<Extract<keyof operations[Id]["responses"], number>>;

/** What an operation says of its answer beside the body, and assumptions and hints depend on. */
export interface ReplyDetails {
  /** The chats that the answer shows, or whose messages it shows. */
  readonly chats?: readonly Chat[];
  /** The messages that it shows, all of one chat. */
  readonly messages?: readonly Message[];
  readonly outcome?: "chat-opened" | "chat-existed" | "replayed" | "changed" | "unchanged";
  /** How many chats or contacts fit a find; the answer shows the first. */
  readonly matchCount?: number;
  /** Which list was read, and how far. */
  readonly list?: { readonly name: string; readonly page: number; readonly pages: number };
}

type Parameters<Id extends OperationId, In extends "path" | "query"> = NonNullable<operations[Id]["parameters"][In]>;

type Body<O> = O extends { requestBody?: { content: { "application/json": infer B } } } ? B : undefined;

type Success<Responses> = {
  [S in keyof Responses & number]: Content<Responses[S]> extends Envelope
    ? never
    : { readonly status: S; readonly body: Content<Responses[S]>; readonly details?: ReplyDetails };
}[keyof Responses & number];

type Envelope = components["schemas"]["Error" | "StandardError"];

type Content<Response> = Response extends { content: { "application/json": infer B } } ? B : undefined;
