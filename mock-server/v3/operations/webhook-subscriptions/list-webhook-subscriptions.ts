import { subscriptionsOf } from "../../../world/subscriptions";
import type { Operation } from "../../operation";
import { webhookSubscriptionView } from "./view";

/** All subscriptions that were made by this version of the API. */
export const listWebhookSubscriptions: Operation<"listWebhookSubscriptions"> = (world) => ({
  status: 200,
  body: { subscriptions: subscriptionsOf(world, "v3").map((one) => webhookSubscriptionView(world, one)) },
});
