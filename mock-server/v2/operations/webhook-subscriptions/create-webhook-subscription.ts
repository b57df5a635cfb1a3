import { Failure } from "../../../server/failure";
import { addSubscription } from "../../../world/subscriptions";
import type { Operation } from "../../operation";
import { readSubscription, webhookSubscriptionView } from "./view";

export const createWebhookSubscription: Operation<"createWebhookSubscription"> = (world, { body }) => {
  const fields = readSubscription(body);
  if (fields instanceof Failure) return fields;
  const subscription = addSubscription(world, fields);
  return {
    status: 201,
    body: { webhook_subscription: webhookSubscriptionView(subscription) },
  };
};
