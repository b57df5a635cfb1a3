import { setImmediate as soon } from "node:timers/promises";
import { effectOnWebhook } from "../faults/webhook-faults";
import type { ApiVersion } from "../server/api-version";
import type { Delivery } from "../world/delivery-log";
import type { WorldEvent } from "../world/events";
import type { Subscription } from "../world/model";
import type { World } from "../world/world";
import { attempt, RETRY_POLICY } from "./attempt";
import type { EventSender } from "./sender";

/** What waits for one subscription, in order: one delivery is finished before the next begins. */
interface Queue {
  readonly subscriptionId: number;
  readonly waiting: Delivery[];
  /** Whether an attempt runs or is set on the clock. */
  busy: boolean;
  /** Takes the next attempt off the clock; undefined when none is set. */
  unset?: (() => void) | undefined;
}

type BuiltEvent = Pick<Delivery, "eventId" | "eventType" | "body" | "effect">;

export interface DispatcherOptions {
  readonly sender: EventSender;
  /** Each words the events of its own subscriptions; the first also those that say no version. */
  readonly versions: readonly ApiVersion[];
  /** Called when an attempt has ended, and when a delivery was dropped. */
  onProgress(delivery: Delivery): void;
  /** Called with what nobody foresaw; the queue it came from stands still until something is put into it. */
  onDefect(error: unknown): void;
}

/** Delivers the events of one world to its subscriptions, after the reply to whatever caused them. */
export class Dispatcher {
  readonly #world: World;
  readonly #options: DispatcherOptions;
  readonly #queues = new Map<number, Queue>();
  readonly #attempts = new Set<AbortController>();
  readonly #works = new Set<Promise<void>>();
  #closed = false;

  constructor(world: World, options: DispatcherOptions) {
    this.#world = world;
    this.#options = options;
    world.onEvent((event) => this.#take(event));
  }

  /** Sends the event of a delivery again, as a delivery of its own, which it returns. Undefined when its subscription is gone. */
  redeliver({ subscriptionId, eventId, eventType, body }: Delivery): Delivery | undefined {
    const subscription = this.#world.subscriptions.get(subscriptionId);
    return subscription && this.#enqueue(subscription, { eventId, eventType, body });
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
    for (const queue of this.#queues.values()) this.#drop(queue);
    return this.#world.deliveries.counts.dropped - before;
  }

  #take(event: WorldEvent): void {
    if (event.kind === "subscription.deleted") return this.#forget(this.#queue(event.subscription.id));
    if (event.kind === "subscription.updated") return this.#start(this.#queue(event.subscription.id));
    for (const version of this.#options.versions) this.#deliver(version, event);
  }

  /** Words an event once for all subscriptions of a version. */
  #deliver(version: ApiVersion, event: WorldEvent): void {
    const { subscriptions } = this.#world;
    const type = version.eventType(event);
    if (type === undefined || subscriptions.count("event", type) === 0) return;
    const [{ name: first }] = this.#options.versions as [ApiVersion];
    const all = subscriptions.slice("event", type, 0, subscriptions.size);
    const subscribed = all.filter((subscription) => (subscription.version ?? first) === version.name);
    if (subscribed.length === 0) return;
    const built = version.webhook(this.#world, event, type);
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
    const { delayMs = 0, waitsMs = 0 } = event.effect ?? {};
    delivery.nextAttemptAt = delivery.createdAt + delayMs + waitsMs;
    const queue = this.#queue(subscription.id);
    this.#letPass(queue, delivery);
    this.#start(queue);
    return delivery;
  }

  /** Puts a delivery into the queue: before the last one and its duplicates, where a fault says so, which then follow at once. */
  #letPass({ waiting, unset }: Queue, delivery: Delivery): void {
    const last = waiting.at(-1);
    const isPassed = last?.effect?.waitsMs !== undefined && last.attempts.length === 0 && last.eventId !== delivery.eventId;
    if (!isPassed || (last.nextAttemptAt ?? 0) <= this.#world.clock.now()) {
      waiting.push(delivery);
      return;
    }
    const passed = waiting.splice(waiting.findIndex(({ eventId }) => eventId === last.eventId));
    for (const one of [delivery, ...passed]) one.nextAttemptAt = one.createdAt + (one.effect?.delayMs ?? 0); // nobody is waited for any more
    waiting.push(delivery, ...passed);
    unset?.();
  }

  #queue(subscriptionId: number): Queue {
    const known = this.#queues.get(subscriptionId);
    if (known) return known;
    const queue = { subscriptionId, waiting: [], busy: false };
    this.#queues.set(subscriptionId, queue);
    return queue;
  }

