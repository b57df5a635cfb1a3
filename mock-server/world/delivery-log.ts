import type { Subject } from "./event-cause";
import type { Memory, MemoryShare } from "./memory-limits";

const MAX_FINISHED = 1000;
const MAX_PENDING = 100_000;
/** What a delivery takes beside its body, about. */
const DELIVERY_BYTES = 2000;

export type DeliveryStatus = "pending" | "delivered" | "failed" | "dropped";

/** One try to deliver an event. */
export interface Attempt {
  /** Milliseconds since 1970, by the sandbox's clock. */
  readonly at: number;
  /** When it left, by the machine's clock, which receivers compare it with; of this its signatures are. */
  readonly signedAt: number;
  /** How long it took, in real milliseconds. */
  readonly ms: number;
  /** What the receiver answered, if it did. */
  readonly status: number | undefined;
  /** Why the attempt failed, if it did. */
  readonly error: string | undefined;
  /** What kind of failure that is. */
  readonly failure?: "receiver_refused" | "receiver_unreachable" | "receiver_too_slow" | "not_allowed";
  /** What the receiver answered, as far as it was read; undefined as long as it has not come. */
  answer?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The fault that the receiver should have noticed, if there was one. */
  readonly fault?: string;
}

/** An event on its way to one subscription. */
export interface Delivery {
  readonly id: number;
  readonly subscriptionId: number;
  /** The version of the API whose event it is. */
  readonly version: string;
  /** The id of the event in the webhook log. */
  readonly webhookEventId: number;
  readonly eventId: string;
  readonly eventType: string;
  /** The bytes to send; what is signed. */
  readonly body: string;
  readonly createdAt: number;
  readonly about: Subject;
  /** Where it went at the last attempt or, before the first, where it is to go. */
  url: string;
  status: DeliveryStatus;
  readonly attempts: Attempt[];
  nextAttemptAt: number | null;
  /** When it ended, in real milliseconds; only differences between two mean something. */
  endedAt?: number;
  /** Why it was dropped, where no fault did it. */
  droppedBecause?: string;
  /** What it takes in memory, about. */
  bytes: number;
  /** What faults do to it, if any does. */
  readonly effect?: WebhookEffect;
}

/** Letters take two bytes in memory, unless all of a text are Latin. */
function memoryOf(text: string): number {
  return 2 * text.length;
}

/** What faults do to a webhook on its way to one subscription. */
export interface WebhookEffect {
  /** The rules that act, as people read them. */
  readonly faults: string;
  /** How often it is sent: 0, 1 or more. */
  readonly copies: number;
  /** How late it comes, in milliseconds. */
  readonly delayMs: number;
  /** How much longer it waits for the next one to the subscription to pass it; undefined when it does not. */
  readonly waitsMs: number | undefined;
  /** Whether its signature is that of its body. */
  readonly isSignedWell: boolean;
}

/**
 * The deliveries of a world: all that are pending, up to 100,000, and the last 1,000 that are finished; fewer when the mock has no room
 * for so much. What it drops is counted.
 */
export class DeliveryLog {
  readonly #pending = new Map<number, Delivery>();
  readonly #finished = new Map<number, Delivery>();
  readonly #counts = { delivered: 0, failed: 0, dropped: 0, evicted: 0 };
  readonly #share: MemoryShare;
  #lastId = 0;

  constructor(memory: Memory) {
    this.#share = memory.share({
      kind: "deliveries",
      oldestSince: () => this.#oldest()?.endedAt,
      dropOldest: () => this.#evict(),
    });
  }

  get pending(): number {
    return this.#pending.size;
  }

  /** How many deliveries ended how, and how many of those are no longer kept. */
  get counts(): Readonly<Record<"delivered" | "failed" | "dropped" | "evicted", number>> {
    return this.#counts;
  }

  pendingOnes(): readonly Delivery[] {
    return [...this.#pending.values()];
  }

  /** Enters a delivery that is due now. Undefined when too many wait already. */
  add(
    delivery: Pick<
      Delivery,
      | "subscriptionId"
      | "version"
      | "webhookEventId"
      | "eventId"
      | "eventType"
      | "body"
      | "url"
      | "createdAt"
      | "about"
      | "effect"
    >,
  ): Delivery | undefined {
    const bytes = DELIVERY_BYTES + memoryOf(delivery.body);
    if (this.#pending.size >= MAX_PENDING || !this.#share.takeIfRoom(bytes)) {
      this.#counts.dropped += 1;
      return undefined;
    }
    this.#lastId += 1;
    const entered: Delivery = {
      ...delivery,
      id: this.#lastId,
      status: "pending",
      attempts: [],
      nextAttemptAt: delivery.createdAt,
      bytes,
    };
    this.#pending.set(entered.id, entered);
    return entered;
  }

  get(id: number): Delivery | undefined {
    return this.#pending.get(id) ?? this.#finished.get(id);
  }

  /** Keeps what a receiver has answered to an attempt. */
  keepAnswer(delivery: Delivery, attempt: Attempt, answer: string): void {
    attempt.answer = answer;
    if (this.get(delivery.id) !== delivery) return; // it is no longer kept
    delivery.bytes += memoryOf(answer);
    this.#share.take(memoryOf(answer));
  }

  /** Ends a delivery that was pending. */
  finish(delivery: Delivery, status: Exclude<DeliveryStatus, "pending">): void {
    delivery.status = status;
    delivery.nextAttemptAt = null;
    delivery.endedAt = performance.now();
    this.#pending.delete(delivery.id);
    this.#finished.set(delivery.id, delivery);
    this.#counts[status] += 1;
    if (this.#finished.size > MAX_FINISHED) this.#evict();
  }

  #oldest(): Delivery | undefined {
    return this.#finished.values().next().value;
  }

  #evict(): void {
    const oldest = this.#oldest();
    if (!oldest) return;
    this.#finished.delete(oldest.id);
    this.#counts.evicted += 1;
    this.#share.release(oldest.bytes);
  }

  /** What is kept counts no longer: it goes with the world. */
  close(): void {
    this.#share.close();
  }

  /** Every delivery that is kept, by ascending id. */
  values(): Delivery[] {
    return [...this.#finished.values(), ...this.#pending.values()].sort((a, b) => a.id - b.id);
  }
}
