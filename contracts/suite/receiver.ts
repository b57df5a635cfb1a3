import { EventEmitter, once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { isRecord, isTooDeep } from "../exchange";
import type { webhooks } from "../generated/v2/types";
import type { Api, ApiSubscription } from "./api";
import { Broken, Inconclusive, inWords, Words } from "./expect";
import type { LawContext } from "./law";

interface ReceiverOptions {
  /** Where it listens, on this machine; 0 for any free port. */
  readonly port: number;
  /** Under which address the target reaches it, when it is not the one that it listens on. */
  readonly publicUrl: string | undefined;
  /** For how long it waits for a delivery, in ms. */
  readonly eventTimeoutMs: number;
}

/** Something that was sent to the receiver, be it an event or not. */
export interface ReceivedDelivery {
  /** The path and the query that it was sent to. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The bytes as they came. */
  readonly raw: Buffer;
  /** Parsed; undefined when it is no event. Whether its data is what the contract says is not known. */
  readonly event: { readonly event_type: string; readonly data: Readonly<Record<string, unknown>> } | undefined;
}

const MOST_BYTES = 10 * 1024 * 1024;

/** Listens on this machine for webhook events, and takes everything, whoever sends it. */
export class Receiver {
  /** Whatever has come so far. */
  readonly deliveries: ReceivedDelivery[] = [];
  readonly #options: ReceiverOptions;
  readonly #arrivals = new EventEmitter();
  readonly #server = createServer((request, response) => void this.#take(request, response));

  private constructor(options: ReceiverOptions) {
    this.#options = options;
  }

  static async start(options: ReceiverOptions): Promise<Receiver> {
    const receiver = new Receiver(options);
    receiver.#server.listen(options.port, "127.0.0.1");
    await once(receiver.#server, "listening");
    return receiver;
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }

  /** Where the target reaches it. */
  get url(): string {
    return this.#options.publicUrl ?? `http://127.0.0.1:${this.#port}/linq-mock-contract`;
  }

  /** For how long a delivery is waited for, for people. */
  get timeout(): string {
    return `${this.#options.eventTimeoutMs / 1000} s`;
  }

  /** An address of its own. No two may have the same name. */
  endpoint(name: string): Endpoint {
    return new Endpoint(this, name);
  }

  /**
   * The first delivery that fits, be it here already or yet to come; undefined when none comes in time.
   *
   * @throws Inconclusive when nothing at all has come, and it is not certain that anything can
   */
  async find(fits: (delivery: ReceivedDelivery) => boolean): Promise<ReceivedDelivery | undefined> {
    const signal = AbortSignal.timeout(this.#options.eventTimeoutMs);
    for (;;) {
      const found = this.deliveries.find(fits);
      if (found) return found;
      if (signal.aborted) break;
      await once(this.#arrivals, "delivery", { signal }).catch(() => undefined); // it is too late
    }
    if (this.deliveries.length > 0 || this.#options.publicUrl === undefined) return undefined;
    throw new Inconclusive(`nothing has come to ${this.url}; check that it leads to port ${this.#port} of this machine`);
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await readRaw(request).catch(() => undefined);
    if (!raw) {
      response.destroy();
      return;
    }
    response.end();
    this.deliveries.push({ path: request.url ?? "", headers: request.headers, raw, event: eventIn(raw) });
    this.#arrivals.emit("delivery");
  }
}

async function readRaw(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new RangeError("too large for an event");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function eventIn(raw: Buffer): ReceivedDelivery["event"] {
  if (isTooDeep(raw)) return undefined;
  try {
    const event: unknown = JSON.parse(raw.toString("utf8"));
    return isRecord(event) && typeof event["event_type"] === "string" && isRecord(event["data"])
      ? (event as ReceivedDelivery["event"])
      : undefined;
  } catch {
    return undefined;
  }
}

type EventType = keyof webhooks;
/** An event as the contract describes it. */
export type WebhookEvent<T extends EventType> = webhooks[T]["post"]["requestBody"]["content"]["application/json"];

/** What an event may hold; it is not checked. */
type UncheckedData<T extends EventType> = Readonly<Partial<Record<keyof WebhookEvent<T>["data"], unknown>>>;

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

  /** The first delivery that fits, for a law that rests on it. @throws Inconclusive when none comes */
  async delivery(fits: (delivery: ReceivedDelivery) => boolean): Promise<ReceivedDelivery> {
    const found = await this.#receiver.find((delivery) => this.#isOwn(delivery) && fits(delivery));
    if (found) return found;
    throw new Inconclusive(`the webhook that it rests on has not come within ${this.#receiver.timeout}`);
  }

  /** Waits until so many deliveries that fit have come, and no longer than for one; returns how many have. */
  async several(fits: (delivery: ReceivedDelivery) => boolean, count: number): Promise<number> {
    const own = (): number => this.deliveries.filter(fits).length;
    await this.#receiver.find(() => own() >= count);
    return own();
  }

  /** The first event of a type that fits, for a law that is about it. @throws Broken when none comes */
  async event<T extends EventType>(type: T, fits: (data: UncheckedData<T>) => boolean): Promise<WebhookEvent<T>> {
    const found = await this.#receiver.find((delivery) => {
      const { event } = delivery;
      return this.#isOwn(delivery) && event?.event_type === type && fits(event.data as UncheckedData<T>);
    });
    if (found) return found.event as unknown as WebhookEvent<T>; // a law that stumbles over its shape is inconclusive
    const received = this.deliveries.map(({ event }) => event?.event_type ?? "no event");
    const what = `the events that came within ${this.#receiver.timeout}`;
    const evidence = {
      what,
      pointer: "",
      expected: inWords`${type} among them`,
      received: new Words(received.join(", ") || "none"),
    };
    throw new Broken(evidence, { reason: `${type} is not delivered` });
  }

  /** Names stand at the end of what is sent to them. */
  #isOwn({ path }: ReceivedDelivery): boolean {
    return path.endsWith(this.#name);
  }
}

type Fields = Parameters<Api["subscribe"]>[0];

/** Has events sent to an address of their own, for as long as something is done with what comes there. */
export async function subscribed<T>(
  { api, receiver, unique }: Pick<LawContext, "api" | "receiver" | "unique">,
  fields: Pick<Fields, "events" | "secret">,
  work: (endpoint: Endpoint, subscription: ApiSubscription) => Promise<T>,
): Promise<T> {
  const endpoint = (await receiver()).endpoint(unique());
  const subscription = await api.subscribe({ webhook_url: endpoint.url, version: 2, ...fields });
  try {
    return await work(endpoint, subscription);
  } finally {
    await api.request("DELETE", `/webhook_subscriptions/${subscription.id}`).catch(() => undefined); // it is in the ledger
  }
}
