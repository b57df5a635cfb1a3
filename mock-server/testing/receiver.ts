import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { assumptionsOfEvent, requireNamed } from "./named-assumptions";

/** A webhook as it arrived: the raw bytes are what a signature is about. */
export interface ReceivedEvent {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly raw: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects
  readonly event: any;
}

export interface Receiver {
  readonly url: string;
  /** In the order in which they arrived. */
  readonly received: ReceivedEvent[];
  stop(): Promise<void>;
}

/** Answers a webhook; the number counts them from 1. */
export type Answer = (res: ServerResponse, count: number) => void;

/** A receiver of webhooks on this machine. It answers 200 unless told otherwise. */
export async function startReceiver(answer: Answer = (res) => res.end()): Promise<Receiver> {
  const received: ReceivedEvent[] = [];
  const server = createServer(async (req, res) => {
    let raw = "";
    for await (const chunk of req.setEncoding("utf8")) raw += chunk;
    const event = JSON.parse(raw);
    received.push({
      path: req.url ?? "",
      headers: req.headers,
      raw,
      get event() {
        requireNamed(`${event.event_type}`, assumptionsOfEvent(event));
        return event;
      },
    });
    answer(res, received.length);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { url: `http://127.0.0.1:${port}/hook`, received, stop };
}

/** Answers with a status. */
export function status(code: number): Answer {
  return (res) => res.writeHead(code).end();
}
