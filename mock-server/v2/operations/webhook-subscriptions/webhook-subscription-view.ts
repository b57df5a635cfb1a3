import type { WebhookEvent } from "../../../../contracts/generated/v2/operations";
import type { components } from "../../../../contracts/generated/v2/types";
import { formatTimestamp } from "../../../../contracts/timestamp";
import type { Subscription } from "../../../world/model";

/** A subscription as the API shows it: without its secret. */
export function webhookSubscriptionView(subscription: Subscription): components["schemas"]["WebhookSubscription"] {
  const { lastDeliveredAt } = subscription;
  return {
    id: subscription.id,
    webhook_url: subscription.url,
    version: 2,
    events: subscription.events as WebhookEvent[],
    active: subscription.active,
    secret_configured: subscription.secret !== null,
    last_delivered_at: lastDeliveredAt === null ? null : formatTimestamp(lastDeliveredAt),
    delivery_attempts: subscription.deliveryAttempts,
    created_at: formatTimestamp(subscription.createdAt),
    updated_at: formatTimestamp(subscription.updatedAt),
  };
}
