import { Failure } from "../../../server/failure";
import { replaceSubscription } from "../../../world/subscriptions";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";
import { ownSubscription, readSubscription, webhookSubscriptionView } from "./view";

export const updateWebhookSubscription: Operation<"updateWebhookSubscription"> = (world, { path, body }) => {
  const subscription = ownSubscription(world, path.webhook_subscription_id);
  if (!subscription) return refuse("subscriptionNotFound");
  const fields = readSubscription(body);
  if (fields instanceof Failure) return fields;
  const updated = replaceSubscription(world, subscription, fields);
  return {
    status: 200,
    body: { webhook_subscription: webhookSubscriptionView(updated) },
  };
};
