import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type HttpAnswer, type HttpRequest, singleHeaders } from "../../client/http-client";
import { API_PREFIX, TOKEN_HEADER } from "../../client/url-and-token";
import { matchOperation } from "../../operations";
import { apiOf } from "../../suite/api";
import type { RecordedExchange } from "../../suite/report";
import { askInProcess } from "../in-process";
import type { Target } from "../start-mock";
import { type Alteration, type Answer, type ApiRequest, type MutantContext, MutantMemory } from "./mutant";
import { type RawAnswer, type RawRequest, Upstream } from "./upstream";
import { WebhookRelay } from "./webhook-relay";

const RELAY_PATH = "/relayed-webhooks";
const BAD_GATEWAY = 502;

type Behind = Pick<Target, "token" | "answer" | "classes">;

/** One thing that a server does otherwise than ours, or several, one upon the other. */
type Layers = readonly Alteration[];

/** Stands in front of a server, and makes it behave otherwise. */
export class MutantServer {
  readonly #behind: Behind;
  readonly #http: Server;
  readonly #upstream = new Upstream();
  readonly #relay = new WebhookRelay(() => `${this.url}${RELAY_PATH}`, this.#upstream);
  #layers: Layers = [];
  #memory = new MutantMemory();
  #defect: unknown;

  constructor(behind: Behind) {
    this.#behind = behind;
    this.#http = createServer(behind.classes, (incoming, response) => void this.#serve(incoming, response));
  }

