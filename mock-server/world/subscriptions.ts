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

/** Lets a subscription, one that stands too, be told of events again or, with false, pauses it. */
export function activate(world: World, before: Subscription, active: boolean): Subscription {
  if (!world.standing.has(before.id)) return replaceSubscription(world, before, { active });
  const subscription = { ...before, active };
  world.standing.set(before.id, subscription);
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
  if (world.standing.has(after.id)) world.standing.set(after.id, after);
  else world.subscriptions.replace(after);
}

/** A receiver of everything that a version of the API has an event for, in every world. The API does not know it. */
export interface StandingWebhook extends Pick<Subscription, "url" | "events" | "secret"> {
  readonly version: string;
}

/** From here on, so that the API's own ids are as they would be without. */
const FIRST_STANDING_ID = 1_000_000_001;

/** One of the option. */
export function standingSubscription(webhook: StandingWebhook, place: number, now: number): Subscription {
  return standing(webhook, { id: FIRST_STANDING_ID + place, origin: "option" }, now);
}

function standing(webhook: StandingWebhook, known: Pick<Subscription, "id" | "origin">, now: number): Subscription {
  const unused = { active: true, deliveryAttempts: 0, lastDeliveredAt: null, createdAt: now, updatedAt: now };
  return { ...webhook, ...known, ...unused };
}

const FIRST_RECEIVER_ID = 2_000_000_001;

/** What the sandbox's own receiver is told from now on, in the place of what it was told before. */
export function subscribeReceiver(world: World, webhooks: readonly StandingWebhook[]): Subscription[] {
  const now = world.clock.now();
  const after = webhooks.map((webhook, i) => standing(webhook, { id: FIRST_RECEIVER_ID + i, origin: "receiver" }, now));
  for (const before of [...world.standing.values()]) {
    if (before.origin !== "receiver" || after.some(({ id }) => id === before.id)) continue;
    world.standing.delete(before.id);
    world.announce({ kind: "subscription.deleted", subscription: before });
  }
  for (const subscription of after) {
    const kind = world.standing.has(subscription.id) ? "subscription.updated" : "subscription.created";
    world.standing.set(subscription.id, subscription);
    world.announce({ kind, subscription });
  }
  return after;
}

export function subscriptionById({ subscriptions, standing }: World, id: number): Subscription | undefined {
  return standing.get(id) ?? subscriptions.get(id);
}

/** Those of the API, then those that stand. */
export function allSubscriptions({ subscriptions, standing }: World): Subscription[] {
  return [...subscriptions.values(), ...standing.values()];
}
