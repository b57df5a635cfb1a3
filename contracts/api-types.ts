import type { OperationId } from "./generated/v2/operations";
import type { components, operations, webhooks } from "./generated/v2/types";
import type { OperationId as OperationIdOfV3 } from "./generated/v3/operations";
import type { operations as operationsOfV3 } from "./generated/v3/types";

type Schemas = components["schemas"];

export type ApiChat = Schemas["Chat"];
export type ApiChatHandle = Schemas["ChatHandle"];
export type ApiMessage = Schemas["ChatMessage"];
export type ApiAttachment = Schemas["Attachment"];
export type ApiReaction = Schemas["Reaction"];
export type ApiReactionType = Schemas["ReactionType"];
export type ApiService = Schemas["Service"];
export type ApiContact = Schemas["Contact"];
export type ApiPhoneNumber = Schemas["PhoneNumber"];
export type ApiSubscription = Schemas["WebhookSubscription"];
export type PageMeta = Schemas["PageMeta"];
/** A refusal, in either of the two forms that the API has. */
export type ErrorBody = Schemas["Error"] | Schemas["StandardError"];

export type WebhookEventType = keyof webhooks;
/** What a webhook brings; `event_type` tells which it is. */
export type ApiEvent<Type extends WebhookEventType = WebhookEventType> = {
  [Name in WebhookEventType]: JsonOf<webhooks[Name]["post"]["requestBody"]>;
}[Type];

type JsonOf<Part> = Part extends { content: { "application/json": infer Body } } ? Body : never;
type Success = 200 | 201 | 202;

/** The JSON that an operation takes; undefined for those that take none. */
export type RequestBody<Id extends OperationId> = Taken<operations[Id]>;
/** The JSON that an operation answers with when it succeeds; undefined for those that have none. */
export type ResponseBody<Id extends OperationId> = Answered<operations[Id]["responses"]>;
/** As {@link RequestBody}, of V3. */
export type RequestBodyOfV3<Id extends OperationIdOfV3> = Taken<operationsOfV3[Id]>;
/** As {@link ResponseBody}, of V3. */
export type ResponseBodyOfV3<Id extends OperationIdOfV3> = Answered<operationsOfV3[Id]["responses"]>;

type Taken<Operation> = Operation extends { requestBody?: infer Part }
  ? [NonNullable<Part>] extends [never]
    ? undefined
    : JsonOf<NonNullable<Part>>
  : undefined;
type Answered<Responses> = [JsonOf<Responses[Success & keyof Responses]>] extends [never]
  ? undefined
  : JsonOf<Responses[Success & keyof Responses]>;
