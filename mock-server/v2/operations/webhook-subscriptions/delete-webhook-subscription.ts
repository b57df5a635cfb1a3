import { removeSubscription } from "../../../world/subscriptions";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";
import { ownSubscription } from "./view";

export const deleteWebhookSubscription: Operation<"deleteWebhookSubscription"> = (world, { path }) => {
  const subscription = ownSubscription(world, path.webhook_subscription_id);
  if (!subscription) return refuse("subscriptionNotFound");
  removeSubscription(world, subscription);
  return { status: 204, body: undefined };
};