  async start(): Promise<this> {
    this.#http.listen(0, "127.0.0.1");
    await once(this.#http, "listening");
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** Becomes what differs in these ways, the first of them next to the server, and forgets everything. */
  become(...layers: Layers): void {
    this.#layers = layers;
    this.#memory = new MutantMemory();
    this.#defect = undefined;
  }

  /** @throws when the mutant itself has thrown */
  verify(): void {
    const cause = this.#defect;
    if (cause !== undefined)
      throw new Error(`the mutant "${this.#layers.map(({ name }) => name).join(", ")}" has thrown: ${cause}`, { cause });
  }

  async stop(): Promise<void> {
    this.#upstream.close();
    this.#http.close();
    this.#http.closeAllConnections();
    await once(this.#http, "close");
  }

  /** Answers a request that did not come over a connection. What a layer does to connections is not seen then. */
  send(request: HttpRequest): Promise<HttpAnswer> {
    const { host } = new URL(this.url);
    const behind = {
      ...this.#behind,
      answer: (...exchange: [IncomingMessage, ServerResponse]) => void this.#serve(...exchange),
    };
    return askInProcess(behind, { ...request, headers: { host, ...request.headers } });
  }

  /** Most requests are none of a mutant's business, and are answered without a detour. */
  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = incoming;
    const isWebhook = url.startsWith(RELAY_PATH);
    const found = requestIn({ method, url, headers, body: "" });
    const layers = this.#layers.filter((layer) => isWebhook || (found && this.#changes(layer, found)));
    if (layers.length === 0) return this.#behind.answer(incoming, response);
    try {
      const received = { method, url, headers, body: Buffer.concat(await incoming.toArray()) };
      const answer = isWebhook
        ? { status: await this.#relay.pass(received, this.#layers, this.#memory), headers: {}, text: "" }
        : await this.#answer(layers, received);
      const send = layers.findLast((layer) => layer.send)?.send ?? write;
      await send(answer, response);
    } catch (error) {
      this.#defect ??= error;
      response.writeHead(BAD_GATEWAY).end();
    }
  }

  #changes(layer: Alteration, { operation, token }: ApiRequest): boolean {
    if (token !== this.#behind.token && !layer.withoutToken) return false;
    if (layer.send || layer.request?.every || layer.answer?.every || layer.refusal?.every) return true;
    if (hasWebhookHooks(layer) && /WebhookSubscription/.test(operation)) return true;
    return [layer.request, layer.instead, layer.answer, layer.refusal].some((hooks) => hooks?.[operation] !== undefined);
  }

  async #answer(layers: Layers, received: RawRequest): Promise<RawAnswer> {
    const asked = requestIn(received) as ApiRequest; // it is an operation, else it was not a mutant's business
    const { operation } = asked;
    const context: MutantContext = {
      request: { ...asked, query: new URLSearchParams(asked.query), body: structuredClone(asked.body) },
      memory: this.#memory,
      healthy: apiOf({ send: ({ method, path, body }) => this.#askHealthy(method, path, body) }),
      token: this.#behind.token,
    };
    const answer = await this.#answered(layers, asked, context, received);
    for (const layer of layers) {
      const hooks = answer.status < 300 ? layer.answer : layer.refusal;
      await (hooks?.every as Hook<Answer>)?.(answer, context);
      await (hooks?.[operation] as Hook<Answer>)?.(answer, context);
    }
    return raw(answer);
  }

  /** The answer that one of them gives in the server's place, or else that of the server. */
  async #answered(layers: Layers, asked: ApiRequest, context: MutantContext, received: RawRequest): Promise<Answer> {
    const { operation } = asked;
    for (const layer of layers) {
      const instead = await (layer.instead?.[operation] as Hook<ApiRequest, Answer | undefined>)?.(asked, context);
      if (instead) return instead;
    }
    for (const layer of layers) {
      await (layer.request?.every as Hook<ApiRequest>)?.(asked, context);
      await (layer.request?.[operation] as Hook<ApiRequest>)?.(asked, context);
    }
    if (layers.some(hasWebhookHooks)) this.#relay.intercept(asked);
    const { status, headers, body } = await askInProcess(this.#behind, this.#passedOn(asked, received));
    return { status, headers: singleHeaders(headers), body: parsed(this.#relay.reveal(body.toString("utf8"))) };
  }

  #passedOn({ path, query, body, token }: ApiRequest, { method, headers }: RawRequest): HttpRequest {
    const { [TOKEN_HEADER]: _, ...others } = headers;
    return {
      method,
      url: `${API_PREFIX}${path}${query.size > 0 ? `?${query}` : ""}`,
      headers: { ...(others as HttpRequest["headers"]), ...(token !== undefined && { [TOKEN_HEADER]: token }) },
      body: Buffer.from(typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body)),
    };
  }

  async #askHealthy(method: string, path: string, body: unknown): Promise<RecordedExchange> {
    const operation = matchOperation(method, path.split("?")[0] ?? "");
    if (!operation) throw new RangeError(`there is no ${method} ${path}`);
    const { host } = new URL(this.url); // what a server says of its own address follows from it
    const headers = { host, [TOKEN_HEADER]: this.#behind.token, "content-type": "application/json" };
    const sent = Buffer.from(body === undefined ? "" : JSON.stringify(body));
    const answered = await askInProcess(this.#behind, { method, url: `${API_PREFIX}${path}`, headers, body: sent });
    const text = answered.body.toString("utf8");
    const response = { ...answered, headers: singleHeaders(answered.headers), text, body: parsed(text) };
    return { operation, request: { method, path, body }, response, token: "own", ms: 0 };
  }
}

function write({ status, headers, text }: RawAnswer, response: ServerResponse): void {
  response.writeHead(status, headers).end(text);
}

type Hook<Subject, Result = void> = ((subject: Subject, context: MutantContext) => Result | Promise<Result>) | undefined;

/** Undefined when it is no operation. */
function requestIn({ method, url, headers, body }: RawRequest): ApiRequest | undefined {
  const [path = "", query = ""] = url.replace(API_PREFIX, "").split("?");
  const operation = matchOperation(method, path);
  if (!operation) return undefined;
  const token = headers[TOKEN_HEADER] as string | undefined;
  return { operation, path, query: new URLSearchParams(query), search: query, body: parsed(body.toString("utf8")), token };
}

function hasWebhookHooks({ event, delivery }: Alteration): boolean {
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
