import { createHash } from "node:crypto";
import type { DeliveryPolicy } from "../server/api-version";
import type { Clock } from "../world/clock";
import type { Delivery } from "../world/delivery-log";
import { Schedule } from "../world/schedule";

/** When a retry is due by the policy of a version, in milliseconds after the start of the attempt before; undefined when there are no more. The jitter follows from the id of the event, so that a seed has it again. */
export function retryStepMs({ attemptsAtMs, jitter = 0 }: DeliveryPolicy, place: number, eventId: string): number | undefined {
  const at = attemptsAtMs[place];
  if (at === undefined) return undefined;
  const step = at - (attemptsAtMs[place - 1] ?? 0);
  const digest = createHash("sha256").update(eventId).digest();
  return step - Math.round((step * jitter * (digest[place - 1] ?? 0)) / 255);
}

/** When the next attempt of a delivery is due, by the clock of its world. */
export function dueAt({ nextAttemptAt, createdAt }: Delivery): number {
  return nextAttemptAt ?? createdAt;
}

/** Deliveries that are set on a clock, for when they are due. */
export class ScheduledDeliveries {
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
