import type { ApiEvent, ApiSubscription, WebhookEventType } from "../api-types";
import { realTime } from "../client/pace";
import type { Api } from "./api";
import type { LawContext } from "./law";
import { Broken, Inconclusive, inWords } from "./law-errors";
import type { ReceivedDelivery, ReceivedEvent, Receiver } from "./receiver";
import type { RecordedExchange } from "./report";

/** What an event may hold; it is not checked. */
type UncheckedData<T extends WebhookEventType> = Readonly<Partial<Record<keyof ApiEvent<T>["data"], unknown>>>;

/** The deliveries that come to one address, and those that will. */
export class Endpoint {
  readonly url: string;
  readonly #receiver: Receiver;
  readonly #name: string;

  constructor(receiver: Receiver, name: string) {
    this.url = `${receiver.url}${receiver.url.includes("?") ? "&" : "?"}${name}`;
    this.#receiver = receiver;
    this.#name = name;
  }

  /** What has come so far. */
  get deliveries(): readonly ReceivedDelivery[] {
    return this.#receiver.deliveries.filter((delivery) => this.#isOwn(delivery));
  }

  /** For how long is waited, in ms, for what need not come. */
  get shortWaitMs(): number {
    return this.#receiver.shortWaitMs;
  }

  /** The first delivery that fits, of an event of a type, for a law that rests on it. @throws Inconclusive when none comes */
  async delivery(type: WebhookEventType, fits: (delivery: ReceivedDelivery) => boolean): Promise<ReceivedDelivery> {
    const timeout = this.#receiver.timeoutOf(type);
    const found = await this.#receiver.find(type, (delivery) => this.#isOwn(delivery) && fits(delivery));
    if (found) return found;
    throw new Inconclusive(`the webhook that it rests on has not come ${timeout}`);
  }

  /** Has each delivery fail from now on. */
  fail(): void {
    this.#receiver.fail(this.#name);
  }

  /** Waits so many ms, or until so many events that fit have come; returns how many have. */
  async withinMs(ms: number, fits: (event: ReceivedEvent) => boolean, count: number, time = realTime): Promise<number> {
    const own = (): number => this.deliveries.filter(({ event }) => event !== undefined && fits(event)).length;
    const waiting = new AbortController();
    const end = (): void => waiting.abort();
    void time.sleep(ms, waiting.signal).then(end, end);
    await this.#receiver.until(() => own() >= count, waiting.signal).finally(end);
    return own();
  }

  /** Waits until so many deliveries that fit have come, and no longer than for one; returns how many have. */
  async several(type: WebhookEventType, fits: (delivery: ReceivedDelivery) => boolean, count: number): Promise<number> {
    const own = (): number => this.deliveries.filter(fits).length;
    await this.#receiver.find(type, () => own() >= count);
    return own();
  }

  /** The first event of a type that fits, for a law that is about it. @throws Broken when none comes */
  async event<T extends WebhookEventType>(type: T, fits: (data: UncheckedData<T>) => boolean): Promise<ApiEvent<T>> {
    const timeout = this.#receiver.timeoutOf(type);
    const found = await this.#receiver.find(type, (delivery) => {
      const { event } = delivery;
      return this.#isOwn(delivery) && event?.event_type === type && fits(event.data as UncheckedData<T>);
    });
    if (found) return found.event as unknown as ApiEvent<T>; // a law that stumbles over its shape is inconclusive
    const evidence = {
      what: "the events that came",
      pointer: "",
      expected: inWords`${type}, to a subscription that asks for it`,
      received: inWords`no ${type} ${timeout}; ${this.#receiver.typesThatCame} came`,
      awaited: true as const,
    };
    throw new Broken(evidence, { reason: `${type} is not delivered`, clause: `#/webhooks/${type}` });
  }

  /** Names stand at the end of what is sent to them. */
  #isOwn({ path }: ReceivedDelivery): boolean {
    return path.endsWith(this.#name);
  }
}

type Fields = Parameters<Api["subscribe"]>[0];
type Subscriber = Pick<LawContext, "api" | "receiver" | "unique">;
type Wanted = Pick<Fields, "events" | "secret"> & { readonly fails?: boolean };
/** Subscribes an address of its own to events until the run ends; there, every delivery may fail. */
export async function subscribedToTheEnd({ api, receiver, unique }: Subscriber, { fails = false, ...fields }: Wanted) {
  const endpoint = (await receiver()).endpoint(unique());
  if (fails) endpoint.fail();
  return { endpoint, ...(await api.subscribe({ webhook_url: endpoint.url, version: 2, ...fields })) };
}

/** Subscribes an address of its own to events for as long as some work with them takes. */
export async function subscribed<T>(
  subscriber: Subscriber,
  wanted: Wanted,
  work: (endpoint: Endpoint, subscription: ApiSubscription, answer: RecordedExchange["response"]) => Promise<T>,
): Promise<T> {
  const { endpoint, subscription, answer } = await subscribedToTheEnd(subscriber, wanted);
  const { api } = subscriber;
  try {
    return await work(endpoint, subscription, answer);
  } finally {
    await api.request("DELETE", `/webhook_subscriptions/${subscription.id}`).catch(() => undefined); // it is in the ledger
  }
}
