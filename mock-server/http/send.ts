import type { Request, Response } from "express";
import type { AssumptionId } from "../../contracts/generated/operations";
import type { ControlError } from "../control/control-call";
import { requestView } from "../control/request-view";
import { type Envelope, envelop } from "../envelope";
import type { Failure } from "../errors";
import type { RequestEntry } from "../logger";
import type { Notes } from "../operation";
import type { StoredFile } from "../state/file-store";
import type { JournalEntry } from "../state/journal";
import { type Exchange, exchangeOf, sandboxMeant } from "./exchange";

const HINT_HEADER = "X-Linq-Mock-Hint";
const ASSUMPTION_HEADER = "X-Linq-Mock-Assumption";
const REQUEST_ID_HEADER = "X-Request-Id";
const LONGEST_TEXT = 500;
const NONE: readonly AssumptionId[] = [];

/** The mock's own headers, which browsers must be told to show to scripts. */
export const EXPOSED_HEADERS = [HINT_HEADER, ASSUMPTION_HEADER, REQUEST_ID_HEADER];

/** Sends an answer with what the mock notes beside it, and logs it. The only place where an answer leaves. */
export function send(res: Response, status: number, body: object | undefined, notes: Notes = {}, reason?: string): void {
  const exchange = exchangeOf(res);
  const { requestId, operation, hints } = exchange;
  const hint = hintText(notes.hint === undefined ? hints : [...hints, notes.hint]);
  const assumptions = assumptionsOf(notes, res.req.method === "HEAD" && operation !== undefined);

  const headers: Record<string, string | number> = { [REQUEST_ID_HEADER]: requestId };
  if (hint !== undefined) headers[HINT_HEADER] = hint;
  if (assumptions.length > 0) headers[ASSUMPTION_HEADER] = assumptions.join(", ");
  const payload = body === undefined ? "" : JSON.stringify(body);
  if (status !== 204) {
    headers["Content-Length"] = Buffer.byteLength(payload);
    if (body !== undefined) headers["Content-Type"] = "application/json; charset=utf-8";
  }
  res.writeHead(status, headers);
  res.end(payload);
  const ms = performance.now() - exchange.startedAt;
  if (!exchange.isOurs) journalAnswer(exchange, res.req, { ms, status, answer: payload, hint, assumptions });
  logAnswer(res, { ms, status, hint, reason });
}

/** Each once. */
function assumptionsOf({ assuming = NONE }: Notes, isHead: boolean): readonly AssumptionId[] {
  if (isHead) return [...new Set([...assuming, "A-head" as const])];
  return assuming.length > 1 ? [...new Set(assuming)] : assuming;
}

/** Sends a file as it is. Browsers are told to take it for nothing else, and to run nothing that is in it. */
export function sendBytes(res: Response, type: string, bytes: Buffer): void {
  res.writeHead(200, {
    [REQUEST_ID_HEADER]: exchangeOf(res).requestId,
    "Content-Type": type,
    "Content-Length": bytes.length,
    "Content-Security-Policy": "sandbox",
    "X-Content-Type-Options": "nosniff",
  });
  res.end(bytes);
  const ms = performance.now() - exchangeOf(res).startedAt;
  logAnswer(res, { ms, status: 200, hint: undefined, reason: undefined });
}

/** Sends a refusal in an envelope of the vendor's, or in the mock's own for a path of its own. */
export function sendFailure(res: Response, envelope: Envelope, failure: Failure): void {
  if (isControlPath(res.req.originalUrl.slice(exchangeOf(res).mountPath.length))) {
    sendControlError(res, failure.status, { code: "refused", message: failure.detail, hint: failure.hint });
  } else {
    if (failure.retryAfter !== undefined) res.setHeader("Retry-After", failure.retryAfter);
    send(res, failure.status, envelop(envelope, failure), failure, failure.detail);
  }
}

export function sendControlError(res: Response, status: number, error: ControlError): void {
  send(res, status, { error }, { hint: error.hint }, error.message);
}

function journalAnswer(
  exchange: Exchange,
  req: Request,
  { ms, status, answer, hint, assumptions }: Pick<JournalEntry, "ms" | "status" | "answer" | "hint" | "assumptions">,
): void {
  const sandbox = sandboxMeant(exchange);
  if (!sandbox) return;
  const { requestId, operation, bodyBytes = 0, files, sandboxName, mountPath } = exchange;
  const prefix = sandboxName === undefined ? mountPath : `${mountPath}/s/${sandboxName}`;
  const entry: JournalEntry = {
    requestId,
    at: sandbox.world.clock.now(),
    ms,
    method: req.method,
    url: req.originalUrl.slice(prefix.length),
    operation,
    headers: req.headers,
    body: files ? { fields: req.body, files: files.map(describeFile) } : req.body,
    bodyBytes,
    status,
    answer,
    hint,
    assumptions,
  };
  sandbox.world.journal.add(entry);
  sandbox.feed.publish("request", () => requestView(entry));
}

function describeFile({ filename, mimeType, bytes }: StoredFile): object {
  return { filename, mime_type: mimeType, bytes: bytes.length };
}

function logAnswer(res: Response, { ms, status, hint, reason }: Pick<RequestEntry, "ms" | "status" | "hint" | "reason">): void {
  const { requestId, operation, sandbox, log } = exchangeOf(res);
  const { method, originalUrl } = res.req;
  const queryStart = originalUrl.indexOf("?");
  log.request({
    requestId,
    method,
    path: printable(queryStart < 0 ? originalUrl : originalUrl.slice(0, queryStart)),
    query: printable(queryStart < 0 ? "" : originalUrl.slice(queryStart)),
    status,
    ms,
    operation,
    sandbox: sandbox?.name,
    reason: reason === undefined ? undefined : printable(reason),
    hint,
  });
}

function isControlPath(url: string): boolean {
  return /^(\/s\/[^/?]+)?\/__mock([/?]|$)/.test(url);
}

function hintText(hints: readonly string[]): string | undefined {
  return hints.length === 0 ? undefined : printable(hints.join(" "));
}

/** Headers and the log take printable ASCII on one line, and not too much of it, whatever a caller's input put into a text. */
function printable(text: string): string {
  const shown = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}...` : text;
  return shown.replace(/[^\x20-\x7e]/g, "?");
}
