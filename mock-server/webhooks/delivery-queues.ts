import { setImmediate as soon } from "node:timers/promises";
import type { Delivery } from "../world/delivery-log";
import type { Subscription } from "../world/model";
import { subscriptionById } from "../world/subscriptions";
import type { World } from "../world/world";
import { HeldDeliveries } from "./held-deliveries";
import { dueAt, ScheduledDeliveries } from "./retry-schedule";

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

interface QueueOptions {
  /** Makes an attempt of a delivery; it is pending afterwards when there is to be another. */
  attempt(delivery: Delivery, subscription: Subscription): Promise<void>;
  /** Called with what nobody foresaw. */
  onDefect(error: unknown): void;
}

/** Decides when the deliveries of one world are attempted. */
export class DeliveryQueues {
  readonly #world: World;
  readonly #options: QueueOptions;
  readonly #isInOrder: boolean;
  readonly #queues = new Map<number, Queue>();
  readonly #scheduled: ScheduledDeliveries;
  readonly #held = new HeldDeliveries();
  readonly #works = new Set<Promise<void>>();
  #closed = false;

  constructor(world: World, options: QueueOptions) {
    this.#world = world;
    this.#options = options;
    this.#isInOrder = world.settings.webhookOrder === "in-order";
    this.#scheduled = new ScheduledDeliveries(world.clock, (delivery) => this.#onDue(delivery));
  }

  /** Resolves when nothing is in flight and nothing is due. */
  async whenIdle(): Promise<void> {
    while (this.#works.size > 0) await Promise.allSettled(this.#works);
  }

  /** Starts nothing any more. */
  close(): void {
    this.#closed = true;
  }

  /** Takes a new delivery: holds it back, if a fault says so and there is none for it to pass; else lets it pass what is held, duplicates included. */
  enqueue(delivery: Delivery): void {
    const passed = this.#held.overtake(delivery);
    for (const one of passed ?? []) this.#scheduled.delete(one);
    const waitsMs = delivery.effect?.waitsMs;
    if (passed || waitsMs === undefined) return this.#lineUp(this.#queue(delivery.subscriptionId), delivery);
    delivery.nextAttemptAt = dueAt(delivery) + waitsMs;
    this.#held.hold(delivery);
    this.#scheduled.add(delivery);
  }

  /** Has a delivery that waits be due at another instant. */
  postpone(delivery: Delivery, instant: number): void {
    const { waiting } = this.#queue(delivery.subscriptionId);
    const place = this.#isInOrder ? waiting.indexOf(delivery) : -1;
    this.remove(delivery);
    delivery.nextAttemptAt = instant;
    if (place < 0) return this.#lineUp(this.#queue(delivery.subscriptionId), delivery);
    waiting.splice(place, 0, delivery);
    this.wake(delivery.subscriptionId);
  }

  /** Forgets a delivery. */
  remove(delivery: Delivery): void {
    this.#held.release(delivery);
    this.#scheduled.delete(delivery);
    const { waiting } = this.#queue(delivery.subscriptionId);
    const place = waiting.indexOf(delivery);
    if (place >= 0) waiting.splice(place, 1);
    this.wake(delivery.subscriptionId);
  }

  forget(subscriptionId: number): void {
    this.#queues.delete(subscriptionId);
    this.#held.forget(subscriptionId);
  }

  /** Looks once more at what waits for a subscription. */
  wake(subscriptionId: number): void {
    this.#wake(this.#queue(subscriptionId));
  }

  #lineUp(queue: Queue, delivery: Delivery, put: "push" | "unshift" = "push"): void {
    if (!this.#isInOrder && dueAt(delivery) > this.#world.clock.now()) return this.#scheduled.add(delivery);
    queue.waiting[put](delivery);
    this.#wake(queue);
  }

  /** Goes on with a delivery that is due now. */
  #onDue(delivery: Delivery): void {
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
      const subscription = subscriptionById(this.#world, queue.subscriptionId);
      if (!next || !subscription?.active) return; // it goes on when it is active again
      if (dueAt(next) > this.#world.clock.now()) return this.#scheduled.add(next);
      queue.waiting.shift();
      queue.underWay += 1;
      this.#track(this.#options.attempt(next, subscription).finally(() => this.#goOn(queue, next)));
    }
  }

  /** What happens when an attempt has ended. */
  #goOn(queue: Queue, delivery: Delivery): void {
    queue.underWay -= 1;
    const passed = this.#held.overtakenBy(delivery);
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
}
