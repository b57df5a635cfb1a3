import { EventEmitter, once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { webhooks } from "../generated/types";

type EventType = keyof webhooks;
/** An event as the contract describes it. */
export type WebhookEvent<T extends EventType> = webhooks[T]["post"]["requestBody"]["content"]["application/json"];

export interface Delivery {
  readonly headers: IncomingHttpHeaders;
  /** The bytes as they came. */
  readonly raw: Buffer;
  readonly event: { readonly event_id: string; readonly event_type: string; readonly data: unknown };
}

/** Something that listens for webhook events. */
export interface Receiver {
  readonly url: string;
  /** What has come so far. */
  readonly deliveries: readonly Delivery[];
  /** The first delivery that fits, be it here already or yet to come; rejects when none has come within 15 s. */
  delivery(fits: (delivery: Delivery) => boolean): Promise<Delivery>;
  /** The first event of a type that fits. */
  event<T extends EventType>(type: T, fits: (data: WebhookEvent<T>["data"]) => boolean): Promise<WebhookEvent<T>>;
  stop(): Promise<void>;
}

const PATIENCE_MS = 15_000;

/** Starts a receiver on this machine that takes everything. */
export async function startReceiver(): Promise<Receiver> {
  const deliveries: Delivery[] = [];
  const arrivals = new EventEmitter();
  const server = createServer(async (request, response) => {
    const raw = Buffer.concat(await request.toArray());
    response.end();
    deliveries.push({ headers: request.headers, raw, event: JSON.parse(raw.toString("utf8")) });
    arrivals.emit("delivery");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  const delivery: Receiver["delivery"] = async (fits) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    for (;;) {
      const found = deliveries.find(fits);
      if (found) return found;
      await once(arrivals, "delivery", { signal });
    }
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    deliveries,
    delivery,
    event: async <T extends EventType>(type: T, fits: (data: WebhookEvent<T>["data"]) => boolean) => {
      const isIt = ({ event }: Delivery): boolean => event.event_type === type && fits(event.data as WebhookEvent<T>["data"]);
      return (await delivery(isIt)).event as WebhookEvent<T>;
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
