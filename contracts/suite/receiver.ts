import { EventEmitter, once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { WebhookEventType } from "../api-types";
import { isRecord, isTooDeep } from "../exchange";
import { Inconclusive } from "./law-errors";
import { Endpoint } from "./webhook-endpoint";

interface ReceiverOptions {
  /** Where it listens, on this machine; 0 for any free port. */
  readonly port: number;
  /** Under which address the target reaches it, when it is not the one that it listens on. */
  readonly publicUrl: string | undefined;
  /** For how long it waits for a delivery, in ms, until one of its type has not come. */
  readonly eventTimeoutMs: number;
  /** What the target was asked last that changes something, and so should send events: `POST /chats`. */
  lastChange(): string | undefined;
}

/** Something that was sent to the receiver, be it an event or not. */
export interface ReceivedDelivery {
  /** The path and the query that it was sent to. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The bytes as they came. */
  readonly raw: Buffer;
  /** Parsed; undefined when it is no event. Whether its data is what the contract says is not known. */
  readonly event: ReceivedEvent | undefined;
}

export interface ReceivedEvent {
  readonly event_type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const [TAKEN, FAILED] = [200, 500];
const MOST_BYTES = 10 * 1024 * 1024;
/** Once an event has been waited for in vain, others of its type are waited for so many times as long as any has taken, and so many ms at least. */
const TIMES_THE_LONGEST = 3;
const SHORT_WAIT_MS = 2_000;

/** Listens on this machine for webhook events, and takes everything, whoever sends it. */
export class Receiver {
  /** Whatever has come so far. */
  readonly deliveries: ReceivedDelivery[] = [];
  readonly #options: ReceiverOptions;
  readonly #arrivals = new EventEmitter();
  /** Types of events of which one was waited for in vain. */
  readonly #missed = new Set<WebhookEventType>();
  /** The names of endpoints that answer as if something had gone wrong. */
  readonly #failing = new Set<string>();
  #longestWaitMs = 0;
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

  /** For how long an event of a type is waited for, and after what, for people. */
  timeoutOf(type: WebhookEventType): string {
    const [now, first] = [this.#timeoutMs(type), this.#options.eventTimeoutMs].map((ms) => `${ms / 1000} s`);
    const change = this.#options.lastChange();
    const within = change === undefined ? `within ${now}` : `within ${now} of ${change}`;
    return now === first ? within : `${within} (${first} the first time)`;
  }

  /** Which events have come, wherever they were sent, for people: `contact.created and contact.updated`. */
  get typesThatCame(): string {
    const [last = "nothing", ...others] = [
      ...new Set(this.deliveries.map(({ event }) => event?.event_type ?? "what is no event")),
    ].reverse();
    return others.length === 0 ? last : `${others.reverse().join(", ")} and ${last}`;
  }

  /** From now on, what is sent to an endpoint is answered with 500. */
  fail(name: string): void {
    this.#failing.add(name);
  }

  /** Waits until something holds, which deliveries bring about, or it is too late. */
  async until(holds: () => boolean, signal: AbortSignal): Promise<void> {
    while (!holds() && !signal.aborted) await once(this.#arrivals, "delivery", { signal }).catch(() => undefined); // it is too late
  }

  /** An address of its own. No two may have the same name. */
  endpoint(name: string): Endpoint {
    return new Endpoint(this, name);
  }

  /**
   * The first delivery that fits, be it here already or yet to come; undefined when none comes in time. `type` is that of its event.
   *
   * @throws Inconclusive when nothing at all has come, and it is not certain that anything can
   */
  async find(type: WebhookEventType, fits: (delivery: ReceivedDelivery) => boolean): Promise<ReceivedDelivery | undefined> {
    const began = performance.now();
    await this.until(() => this.deliveries.some(fits), AbortSignal.timeout(this.#timeoutMs(type)));
    const found = this.deliveries.find(fits);
    if (found) {
      this.#longestWaitMs = Math.max(this.#longestWaitMs, performance.now() - began);
      return found;
    }
    this.#missed.add(type);
    if (this.deliveries.length > 0 || this.#options.publicUrl === undefined) return undefined;
    throw new Inconclusive(`nothing has come to ${this.url}; check that it leads to port ${this.#port} of this machine`);
  }

  /** For how long is waited, in ms, for what need not come. */
  get shortWaitMs(): number {
    const shortMs = Math.ceil(Math.max(SHORT_WAIT_MS, this.#longestWaitMs * TIMES_THE_LONGEST));
    return Math.min(this.#options.eventTimeoutMs, shortMs);
  }

  #timeoutMs(type: WebhookEventType): number {
    return this.#missed.has(type) ? this.shortWaitMs : this.#options.eventTimeoutMs;
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
    const path = request.url ?? "";
    response.statusCode = [...this.#failing].some((name) => path.endsWith(name)) ? FAILED : TAKEN;
    response.end();
    this.deliveries.push({ path, headers: request.headers, raw, event: eventIn(raw) });
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
      ? (event as unknown as ReceivedEvent)
      : undefined;
  } catch {
    return undefined;
  }
}
