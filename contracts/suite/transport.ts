import { apiHeaders, apiUrl } from "../client/address";
import { NoAnswer, TargetError } from "../client/errors";
import { HttpClient, singleHeaders } from "../client/http-client";
import { kindOf } from "../client/kinds";
import { KnownAccount } from "../client/known-account";
import { type ClientTime, Pace, retryAfterMs } from "../client/pace";
import { matchOperation } from "../match-operation";
import type { Ledger } from "./cleanup/ledger";
import { Inconclusive, Refused } from "./errors";
import type { RecordedExchange } from "./report";
import type { Ask, KnownAsk } from "./transport/ask";
import type { Guard } from "./transport/guards/guard";
import { guards } from "./transport/guards/index";
import { onlyUndoing } from "./transport/guards/only-undoing";
import type { Permissions } from "./transport/rules";

export interface TransportOptions extends Permissions {
  /** Without a slash at the end and without the API's prefix. */
  readonly baseUrl: string;
  readonly token: string;
  /** A token that belongs to nobody. */
  readonly wrongToken: string;
  /** Requests per second; undefined for as many as it takes. */
  readonly rate: number | undefined;
  readonly timeoutMs: number;
  readonly time: ClientTime;
  readonly ledger: Ledger;
  readonly signal: AbortSignal | undefined;
  /** What another transport to the same server has learnt. */
  readonly known?: KnownAccount;
  /** What every request must pass. Default: what a law must pass. */
  readonly guards?: readonly Guard[];
}

/** Told of every exchange, in order. */
export type ExchangeListener = (exchange: RecordedExchange) => void;

const MAX_BYTES = 10 * 1024 * 1024;
const LONGEST_WAIT_MS = 60_000;
const REFUSALS = 2;
const FAILURES_IN_A_ROW = 3;
/** For so long it is believed who is in a chat. */
const KNOWN_FOR_MS = 60_000;
/** What changes something is asked at a path that can be read in one way only. */
const PLAIN_PATH = /^(?:\/[a-z_]+|\/\d+)+$/;

/**
 * The only way out. Every request passes the guards, whoever makes it; whatever it makes is in the ledger; it goes to one address, at
 * the pace that was agreed, and follows no redirect.
 */
