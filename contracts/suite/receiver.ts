import { EventEmitter, once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { webhooks } from "../generated/v2/types";
import type { Api, ApiSubscription } from "./api";
import { Broken, Inconclusive } from "./errors";
import type { LawContext } from "./law";

/** Something that listens for webhook events. */
export interface Receiver {
  /** Where the target reaches it. */
  readonly url: string;
  /** Whatever has come so far. */
  readonly deliveries: readonly ReceivedDelivery[];
  /** An address of its own. No two may have the same name. */
  endpoint(name: string): Endpoint;
  stop(): Promise<void>;
}

export interface ReceiverOptions {
  /** Where it listens, on this machine; 0 for any free port. */
  readonly port: number;
  /** Under which address the target reaches it, when it is not the one that it listens on. */
  readonly publicUrl: string | undefined;
  /** For how long it waits for a delivery, in ms. */
  readonly eventTimeoutMs: number;
}

const MOST_BYTES = 10 * 1024 * 1024;

/** Starts a receiver on this machine that takes everything, whoever sends it. */
export async function startReceiver({ port, publicUrl, eventTimeoutMs }: ReceiverOptions): Promise<Receiver> {
  const deliveries: ReceivedDelivery[] = [];
  const arrivals = new EventEmitter();
  const server = createServer(async (request, response) => {
    const raw = await readRaw(request).catch(() => undefined);
    if (!raw) {
      response.destroy();
      return;
    }
    response.end();
    deliveries.push({ path: request.url ?? "", headers: request.headers, raw, event: eventIn(raw) });
    arrivals.emit("delivery");
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");

  const listensOn = (server.address() as AddressInfo).port;
  const url = publicUrl ?? `http://127.0.0.1:${listensOn}/linq-mock-contract`;
  const doubt = `nothing has come to ${url}; check that it leads to port ${listensOn} of this machine`;
  const mail: ReceiverState = { deliveries, arrivals, eventTimeoutMs, doubt: publicUrl === undefined ? undefined : doubt };
  return {
    url,
    deliveries,
    endpoint: (name) => new Endpoint(`${url}${url.includes("?") ? "&" : "?"}${name}`, name, mail),
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
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
  try {
    const event: unknown = JSON.parse(raw.toString("utf8"));
    return isRecord(event) && typeof event["event_type"] === "string" && isRecord(event["data"])
      ? (event as ReceivedDelivery["event"])
      : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

type EventType = keyof webhooks;
/** An event as the contract describes it. */
export type WebhookEvent<T extends EventType> = webhooks[T]["post"]["requestBody"]["content"]["application/json"];

/** What an event may tell, though nobody has checked it. */
type UncheckedData<T extends EventType> = Readonly<Partial<Record<keyof WebhookEvent<T>["data"], unknown>>>;

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

/** Whatever has come to a receiver. */
interface ReceiverState {
  readonly deliveries: readonly ReceivedDelivery[];
  /** Emits `delivery` after each. */
  readonly arrivals: EventEmitter;
  /** For how long a delivery is waited for, in ms. */
  readonly eventTimeoutMs: number;
  /** What to say when nothing at all has come, as long as it is not certain that anything can; undefined when it is. */
  readonly doubt: string | undefined;
}

/** The deliveries that come to one address, and those that will. */
export class Endpoint {
  readonly url: string;
  readonly #ending: string;
  readonly #mail: ReceiverState;

  /** Only what is sent to a path with this ending is its own. */
  constructor(url: string, ending: string, mail: ReceiverState) {
    this.url = url;
    this.#ending = ending;
    this.#mail = mail;
  }

  /** What has come so far. */
  get deliveries(): readonly ReceivedDelivery[] {
    return this.#mail.deliveries.filter(({ path }) => path.endsWith(this.#ending));
  }

  /** The first delivery that fits, for a law that rests on it. @throws Inconclusive when none comes */
  async delivery(fits: (delivery: ReceivedDelivery) => boolean): Promise<ReceivedDelivery> {
    const found = await this.#await(fits);
    if (!found) throw new Inconclusive(`the webhook that it rests on has not come within ${this.#patience}`);
    return found;
  }

  /** The first event of a type that fits, for a law that is about it. @throws Broken when none comes */
  async event<T extends EventType>(type: T, fits: (data: UncheckedData<T>) => boolean): Promise<WebhookEvent<T>> {
    const found = await this.#await(({ event }) => event?.event_type === type && fits(event.data as UncheckedData<T>));
    const received = this.deliveries.map(({ event }) => event?.event_type ?? "no event");
    if (!found) throw new Broken({ what: `the event ${type}`, pointer: "", expected: `within ${this.#patience}`, received });
    return found.event as unknown as WebhookEvent<T>; // a law that stumbles over its shape is inconclusive
  }

  /** What fits, be it here already or yet to come; undefined when there is no patience any more. */
  async #await(fits: (delivery: ReceivedDelivery) => boolean): Promise<ReceivedDelivery | undefined> {
    const { arrivals, eventTimeoutMs, deliveries, doubt } = this.#mail;
    const signal = AbortSignal.timeout(eventTimeoutMs);
    for (;;) {
      const found = this.deliveries.find(fits);
      if (found) return found;
      if (signal.aborted && deliveries.length === 0 && doubt !== undefined) throw new Inconclusive(doubt);
      if (signal.aborted) return undefined;
      await once(arrivals, "delivery", { signal }).catch(() => undefined); // patience is at its end
    }
  }

  get #patience(): string {
    return `${this.#mail.eventTimeoutMs / 1000} s`;
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
