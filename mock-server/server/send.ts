import { pipeline, Readable } from "node:stream";
import type { Request, Response } from "express";
import type { ControlError } from "../control/control-call";
import { requestView } from "../control/requests";
import type { AnswerEffect, OutgoingAnswer } from "../faults/answer-faults";
import type { StoredFile } from "../world/attachments";
import { type JournalEntry, memoryOf } from "../world/journal";
import type { Sandbox } from "../world/sandbox";
import { DEFAULT_SANDBOX } from "../world/sandboxes";
import type { Notes } from "./api-version";
import { type Exchange, exchangeOf } from "./exchange";
import type { Failure } from "./failure";
import { SILENT } from "./logger";
import { printable } from "./text";
import { transmit } from "./transmit";

export const HINT_HEADER = "X-Linq-Mock-Hint";
const ASSUMPTION_HEADER = "X-Linq-Mock-Assumption";
/** Names the faults that an answer was touched by. */
const FAULT_HEADER = "X-Linq-Mock-Fault";
export const REQUEST_ID_HEADER = "X-Request-Id";
/** Says which answer was forced (RFC 7240). */
export const PREFERENCE_APPLIED_HEADER = "Preference-Applied";
const NONE: readonly string[] = [];

/** The headers that browsers must be told to show to scripts: the mock's own, and how long to wait. */
export const EXPOSED_HEADERS = [
  HINT_HEADER,
  ASSUMPTION_HEADER,
  FAULT_HEADER,
  REQUEST_ID_HEADER,
  PREFERENCE_APPLIED_HEADER,
  "Retry-After",
];

/** What there is to say about an answer beside what its version notes. */
interface AnswerDetails {
  readonly hint?: string | undefined;
  /** What it rests on, where that is known already. */
  readonly assumptions?: readonly string[];
  /** Why it is as it is, in a version's table. */
  readonly reason?: string;
  readonly failure?: Failure;
  /** Why it was refused, for the log. */
  readonly refusal?: string;
}

/** Sends an answer with what the mock notes beside it, and logs it. The only place where an answer leaves. */
export function send(res: Response, status: number, body: object | undefined, details: AnswerDetails = {}): void {
  const exchange = exchangeOf(res);
  const { hints, assumptions } = notesOf(exchange, res.req.method, details);
  const hint = hints.length === 0 ? undefined : hints.map(printable).join(" ");

  const headers: Record<string, string | number> = { [REQUEST_ID_HEADER]: exchange.requestId };
  if (hint !== undefined) headers[HINT_HEADER] = hint;
  if (assumptions.length > 0) headers[ASSUMPTION_HEADER] = assumptions.join(", ");
  const payload = body === undefined ? "" : JSON.stringify(body);
  if (body !== undefined) headers["Content-Type"] = "application/json; charset=utf-8";
  const reason = details.failure?.detail ?? details.refusal;
  const { faultEffect } = exchange;
  if (faultEffect) return sendFaulted(res, { status, headers, payload }, faultEffect, { hint, assumptions, reason });

  if (status !== 204) headers["Content-Length"] = Buffer.byteLength(payload);
  res.writeHead(status, headers);
  res.end(payload);
  const ms = performance.now() - exchange.startedAt;
  const retryAfter = status < 400 ? undefined : retryAfterOf(res);
  recordAnswer(exchange, res.req, { ms, status, answer: payload, hint, assumptions, reason, retryAfter });
}

function notesOf(
  { version, operation, asked, hints }: Exchange,
  method: string,
  { hint, assumptions, failure, reason }: AnswerDetails,
): Notes {
  if (hint !== undefined) hints.push(hint);
  if (assumptions) return { hints, assumptions };
  if (operation === undefined && !failure && reason === undefined) return { hints, assumptions: NONE };
  const noted = version.note({ operation, method, asked, failure, reason });
  hints.push(...noted.hints);
  return { hints, assumptions: noted.assumptions };
}

/** What the `Retry-After` of a refusal says, unless it is a date. */
function retryAfterOf(res: Response): number | undefined {
  const header = res.getHeader("Retry-After");
  const seconds = header === undefined ? Number.NaN : Number(header);
  return Number.isNaN(seconds) ? undefined : seconds;
}

/** Sends an answer as the faults that are armed leave it. */
function sendFaulted(
  res: Response,
  whole: Pick<OutgoingAnswer, "status" | "headers" | "payload">,
  effect: AnswerEffect,
  notes: Pick<Answered, "hint" | "assumptions" | "reason">,
): void {
  const exchange = exchangeOf(res);
  const { faults: fault } = effect;
  const headers = { ...whole.headers, [FAULT_HEADER]: fault };
  const answer = effect.change({ ...whole, headers, delayMs: 0, dripMs: 0, breaksOff: "never" });
  const { status, payload } = answer;
  transmit(res, answer, (isWhole) => {
    const ms = performance.now() - exchange.startedAt;
    const hasLeft = isWhole || answer.breaksOff === "after-headers";
    const retryAfter = hasLeft && status >= 400 ? retryAfterOf(res) : undefined;
    recordAnswer(exchange, res.req, { ms, status, answer: payload, ...notes, retryAfter, fault, isLost: !isWhole });
  });
}

/** What is sent at once, and up to where an answer says how long it is. */
const PIECE_LENGTH = 256 * 1024;