  #forget(queue: Queue): void {
    queue.unset?.();
    this.#drop(queue);
    this.#queues.delete(queue.subscriptionId);
  }

  #start(queue: Queue): void {
    if (queue.busy || this.#closed || queue.waiting.length === 0) return;
    queue.busy = true;
    const work = this.#work(queue).catch((error: unknown) => {
      queue.busy = false;
      this.#options.onDefect(error);
    });
    this.#works.add(work);
    void work.finally(() => this.#works.delete(work));
    this.#world.clock.track(work);
  }

  /** Delivers what waits, until there is nothing more, or nothing that is due. */
  async #work(queue: Queue): Promise<void> {
    await soon(); // the reply goes first
    for (let [next] = queue.waiting; next && !this.#closed; [next] = queue.waiting) {
      const subscription = this.#world.subscriptions.get(queue.subscriptionId);
      if (!subscription?.active) break; // it goes on when it is active again
      const dueAt = next.nextAttemptAt ?? 0;
      if (dueAt > this.#world.clock.now()) return this.#startAt(queue, dueAt);
      await this.#attempt(next, subscription);
      if (next.status !== "pending" && queue.waiting[0] === next) queue.waiting.shift();
    }
    queue.busy = false;
  }

  #startAt(queue: Queue, instant: number): void {
    const cancel = this.#world.clock.at(instant, () => {
      queue.unset = undefined;
      queue.busy = false;
      this.#start(queue);
    });
    queue.unset = () => {
      cancel();
      queue.unset = undefined;
      queue.busy = false;
    };
  }

  async #attempt(delivery: Delivery, subscription: Subscription): Promise<void> {
    const { clock, settings, deliveries } = this.#world;
    const abort = new AbortController();
    this.#attempts.add(abort);
    delivery.url = subscription.url;
    const { made, verdict } = await attempt(delivery, subscription, {
      sender: this.#options.sender,
      clock,
      allowedHosts: settings.webhookHosts,
      abort,
    });
    this.#attempts.delete(abort);
    if (delivery.status !== "pending") return; // dropped meanwhile
    const { attempts } = delivery;
    attempts.push(made);
    const dueMs = verdict === "again" ? RETRY_POLICY.dueAtMs[attempts.length] : undefined;
    if (dueMs !== undefined) delivery.nextAttemptAt = Math.max((attempts[0] ?? made).at + dueMs, clock.now());
    else deliveries.finish(delivery, verdict === "received" ? "delivered" : "failed");
    this.#countAttempt(delivery);
    this.#options.onProgress(delivery);
  }

  #countAttempt({ subscriptionId, status }: Delivery): void {
    const subscription = this.#world.subscriptions.get(subscriptionId);
    if (!subscription) return;
    const deliveredAt = status === "delivered" ? { lastDeliveredAt: this.#world.clock.now() } : {};
    this.#world.subscriptions.replace({
      ...subscription,
      ...deliveredAt,
      deliveryAttempts: subscription.deliveryAttempts + 1,
    });
  }

  #drop(queue: Queue): void {
    for (const delivery of queue.waiting.splice(0)) {
      if (delivery.status !== "pending") continue;
      this.#world.deliveries.finish(delivery, "dropped");
      this.#options.onProgress(delivery);
    }
  }
}
