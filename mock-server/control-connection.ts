import type { components, operations } from "./control/generated/types";
import { checkOptionNames } from "./option-names";
import { pageOfCall } from "./server/page-address";

type ErrorBody = components["schemas"]["Error"];

/** How requests are sent. Rejects when there is no answer. */
export interface Send {
  (
    url: string,
    request: { readonly method: string; readonly headers: Record<string, string>; readonly body?: string },
  ): Promise<{ readonly status: number; readonly text: string }>;
  /** What else may be why there is no answer, as the end of a question. */
  doubt?(): string;
}

export interface WaitOptions {
  /** How many must match. Default: 1. */
  readonly count?: number;
  /** Real milliseconds. Default: 2,000. */
  readonly timeoutMs?: number;
}

/** The code of a refusal for want of the chat, which then has no page. */
const CHAT_UNKNOWN = "chat_unknown";

/** The way to `/__mock` of a running mock. */
export class ControlConnection {
  readonly send: Send;
  readonly controlToken: string | undefined;

  constructor(send: Send, controlToken: string | undefined) {
    this.send = send;
    this.controlToken = controlToken;
  }

  /** Resolves with what a call answers; rejects with an Error that says why it cannot be done. */
  async call<T>(baseUrl: string, method: string, path: string, body?: object): Promise<T> {
    const headers = {
      ...(body && { "Content-Type": "application/json" }),
      ...(this.controlToken !== undefined && { Authorization: `Bearer ${this.controlToken}` }),
    };
    const [route] = path.split("?");
    const call = `${method} /__mock${route}`;
    const { origin } = new URL(baseUrl);
    const { status, text } = await this.send(`${baseUrl}/__mock${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new Error(`${call} got no answer: is the mock running at ${origin}${this.send.doubt?.() ?? ""}?`, { cause });
    });
    if (status === 204) return undefined as T;
    const answer = readJson(text);
    if (status < 300 && answer !== undefined) return answer as T;
    const { error } = (answer ?? {}) as Partial<ErrorBody>;
    const reason = error?.message ? explain(error) : `it is not linq-mock that answers at ${origin}`;
    const page = error && error.code !== CHAT_UNKNOWN ? pageOfCall(baseUrl, path, body) : undefined;
    throw new Error(`${call} answered ${status}: ${reason}${page === undefined ? "" : `\n${page}`}`);
  }
}

/** The URL of a mock, without what people copy with it. @throws TypeError when it cannot be one */
export function baseOf(serverUrl: string): string {
  const url = /^https?:\/\//i.test(serverUrl) && URL.canParse(serverUrl) ? new URL(serverUrl) : undefined;
  if (!url) {
    throw new TypeError(`linq-mock: the URL of a mock is one such as http://localhost:4010, not ${JSON.stringify(serverUrl)}`);
  }
  const path = url.pathname.replace(/\/+$/, "").replace(/\/(api\/partner\/v\d+|__mock)$/, "");
  if (/\/s\/[^/]+$/.test(path))
    throw new TypeError(`linq-mock: leave ${path} out of the URL; the name of the sandbox is given beside it`);
  return `${url.origin}${path}`;
}

export function queryOf(values: object): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) query.set(name, value instanceof Date ? value.toISOString() : String(value));
  }
  return `?${query}`;
}

const WAIT_OPTIONS = ["count", "timeoutMs"];

/** @throws TypeError when an option is unknown */
export function waitQuery(filter: object, options: WaitOptions): string {
  checkOptionNames("waitFor", options, WAIT_OPTIONS);
  const { count, timeoutMs } = options;
  return queryOf({ count, timeout_ms: timeoutMs, ...filter });
}

/** Undefined when it is no JSON. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function explain({ message, pointer, hint }: ErrorBody["error"]): string {
  const what = pointer ? `${message} (at ${pointer})` : message;
  return hint === undefined ? what : `${what}. ${hint}`;
}

export type ControlAnswer<Id extends keyof operations, Status extends number> = operations[Id]["responses"] extends {
  [S in Status]: { content: { "application/json": infer B } };
}
  ? B
  : never;
