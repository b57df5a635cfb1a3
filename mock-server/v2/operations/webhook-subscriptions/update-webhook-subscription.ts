import { subscriptionNotFound } from "../../errors";
import type { Operation } from "../../operation";
import { readSubscription, subscriptionHint, webhookSubscriptionView } from "./view";

/** Changes a subscription. What waits to be delivered goes to where the subscription points then. */
export const updateWebhookSubscription: Operation<"updateWebhookSubscription"> = (world, { path, body }) => {
  const subscription = world.subscriptions.get(path.id);
  if (!subscription) return subscriptionNotFound;
  const fields = readSubscription(body);
  if ("detail" in fields) return fields;
  const updated = world.subscriptions.replace({ ...subscription, ...fields, updatedAt: world.clock.now() });
  world.announce({ kind: "subscription.updated", subscription: updated });
  return {
    status: 200,
    body: { webhook_subscription: webhookSubscriptionView(updated) },
    assuming: ["A-webhook-update", ...(updated.active ? [] : (["A-webhook-paused"] as const))],
    hint: subscriptionHint(updated, world.settings.webhookHosts),
  };
};
