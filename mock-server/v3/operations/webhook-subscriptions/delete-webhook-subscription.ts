import { Failure } from "../../../server/failure";
import { removeSubscription } from "../../../world/subscriptions";
import type { Operation } from "../../operation";
import { subscriptionAt } from "./view";

/** Ends a subscription; what waits to be delivered is dropped. */
export const deleteWebhookSubscription: Operation<"deleteWebhookSubscription"> = (world, { path: { subscriptionId } }) => {
  const subscription = subscriptionAt(world, subscriptionId);
  if (subscription instanceof Failure) return subscription;
  removeSubscription(world, subscription);
  return { status: 204, body: undefined };
};
