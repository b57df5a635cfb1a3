import type { OperationId } from "./generated/v2/operations";
import type { components, operations, webhooks } from "./generated/v2/types";

type Schemas = components["schemas"];

export type Chat = Schemas["Chat"];
export type ChatHandle = Schemas["ChatHandle"];
export type Message = Schemas["ChatMessage"];
export type Attachment = Schemas["Attachment"];
export type Reaction = Schemas["Reaction"];
export type ReactionType = Schemas["ReactionType"];
export type Service = Schemas["Service"];
export type Contact = Schemas["Contact"];
export type PhoneNumber = Schemas["PhoneNumber"];
export type WebhookSubscription = Schemas["WebhookSubscription"];
export type PageMeta = Schemas["PageMeta"];
/** A refusal, in either of the two forms that the API has. */
export type ErrorBody = Schemas["Error"] | Schemas["StandardError"];

export type WebhookEventType = keyof webhooks;
/** What a webhook brings; `event_type` tells which it is. */
export type WebhookEvent<Type extends WebhookEventType = WebhookEventType> = {
  [Name in WebhookEventType]: JsonOf<webhooks[Name]["post"]["requestBody"]>;
}[Type];

type JsonOf<Part> = Part extends { content: { "application/json": infer Body } } ? Body : never;
type Success = 200 | 201;

/** The JSON that an operation takes; undefined for those that take none. */
export type RequestBody<Id extends OperationId> = operations[Id] extends { requestBody: infer Part }
  ? [Part] extends [undefined]
    ? undefined
    : JsonOf<NonNullable<Part>>
  : undefined;
/** The JSON that an operation answers with when it succeeds; undefined for those that have none. */
export type ResponseBody<Id extends OperationId> = [
  JsonOf<operations[Id]["responses"][Success & keyof operations[Id]["responses"]]>,
] extends [never]
  ? undefined
  : JsonOf<operations[Id]["responses"][Success & keyof operations[Id]["responses"]]>;
