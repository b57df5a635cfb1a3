import type { AccountCache } from "../../contracts/client/account-cache";
import { NoAnswer } from "../../contracts/client/errors";
import { type HttpAnswer, HttpClient, type HttpRequest, MAX_ANSWER_BYTES } from "../../contracts/client/http-client";
import { type ClientTime, Pace, realTime } from "../../contracts/client/pace";
import { readRecipient } from "../../contracts/client/people-in-body";
import type { AllowedKind, Kind } from "../../contracts/client/request-kinds";
import { baseUrlOf, requireUsableToken, tokenOf } from "../../contracts/client/url-and-token";
import { operationOf } from "../../contracts/contract-version";
import type { Failure } from "../server/failure";
import { type ApiRequest, type ProxiedExchange, type ProxyCall, readApiRequest } from "./call";
import { ChangeGuard } from "./change-guard";
import { checkCall, type ExchangeFinding, jsonOf } from "./check";
import type { FallbackMock } from "./mock-fallback";
import { Tally } from "./summary";
import { failureOf, redirectHint, requestHeaders } from "./upstream";

/** What a proxy is told about the target, and about what may reach it. */
export interface ProxyOptions {
  /** The base URL: `https://api.linqapp.com`. */
  readonly target: string;
  /** Takes the place of the callers' tokens. Default: each keeps its own. */
  readonly token?: string | undefined;
  /** What may be done beside reading. Default: nothing. */
  readonly allow?: readonly AllowedKind[];
  /** Who may be reached, in any form that the API reads. */
  readonly recipients?: readonly string[];
  /** Requests to the target per second. Default: as many as come. */
  readonly rate?: number | undefined;
  /** How long an answer may take, in ms. Default: 30,000. */
  readonly timeoutMs?: number | undefined;
  /** Whether an answer that holds what the contract does not know breaks it. */
  readonly strict?: boolean;
  /** Answers what it knows, and leaves the rest to the target. */
  readonly fallback?: FallbackMock | undefined;
  /** Told of each call that went to the target, when it is over. */
  readonly onExchange?: ((exchange: ProxiedExchange) => void) | undefined;
  readonly time?: ClientTime;
}

/** What became of a call: the proxy's own answer, without a request when it was nothing of the API; or somebody else's. */
export type Outcome =
  | { readonly kind: "refused"; readonly request: ApiRequest | undefined; readonly failure: Failure }
  | PassedOn;

/** The answer of the mock or of the target, and what there is to say about it. */
export interface PassedOn {
  readonly kind: "passed-on";
  readonly request: ApiRequest;
  readonly by: "mock" | "target";
  readonly answer: HttpAnswer;
  readonly findings: readonly ExchangeFinding[];
  readonly hint: string | undefined;
}

/** Told of what went wrong in the proxy itself, which callers do not notice. */
type DefectListener = (what: string, error: unknown) => void;

const TIMEOUT_MS = 30_000;
const NOTHING = Buffer.alloc(0);
const GONE = new NoAnswer("stopped", "whoever asked had gone before it was sent");

/** Decides what becomes of each call: passes it on to whom it belongs, unless nobody has allowed it, and checks what comes back. */
export class Relay {
  readonly baseUrl: string;
  readonly tally = new Tally();
  readonly #options: ProxyOptions;
  readonly #time: ClientTime;
  readonly #onDefect: DefectListener;
  readonly #target: HttpClient;
  readonly #mock: HttpClient | undefined;
  readonly #pace: Pace;
  readonly #guard: ChangeGuard;
  /** What was deleted in the mock, by token and path. Whoever deletes it again does not mean the target's thing of the same id. */
  readonly #deleted = new Set<string>();
  /** Whether anybody may be reached, so that it matters who is where. */
  readonly #learns: boolean;

  /** @throws TargetError when the target is no address that a token may be sent to, or an option cannot be what is meant */
  constructor(options: ProxyOptions, onDefect: DefectListener) {
    const { target, token, allow = [], recipients = [], rate, timeoutMs = TIMEOUT_MS, fallback, time = realTime } = options;
    if (token !== undefined) requireUsableToken(token);
    this.baseUrl = baseUrlOf(target);
    this.#options = options;
    this.#time = time;
    this.#onDefect = onDefect;
    this.#target = new HttpClient({ baseUrl: this.baseUrl, timeoutMs, maxBytes: MAX_ANSWER_BYTES, time });
    this.#mock = fallback && new HttpClient({ baseUrl: fallback.url, timeoutMs, maxBytes: MAX_ANSWER_BYTES, time });
    this.#pace = new Pace(time, rate ?? Number.POSITIVE_INFINITY);
    const policy = { kinds: new Set<Kind>(["read", ...allow]), recipients: new Set(recipients.map(readRecipient)) };
    this.#guard = new ChangeGuard(policy, () => time.now());
    this.#learns = allow.some((kind) => kind !== "write");
  }

  async pass(call: ProxyCall): Promise<Outcome> {
    const reading = readApiRequest(call);
    if (!reading.ok) return this.#refuse(undefined, reading.failure);
    const { request } = reading;
    try {
      const byMock = await this.#askMock(request, call);
      if (byMock) return { kind: "passed-on", request, by: "mock", answer: byMock, findings: [], hint: undefined };
      const refusal = await this.#refusalOf(request, call);
      return refusal ? this.#refuse(request, refusal) : await this.#askTarget(request, call);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      this.tally.unanswered += 1;
      return { kind: "refused", request, failure: failureOf(error) };
    }
  }

