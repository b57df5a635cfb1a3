import { matchOperation } from "../../../operations";
import type { RecordedExchange } from "../../report";

export interface ExchangeSketch {
  readonly method?: string;
  readonly sent?: unknown;
  readonly status?: number;
  /** The answer; JSON unless it is a text. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: RecordedExchange["token"];
}

/** A call and its answer as the transport takes them down; a GET that was answered 200 unless said otherwise. */
export function anExchange(path: string, sketch: ExchangeSketch = {}): RecordedExchange {
  const { method = "GET", sent, status = 200, body, headers, token = "own" } = sketch;
  const operation = matchOperation(method, path.split("?")[0] ?? "");
  if (!operation) throw new Error(`there is no ${method} ${path}`);
  const text = typeof body === "string" ? body : (JSON.stringify(body) ?? "");
  return {
    operation,
    request: { method, path, ...(sent !== undefined && { body: sent }) },
    response: { status, headers: headers ?? { "content-type": "application/json" }, body, text },
    token,
    ms: 12,
  };
}
