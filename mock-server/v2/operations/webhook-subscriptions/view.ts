import type { WebhookEvent } from "../../../../contracts/generated/v2/operations";
import type { components } from "../../../../contracts/generated/v2/types";
import { formatTimestamp } from "../../../../contracts/timestamps";
import type { Failure } from "../../../server/failure";
import { isHttpUrl } from "../../../world/attachments";
import type { Subscription } from "../../../world/model";
import type { World } from "../../../world/world";
import { refuse } from "../../errors";

/** The subscription with an id; one of another version of the API is none. */
export function ownSubscription(world: World, id: number): Subscription | undefined {
  const subscription = world.subscriptions.get(id);
  return subscription && isOwn(subscription) ? subscription : undefined;
}

/** Whether a subscription is of this version of the API, which is that of those that say none. */
export function isOwn({ version = "v2" }: Subscription): boolean {
  return version === "v2";
}

type Body = components["schemas"]["WebhookSubscriptionRequest"];

/** What a body sets. A secret that is not given is undefined, one that is empty is none. */
export function readSubscription({
  webhook_subscription: { webhook_url, events, secret, active },
}: Body): (Pick<Subscription, "url" | "events"> & { secret?: string | null; active?: boolean }) | Failure<422> {
  if (!isHttpUrl(webhook_url)) return refuse("urlInvalid", { field: "webhook_subscription.webhook_url" });
  return {
    url: webhook_url,
    events: [...new Set(events)],
    ...(secret !== undefined && { secret: secret || null }),
    ...(active != null && { active }),
  };
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
