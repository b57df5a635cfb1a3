import type { LookupAddress, LookupOptions } from "node:dns";
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http";
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

/** How long one address of a host may take to connect before the next is tried; 250 ms of Node's own are too few. */
const CONNECT_MS = { loopback: 15_000, others: 2500 };

/**
 * Posts events to receivers, each on a connection of its own: on one that was kept open nobody could tell whether an event has arrived that gets no
 * answer, and it would have to be sent again or given up.
 */
export class EventSender {
  readonly #agents = { "http:": new HttpAgent(), "https:": new HttpsAgent() };

  /** Leaves whatever is not answered yet. */
  close(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }

  /**
   * Posts a body once and returns the answer. Redirects are not followed, and of the answer's body no more than 64 KB is read, and 2 KB are kept.
   *
   * @throws the error that the connection ended in, or the reason of the signal
   */
  post(url: string, body: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<ReceiverAnswer> {
    const target = new URL(url);
    const isSecure = target.protocol === "https:";
    const isHere = isLoopback(target.hostname);
    const options = {
      ...{ method: "POST", headers: { ...headers, "Content-Length": Buffer.byteLength(body) }, signal },
      ...(isHere && { lookup: lookUpLoopback }),
      autoSelectFamilyAttemptTimeout: isHere ? CONNECT_MS.loopback : CONNECT_MS.others,
    };
    return new Promise((resolve, reject) => {
      const request = isSecure
        ? requestHttps(target, { ...options, agent: this.#agents["https:"] })
        : requestHttp(target, { ...options, agent: this.#agents["http:"] });
      request.on("error", (error) => reject(signal.aborted ? signal.reason : error));
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

/** Reads a short answer, and hangs up on a long one. */
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
