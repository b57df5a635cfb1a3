import { AccountCache } from "../client/account-cache";
import { AdaptiveRate } from "../client/adaptive-rate";
import { NoAnswer, TargetError } from "../client/errors";
import { NO_ID, type Policy, type RunPolicy, refusalOf, UNDOING_RULES } from "../client/guard";
import { HttpClient, type HttpClientOptions, MAX_ANSWER_BYTES, singleHeaders } from "../client/http-client";
import { type ClientTime, Pace, realTime, retryAfterMs } from "../client/pace";
import { type Kind, kindOf } from "../client/request-kinds";
import { apiHeaders, apiUrl, isLoopbackHost } from "../client/url-and-token";
import { isTooDeep, parseBody } from "../exchange";
import { matchOperation } from "../operations";
import type { PlannedRequest } from "./cleanup/created";
import type { Ledger } from "./cleanup/ledger";
import { Inconclusive, Refused } from "./law-errors";
import type { ContractOptions } from "./options";
import { ReadCache } from "./read-cache";
import type { RecordedExchange } from "./report";
import { encoded, type SentFile } from "./sent-body";

/** A request that a law wants to make. */
export interface SuiteRequest extends Omit<PlannedRequest, "operation"> {
  /** Default: the caller's own. */
  readonly token?: "own" | "none" | "wrong";
  /** What becomes of a 429: it is waited out, unless it is itself the answer that is asked for. */
  readonly on429?: "wait" | "return";
  /** What is sent along with the message in the body, as a form then and not as JSON. */
  readonly files?: readonly SentFile[];
}

type KnownRequest = SuiteRequest & PlannedRequest;

/** What a run may do. */
export interface Permissions extends Pick<Policy, "kinds" | "recipients">, Omit<RunPolicy, "made" | "undoes"> {}

export interface TransportOptions
  extends Pick<ContractOptions, "token" | "isOwnMock" | "rate" | "timeoutMs" | "time" | "signal" | "connect"> {
  /** Without a slash at the end and without the API's prefix. */
  readonly baseUrl: string;
  /** A token that is not valid. */
  readonly wrongToken: string;
  /** `undo`: nothing but what undoes something in the ledger. */
  readonly permissions: Permissions | "undo";
  readonly ledger: Ledger;
}

/** What one transport knows of a server that another goes on with. */
interface Known {
  readonly account: AccountCache;
  readonly pace: Pace;
  /** How many requests in a row were not answered. */
  readonly failures: number;
}

const TIMEOUT_MS = 30_000;
const LONGEST_WAIT_MS = 60_000;
const REFUSALS = 2;
const FAILURES_IN_A_ROW = 3;
const byHttp = (options: HttpClientOptions): HttpClient => new HttpClient(options);
const UNDO_ONLY = {
  ...{ kinds: new Set<Kind>(), recipients: new Set<string>() },
  ...{ spareLine: undefined, visibleChat: undefined, webhookUrl: undefined },
};

/**
 * The only way out. Every request passes the guard, whoever makes it; whatever it makes is in the ledger; it goes to one address, at
 * the pace that was agreed, and follows no redirect.
 */
export class Transport {
  readonly baseUrl: string;
  readonly #options: TransportOptions;
  readonly #time: ClientTime;
  readonly #client: Pick<HttpClient, "send">;
  readonly #pace: Pace;
  readonly #account: AccountCache;
  readonly #listeners = new Set<(exchange: RecordedExchange) => void>();
  readonly #recent = new ReadCache();
  #failures: number;
  /** How many requests have gone out. */
  requests = 0;
  /** Why answers did not come that were then asked for again. */
  readonly lost: string[] = [];

  constructor(options: TransportOptions, known?: Known) {
    const { baseUrl, isOwnMock, rate, timeoutMs = TIMEOUT_MS, time = realTime, connect = byHttp } = options;
    const isNear = isOwnMock || isLoopbackHost(new URL(baseUrl).hostname);
    this.baseUrl = baseUrl;
    this.#options = options;
    this.#time = time;
    this.#client = connect({ baseUrl, timeoutMs, time, maxBytes: MAX_ANSWER_BYTES });
    this.#pace = known?.pace ?? new Pace(time, rate ?? (isNear ? Number.POSITIVE_INFINITY : new AdaptiveRate()));
    this.#account = known?.account ?? new AccountCache(() => time.now());
    this.#failures = known?.failures ?? 0;
  }

