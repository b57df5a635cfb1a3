import { once } from "node:events";
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly text: string;
}

export interface RawRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string | Buffer;
}

/** Connections to other servers, kept open for the next request. */
export class Upstream {
  readonly #agent = new Agent({ keepAlive: true });

  async ask({ method, url, headers, body }: RawRequest): Promise<RawAnswer> {
    const { connection: _, "transfer-encoding": __, ...passed } = headers;
    const options = { method, agent: this.#agent, headers: { ...passed, "content-length": Buffer.byteLength(body) } };
    const outgoing = request(url, options).end(body);
    const [incoming] = (await once(outgoing, "response")) as [IncomingMessage];
    const text = Buffer.concat(await incoming.toArray()).toString("utf8");
    return { status: incoming.statusCode ?? 0, headers: endToEnd(incoming.headers), text };
  }

  close(): void {
    this.#agent.destroy();
  }
}

function endToEnd(headers: IncomingHttpHeaders): Record<string, string> {
  const { connection: _, "keep-alive": __, "transfer-encoding": ___, "content-length": ____, ...rest } = headers;
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
}