/** Sends JSON that comes in pieces, as fast as its reader takes it. */
export function sendPieces(res: Response, json: Iterable<string>): void {
  const exchange = exchangeOf(res);
  const batches = batchesOf(json);
  const { value: first = "" } = batches.next();
  const { value: second, done = false } = batches.next();
  res.writeHead(200, {
    [REQUEST_ID_HEADER]: exchange.requestId,
    "Content-Type": "application/json; charset=utf-8",
    ...(done && { "Content-Length": Buffer.byteLength(first) }),
  });
  const record = (): void => {
    const ms = performance.now() - exchange.startedAt;
    const nothing = { hint: undefined, reason: undefined, retryAfter: undefined, assumptions: NONE };
    recordAnswer(exchange, res.req, { ms, status: 200, answer: "", ...nothing, isLost: !res.writableEnded });
  };
  if (done) {
    res.end(first);
    return record();
  }
  const rest = function* (): Generator<string> {
    yield first;
    yield second ?? "";
    yield* batches;
  };
  pipeline(Readable.from(rest()), res, record);
}

function* batchesOf(pieces: Iterable<string>): Generator<string, undefined> {
  let batch: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    batch.push(piece);
    length += piece.length;
    if (length < PIECE_LENGTH) continue;
    yield batch.join("");
    batch = [];
    length = 0;
  }
  if (batch.length > 0) yield batch.join("");
  return undefined;
}

/** Sends a file as it is. Browsers are told to take it for nothing else, and to run nothing that is in it. */
export function sendBytes(res: Response, type: string, bytes: Buffer): void {
  const exchange = exchangeOf(res);
  res.writeHead(200, {
    [REQUEST_ID_HEADER]: exchange.requestId,
    "Content-Type": type,
    "Content-Length": bytes.length,
    "Content-Security-Policy": "sandbox",
    "X-Content-Type-Options": "nosniff",
  });
  res.end(bytes);
  const ms = performance.now() - exchange.startedAt;
  recordAnswer(exchange, res.req, {
    ms,
    status: 200,
    answer: "",
    hint: undefined,
    assumptions: NONE,
    reason: undefined,
    retryAfter: undefined,
  });
}

/** Sends a refusal in an envelope of the version's, or in the mock's own for a path of its own. */
export function sendFailure(res: Response, failure: Failure, operation?: string): void {
  const exchange = exchangeOf(res);
  if (isControlPath(res.req.originalUrl.slice(exchange.mountPath.length))) {
    return sendControlError(res, failure.status, { code: "refused", message: failure.detail, hint: failure.hint });
  }
  if (failure.retryAfter !== undefined) res.setHeader("Retry-After", failure.retryAfter);
  send(res, failure.status, exchange.version.envelope(failure, operation ?? exchange.operation), { failure });
}

export function sendControlError(res: Response, status: number, error: ControlError): void {
  send(res, status, { error }, { hint: error.hint, refusal: error.message });
}

function isControlPath(url: string): boolean {
  return /^(\/s\/[^/?]+)?\/__mock([/?]|$)/.test(url);
}

/** What there is to record of an answer, beside the exchange. */
interface Answered extends Pick<JournalEntry, "ms" | "status" | "answer" | "hint" | "assumptions" | "fault" | "isLost"> {
  /** Why the request was refused. */
  readonly reason: string | undefined;
  /** How many seconds a refusal asked to wait. */
  readonly retryAfter?: number | undefined;
}

/** Puts an answer into the log and, if it is one to the vendor's API, into the journal of the sandbox that was meant. */
export function recordAnswer(exchange: Exchange, req: Request, answered: Answered): void {
  const { requestId, operation, sandboxName = DEFAULT_SANDBOX, sandboxes, log } = exchange;
  const meant = exchange.isOfApi ? (exchange.sandbox ?? sandboxes?.get(sandboxName)) : undefined;
  if (meant) journalAnswer(exchange, meant, req, answered);
  if (log === SILENT) return;
  const { ms, status, hint, fault, isLost } = answered;
  const reason = isLost ? "not all of the answer has left: a fault has cut it off, or its caller gave up" : answered.reason;
  const { method, originalUrl: url } = req;
  log.request({ requestId, method, url, status, ms, operation, sandbox: exchange.sandbox?.name, reason, hint, fault });
}

function journalAnswer(exchange: Exchange, { world, feed }: Sandbox, req: Request, answered: Answered): void {
  const { ms, status, answer, hint, assumptions, retryAfter, fault, isLost } = answered;
  const { requestId, startedAt, operation, bodyBytes = 0, files, sandboxName, mountPath } = exchange;
  const prefix = sandboxName === undefined ? mountPath : `${mountPath}/s/${sandboxName}`;
  const always: JournalEntry = {
    requestId,
    at: world.clock.now(),
    startedAt,
    ms,
    connection: req.socket.remotePort,
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
  const isUsual = retryAfter === undefined && fault === undefined;
  const entry = isUsual
    ? always
    : {
        ...always,
        ...(retryAfter !== undefined && { retryAfter }),
        ...(fault !== undefined && { fault }),
        ...(isLost && { isLost }),
      };
  world.journal.add(entry);
  feed.publish("request", () => requestView(entry), memoryOf(entry));
}

function describeFile({ filename, mimeType, bytes }: StoredFile): object {
  return { filename, mime_type: mimeType, bytes: bytes.length };
}
