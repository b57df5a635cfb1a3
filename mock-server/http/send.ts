import type { Response } from "express";
import { type Envelope, envelop, type Failure } from "../errors";
import type { Notes } from "../operation";
import { exchangeOf } from "./exchange";

const HINT_HEADER = "X-Linq-Mock-Hint";
const ASSUMPTION_HEADER = "X-Linq-Mock-Assumption";
const REQUEST_ID_HEADER = "X-Request-Id";

/** The mock's own headers, which browsers must be told to show to scripts. */
export const EXPOSED_HEADERS = [HINT_HEADER, ASSUMPTION_HEADER, REQUEST_ID_HEADER];

/** Sends an answer with what the mock notes beside it, and logs it. The only place where an answer leaves. */
export function send(res: Response, status: number, body: object | undefined, notes: Notes = {}): void {
  const { requestId, startedAt, operation, log } = exchangeOf(res);
  const hint = notes.hint === undefined ? undefined : headerText(notes.hint);
  const headers: Record<string, string | number> = { [REQUEST_ID_HEADER]: requestId };
  if (hint !== undefined) headers[HINT_HEADER] = hint;
  if (notes.assuming?.length) headers[ASSUMPTION_HEADER] = [...new Set(notes.assuming)].join(", ");
  const payload = body === undefined ? "" : JSON.stringify(body);
  if (status !== 204) {
    headers["Content-Length"] = Buffer.byteLength(payload);
    if (body !== undefined) headers["Content-Type"] = "application/json; charset=utf-8";
  }
  res.writeHead(status, headers);
  res.end(payload);
  log.request({
    requestId,
    method: res.req.method,
    path: pathOf(res.req.originalUrl),
    status,
    ms: performance.now() - startedAt,
    operation,
    hint,
  });
}

export function sendFailure(res: Response, envelope: Envelope, failure: Failure): void {
  send(res, failure.status, envelop(envelope, failure), failure);
}

/** Header values are printable ASCII on one line, whatever a caller's input put into a hint. */
function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "?");
}

function pathOf(url: string): string {
  const end = url.indexOf("?");
  return end < 0 ? url : url.slice(0, end);
}
