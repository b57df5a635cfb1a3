import type { LookupAddress, LookupOptions } from "node:dns";
import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import { isLoopback } from "../server/loopback";

const LONGEST_ANSWER_READ = 64 * 1024;
const LONGEST_ANSWER_KEPT = 2048;

/** What a receiver has answered. */
export interface ReceiverAnswer {
  readonly status: number;
  /** The beginning of the body, once that has come or the connection has ended. */
  readonly beginning: Promise<string>;
}

/** The connections on which events are sent; they are kept open for the next. */
export class EventSender {
  readonly #agents = { "http:": new HttpAgent({ keepAlive: true }), "https:": new HttpsAgent({ keepAlive: true }) };

  /**
   * Posts a body and returns the answer. Redirects are not followed, and of the answer's body no more than 64 KB is read, and 2 KB are kept. A connection that was kept open and turns out to be closed is replaced.
   *
   * @throws the error that the connection ended in, or the reason of the signal
   */
  async post(
    url: string,
    body: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<ReceiverAnswer> {
    try {
      return await this.#postOnce(url, body, headers, signal);
    } catch (error) {
      if (!(error instanceof StaleConnection)) throw error;
      return this.post(url, body, headers, signal);
    }
  }

  close(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }

  #postOnce(
    url: string,
    body: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<ReceiverAnswer> {
    const target = new URL(url);
    const isSecure = target.protocol === "https:";
    const options = {
      ...{ method: "POST", headers: { ...headers, "Content-Length": Buffer.byteLength(body) }, signal },
      ...(isLoopback(target.hostname) && { lookup: lookUpLoopback }),
    };
    return new Promise((resolve, reject) => {
      const request = isSecure
        ? requestHttps(target, { ...options, agent: this.#agents["https:"] })
        : requestHttp(target, { ...options, agent: this.#agents["http:"] });
      request.on("error", (error) => reject(signal.aborted ? signal.reason : staleOr(request, error)));
      request.on("response", (response) => {
        resolve({ status: response.statusCode ?? 0, beginning: readBeginning(response) });
      });
      request.end(body);
    });
  }
}

/** `localhost` and all names below it are this machine, whatever a name server says. */
function lookUpLoopback(_host: string, { all = false }: LookupOptions, found: FoundAddress): void {
  if (all) found(null, LOOPBACK);
  else found(null, LOOPBACK[0].address, LOOPBACK[0].family);
}

type FoundAddress = (error: null, address: string | LookupAddress[], family?: number) => void;
const LOOPBACK: [LookupAddress, LookupAddress] = [
  { address: "127.0.0.1", family: 4 },
  { address: "::1", family: 6 },
];

class StaleConnection extends Error {}

function staleOr(request: ClientRequest, error: NodeJS.ErrnoException): Error {
  return request.reusedSocket && ["ECONNRESET", "EPIPE"].includes(error.code ?? "") ? new StaleConnection() : error;
}

/** Reads a short answer, so that the connection can be used again, and hangs up on a long one. */
function readBeginning(response: IncomingMessage): Promise<string> {
  let read = 0;
  const kept: Buffer[] = [];
  return new Promise((resolve) => {
    const end = (): void => resolve(Buffer.concat(kept).subarray(0, LONGEST_ANSWER_KEPT).toString());
    response.on("error", () => {}); // the status is what counts
    response.on("end", end);
    response.on("close", end);
    response.on("data", (chunk: Buffer) => {
      if (read < LONGEST_ANSWER_KEPT) kept.push(chunk.subarray(0, LONGEST_ANSWER_KEPT - read));
      read += chunk.length;
      if (read >= LONGEST_ANSWER_KEPT) end();
      if (read > LONGEST_ANSWER_READ) response.destroy();
    });
  });
}
