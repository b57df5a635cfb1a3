import type { ServerResponse } from "node:http";
import type { ApiEvent } from "../../api-types";
import { isRecord } from "../../exchange";
import type { OperationId } from "../../generated/v2/operations";
import type { operations, webhooks } from "../../generated/v2/types";
import type { Api } from "../../suite/api";
import type { RawAnswer } from "./upstream";

/** The id of an outcome, or how it begins. */
type CheckId = `law-${number}` | `shape-${OperationId}-${number}${string}` | `shape-event-${keyof webhooks}${string}`;

/** A defect that a server could have. */
export interface Mutant extends Alteration {
  /** What has to tell of it. */
  readonly caughtBy: CheckId;
  /** What tells of it where no more is demanded than what is documented, when that is another check. */
  readonly elsewhere?: CheckId;
}

/** What a server does otherwise than ours: small functions that change what it is asked, what it answers and what it delivers. */
export interface Alteration {
  /** As a sentence. */
  readonly name: string;
  /** Whether it shows to those who do not have the right token, too. */
  readonly withoutToken?: true;
  /** Changes requests before they are passed on. */
  readonly request?: ByOperation<{ [Id in OperationId]: ApiRequest<RequestBody<Id>> }, ApiRequest<unknown>>;
  /** Answers in the place of the server; undefined where this request is not meant. */
  readonly instead?: {
    readonly [Id in OperationId]?: (request: ApiRequest<RequestBody<Id>>, context: MutantContext) => Later<Answer | undefined>;
  };
  /** Changes answers of success. */
  readonly answer?: ByOperation<{ [Id in OperationId]: Answer<SuccessBody<Id>> }, Answer>;
  /** Changes all other answers. */
  readonly refusal?: ByOperation<{ [Id in OperationId]: Answer }, Answer>;
  /** Changes events before they are signed. */
  readonly event?: { readonly [Type in keyof webhooks]?: (event: ApiEvent<Type>, memory: MutantMemory) => void } & {
    readonly every?: (event: { created_at: string; data: object }, memory: MutantMemory) => void;
  };
  /** Changes deliveries after they were signed. */
  readonly delivery?: (delivery: OutgoingWebhook, memory: MutantMemory) => void;
  /** Sends an answer in a way of its own. */
  readonly send?: (answer: RawAnswer, response: ServerResponse) => Later<void>;
}

/** A request. */
export interface ApiRequest<Body = unknown> {
  readonly operation: OperationId;
  /** Below the API's prefix, without its query. */
  path: string;
  readonly query: URLSearchParams;
  /** The query as it was written. */
  readonly search: string;
  /** Parsed JSON, which need not be what the contract wants, or the text of a form; undefined when there is none. */
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
export interface OutgoingWebhook {
  readonly type: string;
  /** Where it goes. */
  readonly url: string;
  /** By their names in lower case. */
  readonly headers: Record<string, string>;
  /** What is sent, byte for byte; undefined when it gets lost. */
  body: string | undefined;
  /** Undefined when there is none. */
  readonly secret: string | undefined;
  /** How often it is sent at most, until it is taken. */
  tries: number;
}

/** What a mutant may look at beside what it changes. */
export interface MutantContext {
  /** The request as it came. */
  readonly request: ApiRequest;
  readonly memory: MutantMemory;
  /** The server that is not wrong. */
  readonly healthy: Api;
  /** The token that the server accepts. */
  readonly token: string;
}

type Later<T> = T | Promise<T>;

type ByOperation<Subjects, Any> = {
  readonly [Id in keyof Subjects]?: (subject: Subjects[Id], context: MutantContext) => Later<void>;
} & { readonly every?: (subject: Any, context: MutantContext) => Later<void> };

type RequestBody<Id extends OperationId> = JsonOf<operations[Id]["requestBody"]>;

type SuccessBody<Id extends OperationId> = {
  [Status in 200 | 201]: Status extends keyof operations[Id]["responses"] ? JsonOf<operations[Id]["responses"][Status]> : never;
}[200 | 201];

type JsonOf<Content> = Content extends { content: { "application/json": infer Body } } ? Body : undefined;

/**
 * Changes whatever a JSON pointer into the body of an answer leads to, if that is there; `*` stands for every entry of a list. What
 * becomes undefined is left out.
 */
export function change(pointer: string, into: (value: unknown) => unknown): (answer: Answer) => void {
  const [, ...path] = pointer.split("/");
  return (answer) => {
    answer.body = changed(answer.body, path, into);
  };
}

function changed(value: unknown, [key, ...rest]: readonly string[], into: (value: unknown) => unknown): unknown {
  if (key === undefined) return into(value);
  if (Array.isArray(value) && key === "*") return value.map((entry) => changed(entry, rest, into));
  if (!isRecord(value) || !(key in value)) return value;
  return { ...value, [key]: changed(value[key], rest, into) };
}

/** What a mutant remembers from one request to the next. */
export class MutantMemory {
  readonly #first = new Map<string, unknown>();
  readonly #counts = new Map<string, number>();

  /** The value that was the first under a name: this one, when there was none. */
  first<T>(name: string, value: T): T {
    if (!this.#first.has(name)) this.#first.set(name, value);
    return this.#first.get(name) as T;
  }

  /** The value that was the first under a name; undefined when there was none. */
  kept<T>(name: string): T | undefined {
    return this.#first.get(name) as T | undefined;
  }

  /** Counts something, and returns how often it was counted before. */
  count(name: string): number {
    const before = this.counted(name);
    this.#counts.set(name, before + 1);
    return before;
  }

  /** How often something was counted. */
  counted(name: string): number {
    return this.#counts.get(name) ?? 0;
  }
}
