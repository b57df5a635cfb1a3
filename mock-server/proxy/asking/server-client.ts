import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { ClientTime } from "../../../contracts/client/pace";
import { decode } from "./decode";
import { explainNoAnswer } from "./explain-no-answer";
import { headersToPass } from "./headers-to-pass";
import { NoAnswer } from "./no-answer";

/** A request as it goes out. */
export interface Outgoing {
  readonly method: string;
  /** Path and query below the origin, and below what the base URL has there: not a character is changed. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

/** A whole answer, decoded, without what is of its connection alone. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

export interface ServerClientOptions {
  /** Without a slash at the end and without the API's prefix. */
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly time: ClientTime;
}

const MAX_BYTES = 10 * 1024 * 1024;
const AGENT_OPTIONS = { keepAlive: true, maxFreeSockets: 64 };

/** Asks one server, as exactly as it was asked itself. Redirects are answers. */
export class ServerClient {
  readonly #options: ServerClientOptions;
  readonly #base: URL;
  readonly #agent: HttpAgent;
  readonly #inFlight = new Set<ClientRequest>();
  #isClosed = false;

  constructor(options: ServerClientOptions) {
    this.#options = options;
    this.#base = new URL(options.baseUrl);
    this.#agent = this.#base.protocol === "https:" ? new HttpsAgent(AGENT_OPTIONS) : new HttpAgent(AGENT_OPTIONS);
  }

  /** @throws NoAnswer */
  async ask(outgoing: Outgoing): Promise<Answer> {
    const isReading = outgoing.method === "GET" || outgoing.method === "HEAD";
    const { time, timeoutMs } = this.#options;
    const signal = time.deadline(timeoutMs);
    const state = { isReused: false, isAnswering: false };
    try {
      // Of a change nobody could tell whether it has arrived on a connection that had just been closed, so each has its own.
      return await this.#once(outgoing, { agent: isReading ? this.#agent : false, signal }, state);
    } catch (error) {
      const isStale = isReading && state.isReused && !state.isAnswering && !signal.aborted && !this.#isClosed;
      if (!isStale) throw this.#explain(error, signal, state);
      return this.#once(outgoing, { agent: false, signal }, state).catch((again: unknown) => {
        throw this.#explain(again, signal, state);
      });
    }
  }

  /** Leaves whatever is not answered yet. */
  close(): void {
    this.#isClosed = true;
    for (const outgoing of this.#inFlight) outgoing.destroy();
    this.#agent.destroy();
  }

  #explain(error: unknown, deadline: AbortSignal, { isAnswering }: { isAnswering: boolean }): NoAnswer {
    if (this.#isClosed) return new NoAnswer(502, "the proxy was stopped", "Start it again.");
    if (!deadline.aborted) return explainNoAnswer(this.#base, error, isAnswering);
    const seconds = this.#options.timeoutMs / 1000;
    return new NoAnswer(504, `there was no whole answer within ${seconds} s`, "Give it more time with --timeout <seconds>.");
  }

  async #once(
    { method, url, headers, body }: Outgoing,
    options: Pick<RequestOptions, "agent" | "signal">,
    state: { isReused: boolean; isAnswering: boolean },
  ): Promise<Answer> {
    const { protocol, hostname, port, pathname } = this.#base;
    const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = (protocol === "https:" ? httpsRequest : httpRequest)({
        ...options,
        method,
        hostname: hostname.replace(/^\[(.*)\]$/, "$1"),
        ...(port !== "" && { port }),
        path: `${pathname.replace(/\/$/, "")}${url}`,
        headers,
      });
      this.#inFlight.add(outgoing);
      outgoing.on("response", (answer) => {
        state.isAnswering = true;
        resolve(answer);
      });
      outgoing.on("error", (error) => {
        state.isReused = outgoing.reusedSocket;
        reject(error);
      });
      outgoing.on("close", () => {
        this.#inFlight.delete(outgoing);
        if (!state.isAnswering) reject(new NoAnswer(502, "it closed the connection without an answer", "Ask again."));
      });
      outgoing.end(body.length > 0 ? body : undefined);
    });
    return read(incoming, method);
  }
}

async function read(incoming: IncomingMessage, method: string): Promise<Answer> {
  const { statusCode: status = 0 } = incoming;
  if (status < 100)
    throw new NoAnswer(502, `its status is ${status}, which HTTP does not have`, "Check --target and the server there.");
  const { "content-encoding": encoding = "", ...headers } = incoming.headers;
  const bytes = await readBytes(incoming);
  const body = bytes.length > 0 ? await decode(bytes, encoding, MAX_BYTES) : bytes;
  const passed = headersToPass(headers);
  if (method !== "HEAD") delete passed["content-length"];
  return { status, headers: passed, body };
}

async function readBytes(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES) {
      throw new NoAnswer(
        502,
        `its body has more than ${MAX_BYTES / 1024 / 1024} MB; no page is so large`,
        "Ask for less at once.",
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
