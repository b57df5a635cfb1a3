import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ProxiedExchange } from "../../proxy/proxied-exchange";

const STARTED_AT = Date.parse("2025-12-05T20:42:06.118Z");

type Headers = Record<string, string | string[]>;

/** Stands in front of a server as a proxy does, and tells of every call. */
export class RecordingServer {
  readonly #http = createServer((incoming, response) => void this.#serve(incoming, response));
  readonly #behind: string;
  readonly #tell: (exchange: ProxiedExchange) => void;

  constructor(behind: string, tell: (exchange: ProxiedExchange) => void) {
    this.#behind = behind;
    this.#tell = tell;
  }

  async start(): Promise<this> {
    this.#http.listen(0, "127.0.0.1");
    await once(this.#http, "listening");
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#http.closeAllConnections();
    this.#http.close();
    await once(this.#http, "close");
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = incoming;
    const body = Buffer.concat(await incoming.toArray());
    const { host: _, connection: __, "content-length": ___, "transfer-encoding": ____, ...rest } = headers;
    const answer = await fetch(`${this.#behind}${url}`, {
      method,
      headers: rest as Record<string, string>,
      redirect: "manual",
      ...(body.length > 0 && { body }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const answered: Headers = Object.fromEntries(answer.headers);
    const { status } = answer;
    this.#tell({
      startedAt: STARTED_AT,
      ms: 1,
      request: { method, url, headers, body },
      response: { status, headers: answered, body: bytes },
    });
    delete answered["connection"];
    delete answered["keep-alive"];
    delete answered["transfer-encoding"];
    response.writeHead(status, answered).end(bytes);
  }
}
