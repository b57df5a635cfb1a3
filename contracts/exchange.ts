import type { OperationId } from "./generated/v2/operations";

/** What was asked. */
export interface ExchangeRequest {
  readonly method: string;
  /** Below the API's prefix, with its query. */
  readonly path: string;
  /** Parsed JSON, or undefined when there was none. */
  readonly body?: unknown;
}

/** What was answered. */
export interface ExchangeResponse {
  readonly status: number;
  /** By their names in lower case. When they are not given, the content type is not checked. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Parsed JSON; undefined when the body is empty, the text when it is no JSON. */
  readonly body?: unknown;
}

/** One call of the API and its answer. */
export interface Exchange {
  readonly operation: OperationId;
  readonly request: ExchangeRequest;
  readonly response: ExchangeResponse;
}

/** What a body holds: parsed JSON; undefined when it is empty, and the text when it is no JSON. */
export function parseBody(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
