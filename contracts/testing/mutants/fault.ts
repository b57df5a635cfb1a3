import type { OperationId } from "../../generated/v2/operations";
import type { operations, webhooks } from "../../generated/v2/types";
import type { Api } from "../../suite/api";
import type { WebhookEvent } from "../../suite/receiver";
import type { Memory } from "./memory";

/** A defect that a server could have: small functions that change what it is asked, what it answers and what it delivers. */
export interface Fault {
  /** What is wrong with the server, as a sentence. */
  readonly name: string;
  /** The id of the outcome that has to tell of it, or how the id begins. */
  readonly caughtBy: `law-${number}` | `shape-${OperationId}-${number}${string}` | `shape-event-${keyof webhooks}${string}`;
  /** Whether it shows to those who do not have the right token, too. */
  readonly toStrangers?: true;
  /** Changes requests before they are passed on. */
  readonly request?: ByOperation<{ [Id in OperationId]: Asked<RequestBody<Id>> }, Asked<unknown>>;
  /** Answers in the place of the server; undefined where this request is not meant. */
  readonly instead?: {
    readonly [Id in OperationId]?: (asked: Asked<RequestBody<Id>>, scene: Scene) => Later<Answer | undefined>;
  };
  /** Changes answers of success. */
  readonly answer?: ByOperation<{ [Id in OperationId]: Answer<SuccessBody<Id>> }, Answer>;
  /** Changes all other answers. */
  readonly refusal?: ByOperation<{ [Id in OperationId]: Answer }, Answer>;
  /** Changes events before they are signed. */
  readonly event?: { readonly [Type in keyof webhooks]?: (event: WebhookEvent<Type>, memory: Memory) => void };
  /** Changes deliveries after they were signed. */
  readonly delivery?: (delivery: Delivered, memory: Memory) => void;
}

/** A request. */
export interface Asked<Body = unknown> {
  readonly operation: OperationId;
  /** Below the API's prefix, without its query. */
  path: string;
  readonly query: URLSearchParams;
  /** Parsed JSON, which need not be what the contract wants; undefined when there is none. */
  body: Body;
  token: string | undefined;
}

export interface Answer<Body = unknown> {
  status: number;
  /** By their names in lower case. */
  headers: Record<string, string>;
  /** Sent as JSON, a string as it is; undefined for none. */
  body: Body;
}

/** A webhook on its way. */
export interface Delivered {
  readonly type: string;
  /** By their names in lower case. */
  readonly headers: Record<string, string>;
  /** What is sent, byte for byte; undefined when it gets lost. */
  body: string | undefined;
  /** Undefined when there is none. */
  readonly secret: string | undefined;
}

/** What a fault may look at beside what it changes. */
export interface Scene {
  /** The request as it came. */
  readonly asked: Asked;
  readonly memory: Memory;
  /** The server without the fault. */
  readonly healthy: Api;
  /** The token that the server accepts. */
  readonly token: string;
}

type Later<T> = T | Promise<T>;

type ByOperation<Subjects, Any> = {
  readonly [Id in keyof Subjects]?: (subject: Subjects[Id], scene: Scene) => Later<void>;
} & { readonly every?: (subject: Any, scene: Scene) => Later<void> };

type RequestBody<Id extends OperationId> = JsonOf<operations[Id]["requestBody"]>;

type SuccessBody<Id extends OperationId> = {
  [Status in 200 | 201]: Status extends keyof operations[Id]["responses"] ? JsonOf<operations[Id]["responses"][Status]> : never;
}[200 | 201];

type JsonOf<Content> = Content extends { content: { "application/json": infer Body } } ? Body : undefined;