  /** Leaves whatever is not answered yet. */
  close(): void {
    this.#target.close();
    this.#mock?.close();
  }

  #refuse(request: ApiRequest | undefined, failure: Failure): Outcome {
    this.tally.refused += 1;
    return { kind: "refused", request, failure };
  }

  /** The mock's answer, if the call belongs to its world: lists, and what makes something new, or it would not hang together. */
  async #askMock(request: ApiRequest, call: ProxyCall): Promise<HttpAnswer | undefined> {
    const { fallback } = this.#options;
    const { contract, operation, method, path, isReading } = request;
    if (!fallback || !this.#mock || operation === undefined) return undefined;
    const namesThing = operationOf(contract, operation).path.includes("{");
    const token = tokenOf(contract.token, call.headers);
    const thing = `${token} ${path.replace(/\/0+(?=\d)/g, "/")}`;
    if (namesThing && !fallback.knows(contract, token, path)) {
      if (isReading || !this.#deleted.has(thing)) return undefined;
    } else if (method === "DELETE") {
      this.#deleted.add(thing);
    }
    const answer = await this.#mock.send(outgoing(request, call, undefined));
    if (!namesThing && fallback.foundNothing(contract, answer)) return undefined;
    this.tally.byMock += 1;
    return answer;
  }

  async #refusalOf(request: ApiRequest, call: ProxyCall): Promise<Failure | undefined> {
    const { method, path, isReading } = request;
    if (!isReading) {
      return this.#guard.refusalOf(request, call, this.#accountOf(request, call), (readPath) =>
        this.#read(request, readPath, call),
      );
    }
    if (call.body.length === 0) return undefined;
    return { status: 403, detail: `${method} ${path} was not passed on: it has a body`, hint: "Reading takes a query alone." };
  }

  async #askTarget(request: ApiRequest, call: ProxyCall): Promise<Outcome> {
    await this.#takeTurn(call);
    const startedAt = this.#time.now();
    const began = performance.now();
    const done = (response: ProxiedExchange["response"]): void => {
      const { method, headers, body } = call;
      this.#tell({ startedAt, ms: performance.now() - began, request: { method, url: request.url, headers, body }, response });
    };
    try {
      const answer = await this.#target.send(outgoing(request, call, this.#tokenFor(request, call)));
      const findings = this.#check(request, call, answer);
      done({ ok: true, ...answer });
      return { kind: "passed-on", request, by: "target", answer, findings, hint: redirectHint(this.baseUrl, answer) };
    } catch (error) {
      if (error instanceof NoAnswer) done({ ok: false, error: error.message });
      throw error;
    }
  }

  /** A check that fails takes nobody's answer away. */
  #check(request: ApiRequest, call: ProxyCall, answer: HttpAnswer): ExchangeFinding[] {
    const { operation, method, path } = request;
    try {
      const json = jsonOf(answer.body);
      const findings = checkCall(request, call, { ...answer, json }, { strict: this.#options.strict === true });
      this.tally.note(request, answer.status, findings, call.requestId);
      if (this.#learns && operation !== undefined && answer.status < 300) {
        this.#accountOf(request, call).learn({ operation, request, response: { status: answer.status, body: json } });
      }
      return findings;
    } catch (error) {
      this.#onDefect(`the answer to ${method} ${path} could not be checked`, error);
      return [];
    }
  }

  #tell(exchange: ProxiedExchange): void {
    try {
      this.#options.onExchange?.(exchange);
    } catch (error) {
      this.#onDefect("an exchange could not be recorded", error);
    }
  }

  /** Reads for a guard, with the caller's token. */
  async #read({ contract }: ApiRequest, path: string, call: ProxyCall): Promise<{ status: number; body: unknown }> {
    await this.#takeTurn(call);
    const { [contract.token.header]: own } = call.headers;
    const headers = { accept: "application/json", ...(own !== undefined && { [contract.token.header]: own }) };
    const request = { contract, method: "GET", url: `${contract.prefix}${path}` };
    const token = this.#tokenFor(request, call);
    const { status, body } = await this.#target.send(outgoing(request, { headers, body: NOTHING }, token));
    return { status, body: jsonOf(body) };
  }

  async #takeTurn({ gone }: ProxyCall): Promise<void> {
    await this.#pace.turn(undefined, gone).catch(() => {}); // it rejects when whoever asked has gone
    if (gone.aborted) throw GONE;
  }

  #accountOf({ contract }: ApiRequest, call: ProxyCall): AccountCache {
    const token = this.#tokenFor({ contract }, call) ?? tokenOf(contract.token, call.headers) ?? "";
    return this.#guard.accountOf(contract, token);
  }

  /** What takes the place of the caller's token, if it has one: whoever sends none is to see what comes of it. */
  #tokenFor({ contract }: Pick<ApiRequest, "contract">, { headers }: Pick<ProxyCall, "headers">): string | undefined {
    return tokenOf(contract.token, headers) === undefined ? undefined : this.#options.token;
  }
}

function outgoing(
  { contract: { token: form }, method, url }: Pick<ApiRequest, "contract" | "method" | "url">,
  { headers, body }: Pick<ProxyCall, "headers" | "body">,
  token: string | undefined,
): HttpRequest {
  return { method, url, headers: requestHeaders(headers, { token, form, body }), body };
}
