import { API_PREFIX, baseUrlOf, requireUsableToken, TOKEN_HEADER } from "../../contracts/client/address";
import { NoAnswer } from "../../contracts/client/errors";
import { type HttpAnswer, HttpClient, type HttpRequest } from "../../contracts/client/http-client";
import type { Kind } from "../../contracts/client/kinds";
import type { KnownAccount } from "../../contracts/client/known-account";
import { readRecipient } from "../../contracts/client/named-people";
import { type ClientTime, Pace, realTime } from "../../contracts/client/pace";
import type { Failure } from "../server/failure";
import { type Asked, readAsked } from "./asked";
import { failureOf } from "./asking/no-answer";
import { redirectHint } from "./asking/redirect-hint";
import { requestHeaders } from "./asking/request-headers";
import type { Call } from "./call";
import { ChangeGuard } from "./change-guard";
import { checkCall } from "./checking/check-call";
import type { Finding } from "./checking/finding";
import { answererOf } from "./fallback/answerer-of";
import { foundNothing } from "./fallback/found-nothing";
import { jsonOf } from "./json-of";
import type { Outcome } from "./outcome";
import type { ProxiedExchange } from "./proxied-exchange";
import type { ProxyOptions } from "./proxy-options";
import { Tally } from "./summary/tally";

/** Told of what went wrong in the proxy itself, which callers do not notice. */
export type DefectListener = (what: string, error: unknown) => void;

const TIMEOUT_MS = 30_000;
const NOTHING = Buffer.alloc(0);
const MAX_BYTES = 10 * 1024 * 1024;
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
    this.#target = new HttpClient({ baseUrl: this.baseUrl, timeoutMs, maxBytes: MAX_BYTES, time });
    this.#mock = fallback && new HttpClient({ baseUrl: fallback.url, timeoutMs, maxBytes: MAX_BYTES, time });
    this.#pace = new Pace(time, rate);
    const policy = { kinds: new Set<Kind>(["read", ...allow]), recipients: new Set(recipients.map(readRecipient)) };
    this.#guard = new ChangeGuard(policy, () => time.now());
    this.#learns = allow.some((kind) => kind !== "write");
  }

  async pass(call: Call): Promise<Outcome> {
    const asked = readAsked(call);
    if ("detail" in asked) return this.#refuse(undefined, asked);
    try {
      const byMock = await this.#askMock(asked, call);
      if (byMock) return { asked, by: "mock", answer: byMock, findings: [], hint: undefined };
      const refusal = await this.#refusalOf(asked, call);
      return refusal ? this.#refuse(asked, refusal) : await this.#askTarget(asked, call);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      this.tally.unanswered += 1;
      return { asked, failure: failureOf(error) };
    }
  }

  /** Leaves whatever is not answered yet. */
  close(): void {
    this.#target.close();
    this.#mock?.close();
  }

  #refuse(asked: Asked | undefined, failure: Failure): Outcome {
    this.tally.refused += 1;
    return { asked, failure };
  }

  /** The mock's answer, if the call belongs to its world. */
  async #askMock(asked: Asked, call: Call): Promise<HttpAnswer | undefined> {
    const { fallback } = this.#options;
    const { operation, method, path, isReading } = asked;
    if (!fallback || !this.#mock || operation === undefined) return undefined;
    const answerer = answererOf[operation];
    const token = call.headers[TOKEN_HEADER];
    const thing = `${token} ${path.replace(/\/0+(?=\d)/g, "/")}`;
    if (answerer === "owner" && !fallback.knows(token === undefined ? token : String(token), path)) {
      if (isReading || !this.#deleted.has(thing)) return undefined;
    } else if (method === "DELETE") {
      this.#deleted.add(thing);
    }
    const answer = await this.#mock.send(outgoing(asked, call, undefined));
    if (answerer === "finder" && foundNothing(answer)) return undefined;
    this.tally.byMock += 1;
    return answer;
  }

  async #refusalOf(asked: Asked, call: Call): Promise<Failure | undefined> {
    const { method, path, isReading } = asked;
    if (!isReading) {
      return this.#guard.refusalOf(asked, call, this.#accountOf(call), (readPath) => this.#read(readPath, call));
    }
    if (call.body.length === 0) return undefined;
    return { status: 403, detail: `${method} ${path} was not passed on: it has a body`, hint: "Reading takes a query alone." };
  }

  async #askTarget(asked: Asked, call: Call): Promise<Outcome> {
    await this.#takeTurn(call);
    const startedAt = this.#time.now();
    const began = performance.now();
    const done = (response: ProxiedExchange["response"]): void => {
      const { method, url, headers, body } = { ...call, url: asked.url };
      this.#tell({ startedAt, ms: performance.now() - began, request: { method, url, headers, body }, response });
    };
    try {
      const answer = await this.#target.send(outgoing(asked, call, this.#tokenFor(call)));
      const findings = this.#check(asked, call, answer);
      done(answer);
      return { asked, by: "target", answer, findings, hint: redirectHint(this.baseUrl, answer) };
    } catch (error) {
      if (error instanceof NoAnswer) done({ error: error.message });
      throw error;
    }
  }

  /** A check that fails takes nobody's answer away. */
  #check(asked: Asked, call: Call, answer: HttpAnswer): Finding[] {
    const { operation, method, path } = asked;
    try {
      const json = jsonOf(answer.body);
      const findings = checkCall(asked, call, { ...answer, json }, { strict: this.#options.strict === true });
      this.tally.note(operation, answer.status, findings, call.requestId);
      if (this.#learns && operation !== undefined && answer.status < 300) {
        this.#accountOf(call).learn({ operation, request: asked, response: { status: answer.status, body: json } });
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
  async #read(path: string, call: Call): Promise<{ status: number; body: unknown }> {
    await this.#takeTurn(call);
    const { [TOKEN_HEADER]: own } = call.headers;
    const headers = { accept: "application/json", ...(own !== undefined && { [TOKEN_HEADER]: own }) };
    const asked = { method: "GET", url: `${API_PREFIX}${path}` };
    const { status, body } = await this.#target.send(outgoing(asked, { headers, body: NOTHING }, this.#tokenFor(call)));
    return { status, body: jsonOf(body) };
  }

  async #takeTurn({ gone }: Call): Promise<void> {
    await this.#pace.turn(undefined, gone).catch(() => {}); // it rejects when whoever asked has gone
    if (gone.aborted) throw GONE;
  }

  #accountOf(call: Call): KnownAccount {
    return this.#guard.accountOf(this.#tokenFor(call) ?? String(call.headers[TOKEN_HEADER] ?? ""));
  }

  /** What takes the place of the caller's token, if it has one: whoever sends none is to see what comes of it. */
  #tokenFor({ headers }: Pick<Call, "headers">): string | undefined {
    return headers[TOKEN_HEADER] ? this.#options.token : undefined;
  }
}

function outgoing(
  { method, url }: Pick<Asked, "method" | "url">,
  { headers, body }: Pick<Call, "headers" | "body">,
  token: string | undefined,
): HttpRequest {
  return { method, url, headers: requestHeaders(headers, { token, body }), body };
}
