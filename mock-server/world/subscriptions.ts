import type { Delivery } from "./delivery-log";
import type { Subscription } from "./model";
import type { World } from "./world";

type SubscriptionFields = Pick<Subscription, "url" | "events"> &
  Partial<Pick<Subscription, "version" | "secret" | "active" | "lines" | "routing">>;

/** Subscribes a receiver to events. It is active and has no secret, unless it is said. */
export function addSubscription(world: World, fields: SubscriptionFields): Subscription {
  const now = world.clock.now();
  const subscription = world.subscriptions.add((id) => ({
    id,
    secret: null,
    active: true,
    deliveryAttempts: 0,
    lastDeliveredAt: null,
    createdAt: now,
    updatedAt: now,
    ...fields,
  }));
  world.announce({ kind: "subscription.created", subscription });
  return subscription;
}

/** Changes the given fields and keeps the rest. What waits to be delivered goes to where the subscription points then. */
export function changeSubscription(world: World, before: Subscription, fields: Partial<SubscriptionFields>): Subscription {
  const subscription = world.subscriptions.replace({ ...before, ...fields, updatedAt: world.clock.now() });
  world.announce({ kind: "subscription.updated", subscription });
  return subscription;
}

/** Ends a subscription. What waits to be delivered to it is dropped. */
export function removeSubscription(world: World, subscription: Subscription): void {
  world.subscriptions.delete(subscription.id);
  world.announce({ kind: "subscription.deleted", subscription });
}

/** The subscriptions that were made by a version of the API. */
export function subscriptionsOf({ subscriptions }: Pick<World, "subscriptions">, version: string): Subscription[] {
  return [...subscriptions.values()].filter((subscription) => subscription.version === version);
}

/** Counts an attempt of a delivery, which has arrived or not, where its subscription is still there. */
export function countAttempt({ subscriptions, clock }: World, { subscriptionId, status }: Delivery): void {
  const subscription = subscriptions.get(subscriptionId);
  if (!subscription) return;
  const deliveredAt = status === "delivered" ? { lastDeliveredAt: clock.now() } : {};
  subscriptions.replace({ ...subscription, ...deliveredAt, deliveryAttempts: subscription.deliveryAttempts + 1 });
}