export class Transport {
  readonly #options: TransportOptions;
  readonly #client: HttpClient;
  readonly #pace: Pace;
  readonly known: KnownAccount;
  readonly #readAt = new Map<number, number>();
  readonly #listeners = new Set<ExchangeListener>();
  #failures = 0;
  /** How many requests have gone out. */
  requests = 0;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#client = new HttpClient({ ...options, maxBytes: MAX_BYTES });
    this.#pace = new Pace(options.time, options.rate);
    this.known = options.known ?? new KnownAccount();
  }

  /** A transport to the same server that no signal stops, and that undoes what is in the ledger and nothing else. */
  forUndoing(): Transport {
    return new Transport({ ...this.#options, known: this.known, signal: undefined, guards: [onlyUndoing] });
  }

  /** Tells somebody of each exchange, until what this returns is called. */
  listen(listener: ExchangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * @throws Refused when nobody has allowed it, Inconclusive when there was no usable answer, TargetError when asking on makes no
   *   sense
   */
  async ask(asked: Ask): Promise<RecordedExchange> {
    const ask = knownAsk(asked);
    await this.#guard(ask);
    if (ask.operation === "updatePhoneNumber") this.#keepForwarding(ask.path);
    for (let refusals = 0, failures = 0; ; ) {
      const outcome = await this.#once(ask);
      if (typeof outcome === "string") {
        failures += 1;
        if (failures < 2 && kindOf[ask.operation] === "read" && ask.token !== "wrong") continue;
        throw this.#failed(outcome);
      }
      this.#failures = 0;
      if (outcome.response.status !== 429 || ask.on429 === "return") return this.#record(ask, outcome);
      this.#tell(outcome);
      refusals += 1;
      await this.#waitOut(outcome, refusals);
    }
  }

  async #guard(ask: KnownAsk): Promise<void> {
    const { ledger } = this.#options;
    const rules = { ...this.#options, known: this.known, ledger, readChat: (id: number) => this.#readChat(id) };
    for (const guard of this.#options.guards ?? guards) {
      const reason = await guard(ask, rules);
      if (reason !== undefined) throw new Refused(`${ask.method} ${ask.path.split("?")[0]} was not sent: ${reason}`);
    }
  }

  /** What is changed is written down before, because no answer tells what it was. */
  #keepForwarding(path: string): void {
    const line = this.known.lineOf(Number(path.split("/").at(-1)));
    if (!line) return;
    const undo = { method: "PUT", path, body: { forwarding_number: line.forwardsTo } };
    this.#options.ledger.keep({ operation: "updatePhoneNumber", path, undo });
  }

  async #readChat(id: number): Promise<ReadonlySet<string> | undefined> {
    const { time } = this.#options;
    if ((this.#readAt.get(id) ?? Number.NEGATIVE_INFINITY) < time.now() - KNOWN_FOR_MS) {
      const { response } = await this.ask({ method: "GET", path: `/chats/${id}` });
      if (response.status === 404) return undefined;
      if (response.status !== 200 || !this.known.participantsOf(id)) throw new Refused(`nobody can tell who is in chat ${id}`);
      this.#readAt.set(id, time.now());
    }
    return this.known.participantsOf(id);
  }

  /** An answer, or why there is none. */
  async #once(ask: KnownAsk): Promise<RecordedExchange | string> {
    const { signal, ledger } = this.#options;
    const { method, path, body, operation, token = "own", on429 } = ask;
    const isCounted = token === "own" && on429 !== "return"; // whoever is turned away, or asks for a 429, spends no budget
    await this.#pace.turn(isCounted ? operation : undefined, signal).catch(() => {
      throw stopped();
    });
    if (signal?.aborted) throw stopped();
    if (method !== "GET") ledger.intend(ask);
    this.requests += 1;
    const began = performance.now();
    try {
      const answer = await this.#client.send({
        method,
        url: apiUrl(path),
        headers: this.#headers(ask),
        body: body === undefined ? undefined : Buffer.from(JSON.stringify(body)),
        signal,
      });
      const text = answer.body.toString("utf8");
      return {
        operation,
        request: { method, path, ...(body !== undefined && { body }) },
        response: { status: answer.status, headers: singleHeaders(answer.headers), body: parsed(text), text },
        token,
        ms: performance.now() - began,
      };
    } catch (error) {
      if (signal?.aborted) throw stopped();
      if (!(error instanceof NoAnswer)) throw error;
      if (error.kind === "hopeless") throw new TargetError(error.message);
      return error.message;
    }
  }

  #headers({ token = "own", body }: KnownAsk): Record<string, string> {
    const { token: own, wrongToken } = this.#options;
    const sent = { own, wrong: wrongToken, none: undefined }[token];
    return { ...apiHeaders(sent), ...(body !== undefined && { "content-type": "application/json" }) };
  }

  #record(ask: KnownAsk, exchange: RecordedExchange): RecordedExchange {
    this.known.learn(exchange);
    if (ask.method !== "GET") this.#options.ledger.record(ask, exchange.response.status, exchange.response.body);
    this.#tell(exchange);
    return exchange;
  }

  #tell(exchange: RecordedExchange): void {
    for (const listener of this.#listeners) listener(exchange);
  }

  async #waitOut({ response }: RecordedExchange, refusals: number): Promise<void> {
    const { time, signal } = this.#options;
    const wait = retryAfterMs(response.headers["retry-after"], time.now());
    if (refusals > REFUSALS || wait > LONGEST_WAIT_MS)
      throw new Inconclusive("the server allows no more requests for now (429)");
    await time.sleep(wait, signal).catch(() => {
      throw stopped();
    });
  }

  #failed(reason: string): Error {
    this.#failures += 1;
    const { baseUrl } = this.#options;
    if (this.#failures < FAILURES_IN_A_ROW) return new Inconclusive(`there was no answer: ${reason}`);
    return new TargetError(`${baseUrl} does not answer: ${reason}; check the address, the server and the network.`);
  }
}

function knownAsk(ask: Ask): KnownAsk {
  const [path = ""] = ask.path.split("?");
  const operation = matchOperation(ask.method, path);
  const isPlain = ask.method === "GET" ? !/(^|\/)\.{1,2}(\/|$)|[\\#]/.test(path) : PLAIN_PATH.test(path);
  if (operation && isPlain && ask.method !== "HEAD") return { ...ask, operation };
  throw new Refused(`${ask.method} ${path} was not sent: the contract has no such operation`);
}

function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Why a run ends that its caller has stopped. */
function stopped(): TargetError {
  return new TargetError("The run was stopped.");
}
