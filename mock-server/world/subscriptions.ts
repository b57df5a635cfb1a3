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
export function replaceSubscription(world: World, before: Subscription, fields: Partial<SubscriptionFields>): Subscription {
  const subscription = world.subscriptions.replace({ ...before, ...fields, updatedAt: world.clock.now() });
  world.announce({ kind: "subscription.updated", subscription, before });
  return subscription;
}

/** Lets a subscription, a permanent one too, be told of events again or, with false, pauses it. */
export function activate(world: World, before: Subscription, active: boolean): Subscription {
  if (!world.permanentSubscriptions.has(before.id)) return replaceSubscription(world, before, { active });
  const subscription = { ...before, active };
  world.permanentSubscriptions.set(before.id, subscription);
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
export function countAttempt(world: World, { subscriptionId, status }: Delivery): void {
  const before = subscriptionById(world, subscriptionId);
  if (!before) return;
  const deliveredAt = status === "delivered" ? { lastDeliveredAt: world.clock.now() } : {};
  const after = { ...before, ...deliveredAt, deliveryAttempts: before.deliveryAttempts + 1 };
  if (world.permanentSubscriptions.has(after.id)) world.permanentSubscriptions.set(after.id, after);
  else world.subscriptions.replace(after);
}

/** A receiver of everything that a version of the API has an event for, set by the option or the own receiver: it outlives resets, and the API does not list it. */
export interface PermanentWebhook extends Pick<Subscription, "url" | "events" | "secret"> {
  readonly version: string;
}

/** From here on, so that the API's own ids are as they would be without. */
const FIRST_PERMANENT_ID = 1_000_000_001;

/** The subscription of a webhook that the option `webhooks` names. */
export function permanentSubscription(webhook: PermanentWebhook, place: number, now: number): Subscription {
  return permanentOf(webhook, { id: FIRST_PERMANENT_ID + place, origin: "option" }, now);
}

function permanentOf(webhook: PermanentWebhook, known: Pick<Subscription, "id" | "origin">, now: number): Subscription {
  const unused = { active: true, deliveryAttempts: 0, lastDeliveredAt: null, createdAt: now, updatedAt: now };
  return { ...webhook, ...known, ...unused };
}

const FIRST_RECEIVER_ID = 2_000_000_001;

/** What the sandbox's own receiver is told from now on, in the place of what it was told before. */
export function subscribeReceiver(world: World, webhooks: readonly PermanentWebhook[]): Subscription[] {
  const now = world.clock.now();
  const after = webhooks.map((webhook, i) => permanentOf(webhook, { id: FIRST_RECEIVER_ID + i, origin: "receiver" }, now));
  for (const before of [...world.permanentSubscriptions.values()]) {
    if (before.origin !== "receiver" || after.some(({ id }) => id === before.id)) continue;
    world.permanentSubscriptions.delete(before.id);
    world.announce({ kind: "subscription.deleted", subscription: before });
  }
  for (const subscription of after) {
    const kind = world.permanentSubscriptions.has(subscription.id) ? "subscription.updated" : "subscription.created";
    world.permanentSubscriptions.set(subscription.id, subscription);
    world.announce({ kind, subscription });
  }
  return after;
}

export function subscriptionById({ subscriptions, permanentSubscriptions }: World, id: number): Subscription | undefined {
  return permanentSubscriptions.get(id) ?? subscriptions.get(id);
}

/** Those made by the API, then the permanent ones. */
export function allSubscriptions({ subscriptions, permanentSubscriptions }: World): Subscription[] {
  return [...subscriptions.values(), ...permanentSubscriptions.values()];
}
