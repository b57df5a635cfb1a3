import type { WebhookEvent as WebhookEventType } from "../contracts/generated/v2/operations";
import type { components, operations } from "./control/generated/types";

type Query<Id extends "listDeliveries" | "listWebhookLog"> = NonNullable<operations[Id]["parameters"]["query"]>;

/** A moment: ISO 8601, or a Date. */
export type Time = string | Date;

/** Which webhook deliveries are meant. */
export type DeliveryFilter = Pick<Query<"listDeliveries">, "status" | "subscription_id"> & {
  readonly event?: WebhookEventType;
  readonly since?: Time;
};

/** Which events of the webhook log are meant. */
export type WebhookEventFilter = Query<"listWebhookLog">;
export type RecordedDelivery = components["schemas"]["Delivery"];
