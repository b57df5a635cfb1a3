import { setImmediate as soon } from "node:timers/promises";
import { effectOnWebhook } from "../faults/webhook-faults";
import type { ApiVersion, ApiVersions, DeliveryPolicy } from "../server/api-version";
import { subjectOf } from "../world/cause";
import type { Delivery } from "../world/delivery-log";
import type { WorldEvent } from "../world/events";
import type { Subscription } from "../world/model";
import { countAttempt } from "../world/subscriptions";
import type { World } from "../world/world";
import { attempt } from "./attempt";
import { DelayedDeliveries, dueAt, HeldDeliveries } from "./delayed-deliveries";
import type { EventSender } from "./sender";

/** How many deliveries of one subscription may be under way at once, so that a receiver that hangs does not use up all connections. */
const MAX_UNDER_WAY = 100;

/** What is to be sent to one subscription. */
interface Queue {
  readonly subscriptionId: number;
  /** What is due, in the order in which it starts; where all arrive in order, what is not due yet, too. */
  readonly waiting: Delivery[];
  underWay: number;
  /** Whether it is to be looked at once the reply has left. */
  isWoken: boolean;
}

type BuiltEvent = Pick<Delivery, "eventId" | "eventType" | "body" | "about" | "effect">;

export interface DispatcherOptions {
  readonly sender: EventSender;
  /** Each words the events of its own subscriptions; the first also those that say no version. */
  readonly versions: ApiVersions;
  /** Called when an attempt has ended, and when a delivery was dropped. */
  onProgress(delivery: Delivery): void;
  /** Called with what nobody foresaw. */
  onDefect(error: unknown): void;
}

/** Delivers the events of one world to its subscriptions, after the reply to whatever caused them. */
export class Dispatcher {
  readonly #world: World;
  readonly #options: DispatcherOptions;
  readonly #isInOrder: boolean;
  readonly #queues = new Map<number, Queue>();
  readonly #delayed: DelayedDeliveries;
  readonly #held = new HeldDeliveries();
  readonly #attempts = new Set<AbortController>();
  readonly #works = new Set<Promise<void>>();
  #closed = false;

  constructor(world: World, options: DispatcherOptions) {
    this.#world = world;
    this.#options = options;
    this.#isInOrder = world.settings.webhookOrder === "in-order";
    this.#delayed = new DelayedDeliveries(world.clock, (delivery) => this.#takeUp(delivery));
    world.onEvent((event) => this.#take(event));
  }

  /** Sends the event of a delivery again, as a delivery of its own, which it returns. Undefined when its subscription is gone. */
  redeliver({ subscriptionId, eventId, eventType, body, about }: Delivery): Delivery | undefined {
    const subscription = this.#world.subscriptions.get(subscriptionId);
    return subscription && this.#enqueue(subscription, { eventId, eventType, body, about });
  }

  /** Resolves when nothing is in flight and nothing is due; what waits for a later attempt still waits. */
  async whenIdle(): Promise<void> {
    while (this.#works.size > 0) await Promise.allSettled(this.#works);
  }

  /** Ends every attempt and drops what waits. Returns how many deliveries were dropped. */
  close(): number {
    this.#closed = true;
    for (const attempt of this.#attempts) attempt.abort(new Error("the sandbox was reset or the mock stopped"));
    const before = this.#world.deliveries.counts.dropped;
    this.#drop(() => true);
    return this.#world.deliveries.counts.dropped - before;
  }

  #take(event: WorldEvent): void {
    if (event.kind === "subscription.deleted") return this.#forget(event.subscription.id);
    if (event.kind === "subscription.updated") return this.#wake(this.#queue(event.subscription.id));
    for (const version of this.#options.versions) this.#deliver(version, event);
  }

  /** Words an event once for all subscriptions of a version. */
  #deliver(version: ApiVersion, event: WorldEvent): void {
    const { subscriptions } = this.#world;
    const type = version.eventType(event);
    if (type === undefined || subscriptions.count("event", type) === 0) return;
    const [{ name: first }] = this.#options.versions;
    const all = subscriptions.slice("event", type, 0, subscriptions.size);
    const subscribed = all.filter((subscription) => (subscription.version ?? first) === version.name);
    if (subscribed.length === 0) return;
    const built = { ...version.webhook(this.#world, event, type), about: subjectOf(this.#world, event) };
    for (const subscription of subscribed) {
      if (this.#world.faults.isEmpty) this.#enqueue(subscription, built);
      else this.#enqueueAsFaultsSay(subscription, built, event);
    }
  }

  #enqueueAsFaultsSay(subscription: Subscription, built: BuiltEvent, event: WorldEvent): void {
    const effect = effectOnWebhook(this.#world, event, built.eventType, subscription);
    if (!effect) this.#enqueue(subscription, built);
    else if (effect.copies === 0) this.#lose(subscription, { ...built, effect });
    else for (let copy = 0; copy < effect.copies; copy += 1) this.#enqueue(subscription, { ...built, effect });
  }

  /** Enters a delivery that a fault drops. */
  #lose(subscription: Subscription, event: BuiltEvent): void {
    const delivery = this.#enter(subscription, event);
    if (!delivery) return;
    this.#world.deliveries.finish(delivery, "dropped");
    this.#options.onProgress(delivery);
  }

  #enter({ id, url }: Subscription, event: BuiltEvent): Delivery | undefined {
    return this.#world.deliveries.add({ ...event, subscriptionId: id, url, createdAt: this.#world.clock.now() });
  }

  #enqueue(subscription: Subscription, event: BuiltEvent): Delivery | undefined {
    const delivery = this.#enter(subscription, event);
    if (!delivery) return undefined;
    if (this.#closed) {
      this.#world.deliveries.finish(delivery, "dropped");
      return undefined;
    }
    const { delayMs = 0 } = event.effect ?? {};
    delivery.nextAttemptAt = delivery.createdAt + delayMs;
    if (!this.#isHeld(delivery)) this.#lineUp(this.#queue(subscription.id), delivery);
    return delivery;
  }

  /** Holds a delivery back, if a fault says so and there is none for it to pass; else lets it pass what is held, duplicates included. */
  #isHeld(delivery: Delivery): boolean {
    const passed = this.#held.letPass(delivery);
    for (const one of passed ?? []) this.#delayed.delete(one);
    const waitsMs = delivery.effect?.waitsMs;
    if (passed || waitsMs === undefined) return false;
    delivery.nextAttemptAt = dueAt(delivery) + waitsMs;
    this.#held.hold(delivery);
    this.#delayed.add(delivery);
    return true;
  }

  #lineUp(queue: Queue, delivery: Delivery, put: "push" | "unshift" = "push"): void {
    if (!this.#isInOrder && dueAt(delivery) > this.#world.clock.now()) return this.#delayed.add(delivery);
    queue.waiting[put](delivery);
    this.#wake(queue);
  }

  /** Goes on with a delivery that is due now. */
  #takeUp(delivery: Delivery): void {
    const queue = this.#queue(delivery.subscriptionId);
    this.#held.release(delivery);
    if (queue.waiting[0] === delivery) this.#wake(queue);
    else this.#lineUp(queue, delivery);
  }

  #queue(subscriptionId: number): Queue {
    const known = this.#queues.get(subscriptionId);
    if (known) return known;
    const queue: Queue = { subscriptionId, waiting: [], underWay: 0, isWoken: false };
    this.#queues.set(subscriptionId, queue);
    return queue;
  }

