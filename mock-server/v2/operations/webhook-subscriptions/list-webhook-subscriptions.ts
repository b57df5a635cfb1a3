import type { Operation } from "../../operation";
import { webhookSubscriptionView } from "./view";

export const listWebhookSubscriptions: Operation<"listWebhookSubscriptions"> = (world) => ({
  status: 200,
  body: { webhook_subscriptions: [...world.subscriptions.values()].map(webhookSubscriptionView) },
});
