import type { Response } from "express";
import { type Envelope, envelop } from "../envelope";
import type { Failure } from "../errors";
import type { Notes } from "../operation";
import { exchangeOf } from "./exchange";

const HINT_HEADER = "X-Linq-Mock-Hint";
const ASSUMPTION_HEADER = "X-Linq-Mock-Assumption";
const REQUEST_ID_HEADER = "X-Request-Id";
const LONGEST_HINT = 500;

/** The mock's own headers, which browsers must be told to show to scripts. */
export const EXPOSED_HEADERS = [HINT_HEADER, ASSUMPTION_HEADER, REQUEST_ID_HEADER];

/** Sends an answer with what the mock notes beside it, and logs it. The only place where an answer leaves. */
export function send(res: Response, status: number, body: object | undefined, notes: Notes = {}): void {
  const { requestId, startedAt, operation, log } = exchangeOf(res);
  const { method, originalUrl } = res.req;
  const hint = notes.hint === undefined ? undefined : headerText(notes.hint);
  const assumptions = new Set(notes.assuming);
  if (method === "HEAD" && operation) assumptions.add("A-head");

  const headers: Record<string, string | number> = { [REQUEST_ID_HEADER]: requestId };
  if (hint !== undefined) headers[HINT_HEADER] = hint;
  if (assumptions.size > 0) headers[ASSUMPTION_HEADER] = [...assumptions].join(", ");
  const payload = body === undefined ? "" : JSON.stringify(body);
  if (status !== 204) {
    headers["Content-Length"] = Buffer.byteLength(payload);
    if (body !== undefined) headers["Content-Type"] = "application/json; charset=utf-8";
  }
  res.writeHead(status, headers);
  res.end(payload);
  log.request({ requestId, method, path: pathOf(originalUrl), status, ms: performance.now() - startedAt, operation, hint });
}

/** Sends a refusal in an envelope of the vendor's, or in the mock's own for a path of its own. */
export function sendFailure(res: Response, envelope: Envelope, failure: Failure): void {
  if (isControlPath(res.req.originalUrl)) {
    sendControlError(res, failure.status, { code: "refused", message: failure.detail, hint: failure.hint });
  } else {
    send(res, failure.status, envelop(envelope, failure), failure);
  }
}

/** What is wrong with a call of `/__mock`. */
export interface ControlError {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

export function sendControlError(res: Response, status: number, error: ControlError): void {
  send(res, status, { error }, { hint: error.hint });
}

function isControlPath(url: string): boolean {
  return /^(\/s\/[^/?]+)?\/__mock([/?]|$)/.test(url);
}

/** Header values are printable ASCII on one line, whatever a caller's input put into a hint. */
function headerText(text: string): string {
  const printable = text.replace(/[^\x20-\x7e]/g, "?");
  return printable.length > LONGEST_HINT ? `${printable.slice(0, LONGEST_HINT)}...` : printable;
}

function pathOf(url: string): string {
  const end = url.indexOf("?");
  return end < 0 ? url : url.slice(0, end);
}
