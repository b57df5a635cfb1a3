import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { explainFailure, NoAnswer } from "./errors";
import type { ClientTime } from "./pace";

export type HttpHeaders = Readonly<Record<string, string | string[]>>;

/** A request as it goes out. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query below what the base URL has: not a character is changed. */
  readonly url: string;
  readonly headers: HttpHeaders;
  readonly body?: Buffer | undefined;
  /** Stops it, when its caller wants no answer any more. */
  readonly signal?: AbortSignal | undefined;
}

/** A whole answer, decoded, without what is of its connection alone. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly body: Buffer;
}

export interface HttpClientOptions {
  /** Without a slash at the end and without the API's prefix. */
  readonly baseUrl: string;
  readonly timeoutMs: number;
  /** The longest body, before and after decoding. */
  readonly maxBytes: number;
  readonly time: ClientTime;
}

/** No page of the API is so large. */
export const MAX_ANSWER_BYTES = 10 * 1024 * 1024;
/** Servers close connections that are idle for long, perhaps just when they are used again. */
const LONGEST_IDLE_MS = 4000;
/** How long one address of a server may take to connect before the next is tried; 250 ms of Node's own are too few for one far away. */
const CONNECTING = { autoSelectFamilyAttemptTimeout: 2500 };
const AGENT_OPTIONS = { keepAlive: true, maxFreeSockets: 64, timeout: LONGEST_IDLE_MS };

/** The client of one server that is not ours. It follows no redirect: a redirect is an answer. */
export class HttpClient {
  readonly #options: HttpClientOptions;
  readonly #base: URL;
  readonly #agent: HttpAgent;
  readonly #inFlight = new Set<ClientRequest>();
  #isClosed = false;

  constructor(options: HttpClientOptions) {
    this.#options = options;
    this.#base = new URL(options.baseUrl);
    this.#agent = this.#base.protocol === "https:" ? new HttpsAgent(AGENT_OPTIONS) : new HttpAgent(AGENT_OPTIONS);
  }

  /** Sends it once: whoever asks again knows that it does. @throws NoAnswer */
  async send(request: HttpRequest): Promise<HttpAnswer> {
    const isReading = request.method === "GET" || request.method === "HEAD";
    const deadline = this.#options.time.deadline(this.#options.timeoutMs);
    const signal = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline;
    const attempt = { isAnswering: false };
    try {
      // Of a change nobody could tell whether it has arrived on a connection that had just been closed, so each has its own.
      return await this.#once({ ...request, signal }, isReading ? this.#agent : false, attempt);
    } catch (error) {
      throw this.#explain(error, { deadline, signal, ...attempt });
    }
  }

  /** Leaves whatever is not answered yet. */
  close(): void {
    this.#isClosed = true;
    for (const request of this.#inFlight) request.destroy();
    this.#agent.destroy();
  }

  async #once(
    { method, url, headers, body, signal }: HttpRequest,
    agent: HttpAgent | false,
    attempt: { isAnswering: boolean },
  ): Promise<HttpAnswer> {
    const { protocol, hostname, port, pathname } = this.#base;
    const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = (protocol === "https:" ? httpsRequest : httpRequest)({
        agent,
        ...CONNECTING,
        method,
        hostname: hostname.replace(/^\[(.*)\]$/, "$1"),
        ...(port !== "" && { port }),
        path: `${pathname.replace(/\/$/, "")}${url}`,
        headers,
      });
      this.#inFlight.add(outgoing);
      const stop = (): void => void outgoing.destroy(new Error("it was stopped"));
      signal?.addEventListener("abort", stop);
      if (signal?.aborted) stop();
      outgoing.on("response", (answer) => {
        attempt.isAnswering = true;
        resolve(answer);
      });
      outgoing.on("error", reject);
      outgoing.on("close", () => {
        this.#inFlight.delete(outgoing);
        signal?.removeEventListener("abort", stop);
        if (!attempt.isAnswering) reject(new NoAnswer("failed", "it closed the connection without an answer"));
      });
      outgoing.end(body && body.length > 0 ? body : undefined);
    });
    return readAnswer(incoming, method, this.#options.maxBytes);
  }

  #explain(
    error: unknown,
    { deadline, signal, isAnswering }: { deadline: AbortSignal; signal: AbortSignal; isAnswering: boolean },
  ): NoAnswer {
    if (this.#isClosed) return new NoAnswer("stopped", "the client was stopped");
    if (deadline.aborted) {
      return new NoAnswer("timeout", `there was no whole answer within ${this.#options.timeoutMs / 1000} s`);
    }
    if (signal.aborted) return new NoAnswer("stopped", "the request was stopped");
    return error instanceof NoAnswer ? error : explainFailure(this.#base, error, { isAnswering });
  }
}

async function readAnswer(incoming: IncomingMessage, method: string, maxBytes: number): Promise<HttpAnswer> {
  const { statusCode: status = 0 } = incoming;
  if (status < 100) throw new NoAnswer("failed", `its status is ${status}, which HTTP does not have`);
  const { "content-encoding": encoding = "", ...headers } = incoming.headers;
  const bytes = await readBytes(incoming, maxBytes);
  const body = bytes.length > 0 ? await decode(bytes, encoding, maxBytes) : bytes;
  const passed = endToEndHeaders(headers);
  if (method !== "HEAD") delete passed["content-length"];
  return { status, headers: passed, body };
}

function readBytes(incoming: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on("data", (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= maxBytes) return;
      incoming.destroy(new NoAnswer("too-large", `its body has more than ${maxBytes / 1024 / 1024} MB; no page is so large`));
    });
    incoming.once("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    incoming.once("error", reject);
    incoming.once("close", () => reject(new Error("it was cut off")));
  });
}

const DECODERS: Readonly<Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>> = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** The bytes of a body as they were before the codings in its `Content-Encoding`. @throws NoAnswer when they cannot be had */
async function decode(bytes: Buffer, contentEncoding: string, maxOutputLength: number): Promise<Buffer> {
  const codings = contentEncoding.toLowerCase().split(",");
  let decoded = bytes;
  for (const coding of codings.map((name) => name.trim()).reverse()) {
    if (coding === "identity" || coding === "") continue;
    const decoder = DECODERS[coding];
    if (!decoder) throw new NoAnswer("encoding", `its body is in the encoding ${coding}, which cannot be read here`);
    decoded = await decoder(decoded, { maxOutputLength }).catch((error: NodeJS.ErrnoException) => {
      throw new NoAnswer("encoding", `its body cannot be decoded from ${coding} (${error.code ?? error.message})`);
    });
  }
  return decoded;
}

/** These are of one connection, and end with it. */
const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** The headers of a message that go on to the next, by their names in lower case. */
export function endToEndHeaders(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const named = String(headers.connection ?? "")
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
  const passed: Record<string, string | string[]> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && !HOP_BY_HOP.has(name) && !named.includes(name)) passed[name] = value;
  }
  return passed;
}

/** Headers as most readers want them: what came several times is joined. */
export function singleHeaders(headers: HttpHeaders): Record<string, string> {
  const single: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name] ?? "";
    single[name] = typeof value === "string" ? value : value.join(", ");
  }
  return single;
}
