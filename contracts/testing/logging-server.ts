import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a server has received. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

/** Answers instead of the server behind; returns whether it did. */
export type Instead = (received: Received, response: ServerResponse) => boolean;

/** Stands in front of a server, notes what it receives, and passes it on. */
export class LoggingServer {
  readonly received: Received[] = [];
  instead: Instead = () => false;
  readonly #http = createServer((incoming, response) => void this.#serve(incoming, response));
  readonly #behind: string;

  constructor(behind: string) {
    this.#behind = behind;
  }

  async start(): Promise<this> {
    this.#http.listen(0, "127.0.0.1");
    await once(this.#http, "listening");
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** What was received by any other method than GET. */
  get changes(): Received[] {
    return this.received.filter(({ method }) => method !== "GET");
  }

  async stop(): Promise<void> {
    this.#http.closeAllConnections();
    this.#http.close();
    await once(this.#http, "close");
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = incoming;
    const body = Buffer.concat(await incoming.toArray()).toString("utf8");
    const received = { method, url, body, headers };
    this.received.push(received);
    if (this.instead(received, response)) return;
    const { host: _, ...rest } = headers;
    const onward = request(`${this.#behind}${url}`, { method, headers: rest }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.end(body);
  }
}
