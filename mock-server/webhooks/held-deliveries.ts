import type { Delivery } from "../world/delivery-log";

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
  overtake(delivery: Delivery): readonly Delivery[] | undefined {
    const held = this.#held.get(delivery.subscriptionId);
    if (!held || held[0]?.eventId === delivery.eventId) return undefined;
    this.#held.delete(delivery.subscriptionId);
    this.#passed.set(delivery, held);
    return held;
  }

  /** What a delivery has passed. */
  overtakenBy(delivery: Delivery): readonly Delivery[] {
    return this.#passed.get(delivery) ?? [];
  }

  forget(subscriptionId: number): void {
    this.#held.delete(subscriptionId);
  }
}
