import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { API_PREFIX } from "../../client/address";
import { matchOperation } from "../../match-operation";
import { apiOf } from "../../suite/api";
import type { RecordedExchange } from "../../suite/report";
import type { Target } from "../start-mock";
import type { Answer, Asked, Fault, Scene } from "./fault";
import { Memory } from "./memory";
import { type RawAnswer, type RawRequest, Upstream } from "./upstream";
import { WebhookRelay } from "./webhook-relay";

const TOKEN_HEADER = "x-linq-integration-token";
const RELAY_PATH = "/relayed-webhooks";
const BAD_GATEWAY = 502;

/** The server behind, which has no faults. */
export type FaultyServerOptions = Pick<Target, "url" | "token" | "answer">;

/** Stands in front of a server, and makes it behave as if it had a fault: one at a time. */
export class FaultyServer {
  readonly #behind: FaultyServerOptions;
  readonly #http = createServer((incoming, response) => void this.#serve(incoming, response));
  readonly #upstream = new Upstream();
  #fault: Fault | undefined;
  #memory = new Memory();
  readonly #relay = new WebhookRelay(() => `${this.url}${RELAY_PATH}`, this.#upstream);
  #defect: unknown;

  constructor(behind: FaultyServerOptions) {
    this.#behind = behind;
  }

  async start(): Promise<this> {
    this.#http.listen(0, "127.0.0.1");
    await once(this.#http, "listening");
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** Takes on a fault, or none, and forgets everything. */
  become(fault: Fault | undefined): void {
    this.#fault = fault;
    this.#memory = new Memory();
    this.#defect = undefined;
  }

  /** @throws when the fault itself has stumbled */
  verify(): void {
    const cause = this.#defect;
    if (cause !== undefined) throw new Error(`the fault "${this.#fault?.name}" has stumbled: ${cause}`, { cause });
  }

  async stop(): Promise<void> {
    this.#upstream.close();
    this.#http.close();
    this.#http.closeAllConnections();
    await once(this.#http, "close");
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.#mayTouch(incoming)) return this.#behind.answer(incoming, response);
    try {
      const { method = "", url = "", headers } = incoming;
      const request = { method, url, headers, body: Buffer.concat(await incoming.toArray()) };
      const { status, headers: answered, text } = await this.#answer(request);
      response.writeHead(status, answered).end(text);
    } catch (error) {
      this.#defect ??= error;
      response.writeHead(BAD_GATEWAY).end();
    }
  }

  /** Most requests are none of a fault's business, and are answered without a detour. */
  #mayTouch({ method = "", url = "", headers }: IncomingMessage): boolean {
    if (!this.#fault) return false;
    const [path = ""] = url.replace(API_PREFIX, "").split("?");
    const operation = matchOperation(method, path);
    const token = headers[TOKEN_HEADER] as string | undefined;
    return url.startsWith(RELAY_PATH) || (operation !== undefined && this.#isAbout(this.#fault, { operation, token }));
  }

  async #answer(request: RawRequest): Promise<RawAnswer> {
    const fault = this.#fault;
    if (fault && request.url.startsWith(RELAY_PATH)) {
      return { status: await this.#relay.pass(request, fault, this.#memory), headers: {}, text: "" };
    }
    const asked = fault && askedBy(request);
    if (asked) return this.#spoiltAnswer(fault, asked, request);
    return this.#upstream.ask({ ...request, url: `${this.#behind.url}${request.url}` });
  }

  async #spoiltAnswer(fault: Fault, asked: Asked, { method, headers }: RawRequest): Promise<RawAnswer> {
    const { operation } = asked;
    const healthy = apiOf({ ask: ({ method: verb, path, body }) => this.#askDirectly(verb, path, body) });
    const scene: Scene = { asked: copyOf(asked), memory: this.#memory, healthy, token: this.#behind.token };
    const instead = await (fault.instead?.[operation] as Hook<Asked, Answer | undefined>)?.(asked, scene);
    if (instead) return raw(instead);

    await (fault.request?.every as Hook<Asked>)?.(asked, scene);
    await (fault.request?.[operation] as Hook<Asked>)?.(asked, scene);
    if (isRelayed(fault)) this.#relay.intercept(asked);
    const answered = await this.#upstream.ask(this.#passedOn(asked, method, headers));
    const answer = { status: answered.status, headers: answered.headers, body: parsed(this.#relay.reveal(answered.text)) };
    const hooks = answer.status < 300 ? fault.answer : fault.refusal;
    await (hooks?.every as Hook<Answer>)?.(answer, scene);
    await (hooks?.[operation] as Hook<Answer>)?.(answer, scene);
    return raw(answer);
  }

  #isAbout(fault: Fault, { operation, token }: Pick<Asked, "operation" | "token">): boolean {
    if (token !== this.#behind.token && !fault.toStrangers) return false;
    const { request, instead, answer, refusal } = fault;
    if (request?.every || answer?.every || refusal?.every) return true;
    if (isRelayed(fault) && /WebhookSubscription/.test(operation)) return true;
    return [request, instead, answer, refusal].some((hooks) => hooks?.[operation] !== undefined);
  }

  #passedOn({ path, query, body, token }: Asked, method: string, headers: IncomingHttpHeaders): RawRequest {
    const { [TOKEN_HEADER]: _, ...others } = headers;
    return {
      method,
      url: `${this.#behind.url}${API_PREFIX}${path}${query.size > 0 ? `?${query}` : ""}`,
      headers: { ...others, ...(token !== undefined && { [TOKEN_HEADER]: token }) },
      body: body === undefined ? "" : JSON.stringify(body),
    };
  }

  async #askDirectly(method: string, path: string, body: unknown): Promise<RecordedExchange> {
    const operation = matchOperation(method, path.split("?")[0] ?? "");
    if (!operation) throw new RangeError(`there is no ${method} ${path}`);
    const headers = { [TOKEN_HEADER]: this.#behind.token, "content-type": "application/json" };
    const url = `${this.#behind.url}${API_PREFIX}${path}`;
    const answered = await this.#upstream.ask({ method, url, headers, body: body === undefined ? "" : JSON.stringify(body) });
    const response = { ...answered, body: parsed(answered.text) };
    return { operation, request: { method, path, body }, response, token: "own", ms: 0 };
  }
}

type Hook<Subject, Result = void> = ((subject: Subject, scene: Scene) => Result | Promise<Result>) | undefined;

/** What is asked, or undefined when it is no operation. */
function askedBy({ method, url, headers, body }: RawRequest): Asked | undefined {
  const [path = "", query] = url.replace(API_PREFIX, "").split("?");
  const operation = matchOperation(method, path);
  if (!operation) return undefined;
  const token = headers[TOKEN_HEADER] as string | undefined;
  return { operation, path, query: new URLSearchParams(query), body: parsed(body.toString("utf8")), token };
}

function copyOf({ query, body, ...rest }: Asked): Asked {
  return { ...rest, query: new URLSearchParams(query), body: structuredClone(body) };
}

function isRelayed({ event, delivery }: Fault): boolean {
  return event !== undefined || delivery !== undefined;
}

function raw({ status, headers, body }: Answer): RawAnswer {
  const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  return { status, headers: text === "" ? headers : { "content-type": "application/json; charset=utf-8", ...headers }, text };
}

function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
