import { Failure } from "../../../server/failure";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";
import { readSubscription, webhookSubscriptionView } from "./view";

/** Changes a subscription. What waits to be delivered goes to where the subscription points then. */
export const updateWebhookSubscription: Operation<"updateWebhookSubscription"> = (world, { path, body }) => {
  const subscription = world.subscriptions.get(path.webhook_subscription_id);
  if (!subscription) return refuse("subscriptionNotFound");
  const fields = readSubscription(body);
  if (fields instanceof Failure) return fields;
  const updated = world.subscriptions.replace({ ...subscription, ...fields, updatedAt: world.clock.now() });
  world.announce({ kind: "subscription.updated", subscription: updated });
  return {
    status: 200,
    body: { webhook_subscription: webhookSubscriptionView(updated) },
  };
};
