import { refuse } from "../../errors";
import type { Operation } from "../../operation";

/** Ends a subscription. What waits to be delivered to it is dropped. */
export const deleteWebhookSubscription: Operation<"deleteWebhookSubscription"> = (world, { path }) => {
  const subscription = world.subscriptions.get(path.webhook_subscription_id);
  if (!subscription) return refuse("subscriptionNotFound");
  world.subscriptions.delete(subscription.id);
  world.announce({ kind: "subscription.deleted", subscription });
  return { status: 204, body: undefined };
};