  #forget(subscriptionId: number): void {
    this.#queues.delete(subscriptionId);
    this.#held.forget(subscriptionId);
    this.#drop((delivery) => delivery.subscriptionId === subscriptionId);
  }

  /** Starts what can start, once the reply has left. */
  #wake(queue: Queue): void {
    if (queue.isWoken || this.#closed || queue.waiting.length === 0) return;
    queue.isWoken = true;
    this.#track(
      soon().then(() => {
        queue.isWoken = false;
        this.#startDue(queue);
      }),
    );
  }

  #startDue(queue: Queue): void {
    const atOnce = this.#isInOrder ? 1 : MAX_UNDER_WAY;
    while (queue.underWay < atOnce && !this.#closed) {
      const [next] = queue.waiting;
      const subscription = this.#world.subscriptions.get(queue.subscriptionId);
      if (!next || !subscription?.active) return; // it goes on when it is active again
      if (dueAt(next) > this.#world.clock.now()) return this.#delayed.add(next);
      queue.waiting.shift();
      queue.underWay += 1;
      this.#track(this.#attempt(next, subscription).finally(() => this.#goOn(queue, next)));
    }
  }

  /** What happens when an attempt has ended. */
  #goOn(queue: Queue, delivery: Delivery): void {
    queue.underWay -= 1;
    const passed = this.#held.passedBy(delivery);
    for (const one of passed) one.nextAttemptAt = one.createdAt + (one.effect?.delayMs ?? 0); // nobody is waited for any more
    for (const one of [delivery, ...passed].reverse()) {
      if (one.status === "pending") this.#lineUp(queue, one, "unshift");
    }
    this.#startDue(queue);
  }

  /** Keeps the clock from passing what is under way. */
  #track(work: Promise<void>): void {
    const tracked = work.catch((error: unknown) => this.#options.onDefect(error));
    this.#works.add(tracked);
    void tracked.finally(() => this.#works.delete(tracked));
    this.#world.clock.track(tracked);
  }

  async #attempt(delivery: Delivery, subscription: Subscription): Promise<void> {
    const { clock, settings, deliveries } = this.#world;
    const { attemptsAtMs, timeoutMs } = this.#policyFor(subscription);
    const abort = new AbortController();
    this.#attempts.add(abort);
    delivery.url = subscription.url;
    const { made, verdict } = await attempt(delivery, subscription, {
      sender: this.#options.sender,
      clock,
      timeoutMs,
      receivers: settings,
      abort,
    });
    this.#attempts.delete(abort);
    if (delivery.status !== "pending") return; // dropped meanwhile
    const { attempts } = delivery;
    attempts.push(made);
    const dueMs = verdict === "again" ? attemptsAtMs[attempts.length] : undefined;
    if (dueMs !== undefined) delivery.nextAttemptAt = Math.max((attempts[0] ?? made).at + dueMs, clock.now());
    else deliveries.finish(delivery, verdict === "received" ? "delivered" : "failed");
    countAttempt(this.#world, delivery);
    this.#options.onProgress(delivery);
  }

  #policyFor({ version }: Subscription): DeliveryPolicy {
    const { versions } = this.#options;
    return (versions.find(({ name }) => name === version) ?? versions[0]).deliveryPolicy;
  }

  #drop(isMeant: (delivery: Delivery) => boolean): void {
    for (const delivery of this.#world.deliveries.pendingOnes()) {
      if (!isMeant(delivery)) continue;
      this.#world.deliveries.finish(delivery, "dropped");
      this.#options.onProgress(delivery);
    }
  }
}
