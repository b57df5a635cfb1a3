import { Failure } from "../../../server/failure";
import type { Operation } from "../../operation";
import { subscriptionAt, webhookSubscriptionView } from "./view";

/** One subscription. */
export const getWebhookSubscription: Operation<"getWebhookSubscription"> = (world, { path: { subscriptionId } }) => {
  const subscription = subscriptionAt(world, subscriptionId);
  if (subscription instanceof Failure) return subscription;
  return { status: 200, body: webhookSubscriptionView(world, subscription) };
};
