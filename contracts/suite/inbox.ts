import { type EventEmitter, once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import type { webhooks } from "../generated/v2/types";
import { Broken, Inconclusive } from "./judging/signals";

type EventType = keyof webhooks;
/** An event as the contract describes it. */
export type WebhookEvent<T extends EventType> = webhooks[T]["post"]["requestBody"]["content"]["application/json"];

/** What an event may tell, though nobody has checked it. */
type Told<T extends EventType> = Readonly<Partial<Record<keyof WebhookEvent<T>["data"], unknown>>>;

/** Something that was sent to the receiver, be it an event or not. */
export interface Delivery {
  /** The path and the query that it was sent to. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The bytes as they came. */
  readonly raw: Buffer;
  /** Parsed; undefined when it is no event. Whether its data is what the contract says is not known. */
  readonly event: { readonly event_type: string; readonly data: Readonly<Record<string, unknown>> } | undefined;
}

/** Whatever has come to a receiver. */
export interface Mail {
  readonly deliveries: readonly Delivery[];
  /** Emits `delivery` after each. */
  readonly arrivals: EventEmitter;
  /** For how long a delivery is waited for, in ms. */
  readonly patienceMs: number;
  /** What to say when nothing at all has come, as long as it is not certain that anything can; undefined when it is. */
  readonly doubt: string | undefined;
}

/** The deliveries that come to one address, and those that will. */
export class Inbox {
  readonly url: string;
  readonly #ending: string;
  readonly #mail: Mail;

  /** Only what is sent to a path with this ending is its own. */
  constructor(url: string, ending: string, mail: Mail) {
    this.url = url;
    this.#ending = ending;
    this.#mail = mail;
  }

  /** What has come so far. */
  get deliveries(): readonly Delivery[] {
    return this.#mail.deliveries.filter(({ path }) => path.endsWith(this.#ending));
  }

  /** The first delivery that fits, for a law that rests on it. @throws Inconclusive when none comes */
  async delivery(fits: (delivery: Delivery) => boolean): Promise<Delivery> {
    const found = await this.#await(fits);
    if (!found) throw new Inconclusive(`the webhook that it rests on has not come within ${this.#patience}`);
    return found;
  }

  /** The first event of a type that fits, for a law that is about it. @throws Broken when none comes */
  async event<T extends EventType>(type: T, fits: (data: Told<T>) => boolean): Promise<WebhookEvent<T>> {
    const found = await this.#await(({ event }) => event?.event_type === type && fits(event.data as Told<T>));
    const received = this.deliveries.map(({ event }) => event?.event_type ?? "no event");
    if (!found) throw new Broken({ what: `the event ${type}`, pointer: "", expected: `within ${this.#patience}`, received });
    return found.event as unknown as WebhookEvent<T>; // a law that stumbles over its shape is inconclusive
  }

  /** What fits, be it here already or yet to come; undefined when there is no patience any more. */
  async #await(fits: (delivery: Delivery) => boolean): Promise<Delivery | undefined> {
    const { arrivals, patienceMs, deliveries, doubt } = this.#mail;
    const signal = AbortSignal.timeout(patienceMs);
    for (;;) {
      const found = this.deliveries.find(fits);
      if (found) return found;
      if (signal.aborted && deliveries.length === 0 && doubt !== undefined) throw new Inconclusive(doubt);
      if (signal.aborted) return undefined;
      await once(arrivals, "delivery", { signal }).catch(() => undefined); // patience is at its end
    }
  }

  get #patience(): string {
    return `${this.#mail.patienceMs / 1000} s`;
  }
}
