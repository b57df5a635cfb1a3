import { Failure } from "../../../server/failure";
import type { Operation } from "../../operation";
import { readSubscription, webhookSubscriptionView } from "./view";

export const createWebhookSubscription: Operation<"createWebhookSubscription"> = (world, { body }) => {
  const fields = readSubscription(body);
  if (fields instanceof Failure) return fields;
  const now = world.clock.now();
  const subscription = world.subscriptions.add((id) => ({
    id,
    secret: null,
    active: true,
    deliveryAttempts: 0,
    lastDeliveredAt: null,
    createdAt: now,
    updatedAt: now,
    ...fields,
  }));
  world.announce({ kind: "subscription.created", subscription });
  return {
    status: 201,
    body: { webhook_subscription: webhookSubscriptionView(subscription) },
  };
};
