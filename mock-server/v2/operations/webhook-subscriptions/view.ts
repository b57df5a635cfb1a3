import type { WebhookEvent } from "../../../../contracts/generated/v2/operations";
import type { components } from "../../../../contracts/generated/v2/types";
import { formatTimestamp } from "../../../../contracts/timestamps";
import { isReceiverAllowed, isReceiverUrl } from "../../../webhooks/receiver";
import type { Subscription } from "../../../world/model";
import { type Failure, failure } from "../../errors";
import { hints } from "../../hints";

type Body = components["schemas"]["WebhookSubscriptionRequest"];

/** What a body sets. A secret that is not given is undefined, one that is empty is none. */
export function readSubscription({
  webhook_subscription: { webhook_url, events, secret, active },
}: Body): (Pick<Subscription, "url" | "events"> & { secret?: string | null; active?: boolean }) | Failure<422> {
  if (!isReceiverUrl(webhook_url))
    return failure(422, "webhook_subscription.webhook_url is not an http or https URL", { assuming: ["A-create-status"] });
  return {
    url: webhook_url,
    events: [...new Set(events)],
    ...(secret !== undefined && { secret: secret === "" ? null : secret }),
    ...(active !== undefined && { active }),
  };
}

/** What looks wrong about a subscription that was taken. */
export function subscriptionHint({ url, events }: Subscription, webhookHosts: readonly string[]): string | undefined {
  if (!isReceiverAllowed(url, webhookHosts)) return hints.receiverNotAllowed(new URL(url).hostname);
  return events.length === 0 ? hints.eventsEmpty : undefined;
}

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
