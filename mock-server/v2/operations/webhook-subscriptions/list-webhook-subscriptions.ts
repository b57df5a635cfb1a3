import type { Operation } from "../../operation";
import { isOwn, webhookSubscriptionView } from "./view";

export const listWebhookSubscriptions: Operation<"listWebhookSubscriptions"> = (world) => ({
  status: 200,
  body: { webhook_subscriptions: [...world.subscriptions.values()].filter(isOwn).map(webhookSubscriptionView) },
});