  /** A transport to the same server that no signal stops, and that undoes what is in the ledger and nothing else. */
  forUndoing(): Transport {
    const known = { account: this.#account, pace: this.#pace, failures: this.#failures };
    return new Transport({ ...this.#options, signal: undefined, permissions: "undo" }, known);
  }

  /** Calls the listener with each exchange, in order, until what this returns is called. One that is recalled is the same object as before. */
  listen(listener: (exchange: RecordedExchange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A reading of before, if nothing was changed since; else it is read now. @throws what `send` throws */
  async recall(request: SuiteRequest): Promise<RecordedExchange> {
    const { method, path, token = "own" } = request;
    const before = method === "GET" && token === "own" ? this.#recent.get(path) : undefined;
    if (!before) return this.send(request);
    this.#announce(before);
    return before;
  }

  /** What others may have changed is read again. */
  forget(): void {
    this.#recent.forget();
  }

  /**
   * @throws Refused when it is not allowed, Inconclusive when there was no usable answer, TargetError when asking on makes no
   *   sense
   */
  async send(request: SuiteRequest): Promise<RecordedExchange> {
    const known = await this.#allowed(request);
    if (known.operation === "updatePhoneNumber") this.#keepForwarding(known.path);
    for (let refusals = 0, failures = 0; ; ) {
      const outcome = await this.#once(known);
      if (typeof outcome === "string") {
        failures += 1;
        if (failures < 2 && kindOf[known.operation] === "read" && known.token !== "wrong") {
          this.lost.push(outcome);
          continue;
        }
        throw this.#failed(outcome);
      }
      this.#failures = 0;
      if (outcome.response.status !== 429 || known.on429 === "return") return this.#record(known, outcome);
      this.#announce(outcome);
      refusals += 1;
      await this.#waitOut(outcome, refusals);
    }
  }

  /** @throws Refused */
  async #allowed(request: SuiteRequest): Promise<KnownRequest> {
    const { method, body } = request;
    const [, path = "", query = ""] = /^([^?]*)(.*)$/s.exec(request.path) ?? [];
    const operation = matchOperation(method, path);
    const { permissions, ledger } = this.#options;
    const { kinds, recipients, ...own } = permissions === "undo" ? UNDO_ONLY : permissions;
    const run = { ...own, made: (made: string) => ledger.created(made), undoes: (undo: SuiteRequest) => ledger.undoes(undo) };
    const refusal = await refusalOf(
      { operation, method, path, query, body: { ok: true, value: body } },
      {
        policy: { kinds, recipients, run },
        account: this.#account,
        read: async (read) => (await this.send({ method: "GET", path: read })).response,
      },
      permissions === "undo" ? UNDOING_RULES : undefined,
    );
    if (operation && !refusal) return { ...request, operation };
    throw new Refused(`${method} ${path} was not sent: ${refusal?.reason}`);
  }

  /** What is changed is written down before, because no answer shows what it was. */
  #keepForwarding(path: string): void {
    const line = this.#account.lineOf(Number(path.split("/").at(-1)));
    if (!line) return;
    const undo = { method: "PUT", path, body: { forwarding_number: line.forwardsTo } };
    this.#options.ledger.keep({ operation: "updatePhoneNumber", path, undo });
  }

  /** An answer, or why there is none. */
  async #once(request: KnownRequest): Promise<RecordedExchange | string> {
    const { signal, ledger, token: own, wrongToken: wrong } = this.#options;
    const { method, path, body, operation, token = "own", on429, files } = request;
    const isCounted = token === "own" && on429 !== "return"; // whoever is turned away, or asks for a 429, spends no budget
    await this.#pace.turn(isCounted ? operation : undefined, signal).catch(() => {
      throw stopped();
    });
    if (signal?.aborted) throw stopped();
    if (method !== "GET") ledger.intend(request);
    if (kindOf[operation] !== "read" && token === "own" && !path.includes(`/${NO_ID}`)) this.#recent.forgetFor(path);
    this.requests += 1;
    const sent = await encoded(request);
    const began = performance.now();
    try {
      const answer = await this.#client.send({
        method,
        url: apiUrl(path),
        headers: { ...apiHeaders({ own, wrong, none: undefined }[token]), ...(sent && { "content-type": sent.type }) },
        body: sent?.bytes,
        signal,
      });
      const ms = performance.now() - began;
      this.#pace.learn({ ...answer, ms });
      const text = answer.body.toString("utf8");
      return {
        operation,
        request: { method, path, ...(body !== undefined && { body }), ...(files && { files: files.map(({ name }) => name) }) },
        response: { status: answer.status, headers: singleHeaders(answer.headers), body: parseBody(text), text },
        token,
        ms,
      };
    } catch (error) {
      if (signal?.aborted) throw stopped();
      if (!(error instanceof NoAnswer)) throw error;
      if (error.kind === "hopeless") throw new TargetError(error.message);
      return error.message;
    }
  }

  #record(request: KnownRequest, exchange: RecordedExchange): RecordedExchange {
    const { method, path } = request;
    const { operation, token, response } = exchange;
    this.#account.learn(exchange);
    if (method !== "GET") this.#options.ledger.record(request, response.status, response.body);
    this.#announce(exchange);
    if (isTooDeep(response.text)) {
      throw new Inconclusive(`the answer to ${method} ${path.split("?")[0]} is nested too deeply to be read`);
    }
    if (kindOf[operation] === "read" && token === "own" && response.status === 200) this.#recent.keep(path, exchange);
    return exchange;
  }

  #announce(exchange: RecordedExchange): void {
    for (const listener of this.#listeners) listener(exchange);
  }

  async #waitOut({ response }: RecordedExchange, refusals: number): Promise<void> {
    const { signal } = this.#options;
    const wait = retryAfterMs(response.headers["retry-after"], this.#time.now());
    if (refusals > REFUSALS || wait > LONGEST_WAIT_MS)
      throw new Inconclusive("the server allows no more requests for now (429)");
    await this.#time.sleep(wait, signal).catch(() => {
      throw stopped();
    });
  }

  #failed(reason: string): Error {
    this.#failures += 1;
    if (this.#failures < FAILURES_IN_A_ROW) return new Inconclusive(`there was no answer: ${reason}`);
    return new TargetError(`${this.baseUrl} does not answer: ${reason}; check the address, the server and the network.`);
  }
}

function stopped(): TargetError {
  return new TargetError("The run was stopped.");
}
