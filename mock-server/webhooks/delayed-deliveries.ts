import type { Clock } from "../world/clock";
import type { Delivery } from "../world/delivery-log";
import { Schedule } from "../world/schedule";

export function dueAt({ nextAttemptAt, createdAt }: Delivery): number {
  return nextAttemptAt ?? createdAt;
}

/** Deliveries that are set on a clock, for when they are due. */
export class DelayedDeliveries {
  readonly #schedule: Schedule;
  readonly #byId = new Map<number, Delivery>();

  /** `onDue` is called with those that are still pending then. */
  constructor(clock: Clock, onDue: (delivery: Delivery) => void) {
    this.#schedule = new Schedule(clock, []);
    const attempt = (id: number): void => {
      const delivery = this.#byId.get(id);
      this.#byId.delete(id);
      if (delivery?.status === "pending") onDue(delivery);
    };
    const wordsOf = (id: number): string => {
      const { attempts, eventType } = this.#byId.get(id) ?? {};
      return `attempt ${(attempts?.length ?? 0) + 1} of ${eventType}`;
    };
    this.#schedule.start(attempt, wordsOf);
  }

  add(delivery: Delivery): void {
    if (this.#byId.has(delivery.id)) return;
    this.#byId.set(delivery.id, delivery);
    this.#schedule.add({ at: dueAt(delivery), id: delivery.id });
  }

  delete({ id }: Delivery): void {
    if (this.#byId.delete(id)) this.#schedule.delete(id);
  }
}

/** What faults hold back of each subscription, until its next event has passed it. */
export class HeldDeliveries {
  readonly #held = new Map<number, Delivery[]>();
  readonly #passed = new WeakMap<Delivery, readonly Delivery[]>();

  hold(delivery: Delivery): void {
    const others = this.#held.get(delivery.subscriptionId) ?? [];
    this.#held.set(delivery.subscriptionId, [...others, delivery]);
  }

  /** Holds a delivery back no longer. */
  release(delivery: Delivery): void {
    const others = this.#held.get(delivery.subscriptionId)?.filter((held) => held !== delivery) ?? [];
    if (others.length > 0) this.#held.set(delivery.subscriptionId, others);
    else this.#held.delete(delivery.subscriptionId);
  }

  /** Lets a delivery pass what is held, duplicates included, and returns that; undefined when nothing is, but for the same event. */
  letPass(delivery: Delivery): readonly Delivery[] | undefined {
    const held = this.#held.get(delivery.subscriptionId);
    if (!held || held[0]?.eventId === delivery.eventId) return undefined;
    this.#held.delete(delivery.subscriptionId);
    this.#passed.set(delivery, held);
    return held;
  }

  /** What a delivery has passed. */
  passedBy(delivery: Delivery): readonly Delivery[] {
    return this.#passed.get(delivery) ?? [];
  }

  forget(subscriptionId: number): void {
    this.#held.delete(subscriptionId);
  }
}
