import type { Subject } from "./event-cause";
import type { Memory, MemoryShare } from "./memory-limits";
import type { Subscription } from "./model";

const MAX_EVENTS = 1000;
/** What an event takes, and each delivery of it, about. */
const EVENT_BYTES = 700;
const DELIVERY_BYTES = 300;

/** Why an event has not reached a receiver. */
export interface Unreached {
  readonly reason: UnreachedReason;
  /** For people. */
  readonly message: string;
  /** What to do. */
  readonly hint: string;
}

export type UnreachedReason =
  | "no_subscription"
  | "not_subscribed"
  | "paused"
  | "receiver_refused"
  | "receiver_unreachable"
  | "receiver_too_slow"
  | "fault"
  | "not_allowed"
  | "dropped";

/** What has become of a delivery so far: nothing yet, or it was received, or why it was not. */
export type DeliveryOutcome = "waiting" | "received" | Unreached;

/** Something that happened and that a version of the API has a webhook for, whether somebody is told or not. */
export interface LoggedEvent {
  readonly id: number;
  /** The version that has it. */
  readonly version: string;
  readonly type: string;
  /** Milliseconds since 1970, by the world's clock. */
  readonly at: number;
  readonly about: Subject;
  /** Whom it is about, for people, where no chat says it. */
  readonly person?: string | undefined;
  /** How the message begins that it is about. */
  readonly text?: string | undefined;
  /** The subscriptions of the version that there were and did not ask for it; only where none did. */
  readonly passedOver: readonly Subscription[];
  /** When it came, in real milliseconds; only differences between two mean something. */
  readonly since: number;
  /** As receivers are told; undefined when it was never put into words, as nobody asks for it. */
  eventId?: string;
  /** By the id of the delivery. */
  outcomes?: Map<number, DeliveryOutcome>;
}

/** What an event says in every version: when it happened, and what and whom it is about. */
export type EventSummary = Pick<LoggedEvent, "at" | "about" | "person" | "text">;

/** What a version makes of it. */
type Worded = Pick<LoggedEvent, "version" | "type" | "passedOver">;

/** The last 1,000 events that webhooks tell of, fewer when the mock has no room for so much. */
export class WebhookLog {
  readonly #events = new Map<number, LoggedEvent>();
  readonly #share: MemoryShare;
  #lastId = 0;

  constructor(memory: Memory) {
    this.#share = memory.share({
      kind: "webhook_events",
      oldestSince: () => this.#oldest()?.since,
      dropOldest: () => this.#evict(),
    });
  }

  /** The id of the newest; 0 when there was none. */
  get lastId(): number {
    return this.#lastId;
  }

  /** How many are no longer kept. */
  get evicted(): number {
    return this.#lastId - this.#events.size;
  }

  add({ version, type, passedOver }: Worded, { at, about, person, text }: EventSummary): LoggedEvent {
    this.#lastId += 1;
    const since = performance.now();
    const entered: LoggedEvent = { id: this.#lastId, version, type, at, about, person, text, passedOver, since };
    this.#events.set(entered.id, entered);
    this.#share.take(EVENT_BYTES);
    if (this.#events.size > MAX_EVENTS) this.#evict();
    return entered;
  }

  get(id: number): LoggedEvent | undefined {
    return this.#events.get(id);
  }

  /** Notes what has become of a delivery of an event, and returns the event, if it is still kept. */
  note(id: number, delivery: number, outcome: DeliveryOutcome): LoggedEvent | undefined {
    const event = this.#events.get(id);
    if (!event) return undefined;
    event.outcomes ??= new Map();
    if (!event.outcomes.has(delivery)) this.#share.take(DELIVERY_BYTES);
    event.outcomes.set(delivery, outcome);
    return event;
  }

  /** From the oldest to the newest. */
  values(): LoggedEvent[] {
    return [...this.#events.values()];
  }

  /** What is kept counts no longer: it goes with the world. */
  close(): void {
    this.#share.close();
  }

  /** By its id: a map takes long to find its first entry when many before it were deleted. */
  #oldest(): LoggedEvent | undefined {
    return this.#events.get(this.evicted + 1);
  }

  #evict(): void {
    const oldest = this.#oldest();
    if (!oldest) return;
    this.#events.delete(oldest.id);
    this.#share.release(EVENT_BYTES + (oldest.outcomes?.size ?? 0) * DELIVERY_BYTES);
  }
}
