import { EventEmitter, once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type Delivery, Inbox, type Mail } from "./inbox";

/** Something that listens for webhook events. */
export interface Receiver {
  /** Where the target reaches it. */
  readonly url: string;
  /** Whatever has come so far. */
  readonly deliveries: readonly Delivery[];
  /** An address of its own. No two may have the same name. */
  inbox(name: string): Inbox;
  stop(): Promise<void>;
}

export interface ReceiverOptions {
  /** Where it listens, on this machine; 0 for any free port. */
  readonly port: number;
  /** Under which address the target reaches it, when it is not the one that it listens on. */
  readonly publicUrl: string | undefined;
  /** For how long it waits for a delivery, in ms. */
  readonly patienceMs: number;
}

const MOST_BYTES = 10 * 1024 * 1024;

/** Starts a receiver on this machine that takes everything, whoever sends it. */
export async function startReceiver({ port, publicUrl, patienceMs }: ReceiverOptions): Promise<Receiver> {
  const deliveries: Delivery[] = [];
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
  const mail: Mail = { deliveries, arrivals, patienceMs, doubt: publicUrl === undefined ? undefined : doubt };
  return {
    url,
    deliveries,
    inbox: (name) => new Inbox(`${url}${url.includes("?") ? "&" : "?"}${name}`, name, mail),
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

function eventIn(raw: Buffer): Delivery["event"] {
  try {
    const event: unknown = JSON.parse(raw.toString("utf8"));
    return isRecord(event) && typeof event["event_type"] === "string" && isRecord(event["data"])
      ? (event as Delivery["event"])
      : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
