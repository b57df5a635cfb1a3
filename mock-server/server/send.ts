import { finished, pipeline, Readable } from "node:stream";
import type { Request, Response } from "express";
import { realTime } from "../../contracts/client/pace";
import type { ControlError } from "../control/control-call";
import type { AnswerEffect, OutgoingAnswer } from "../faults/answer-faults";
import type { StoredFile } from "../world/attachments";
import { DEFAULT_SANDBOX } from "../world/sandboxes";
import type { Notes } from "./api-version";
import { type Exchange, exchangeOf, sandboxMeant, sandboxUrl } from "./exchange";
import type { Failure } from "./failure";
import { FILE_NOT_READ, GARBLED } from "./http-hints";
import { withoutQuery } from "./logger";
import { requestPage } from "./page-address";
import { hintIn, sandboxPath } from "./paths";
import { printable } from "./printable-text";
import { type AnswerRecord, NO_ASSUMPTIONS, recordAnswer } from "./record-answer";
import { sendFaulty } from "./send-faulty";

export const HINT_HEADER = "X-Linq-Mock-Hint";
const ASSUMPTION_HEADER = "X-Linq-Mock-Assumption";
/** Names the faults that an answer was touched by. */
const FAULT_HEADER = "X-Linq-Mock-Fault";
export const REQUEST_ID_HEADER = "X-Request-Id";
/** Says where the inbox shows the request, when an answer has a hint or was touched by a fault. */
const PAGE_HEADER = "X-Linq-Mock-Page";
/** Says which answer was forced (RFC 7240). */
export const PREFERENCE_APPLIED_HEADER = "Preference-Applied";

/** The headers that browsers must be told to show to scripts: the mock's own, and how long to wait. */
export const EXPOSED_HEADERS = [
  HINT_HEADER,
  ASSUMPTION_HEADER,
  FAULT_HEADER,
  PAGE_HEADER,
  REQUEST_ID_HEADER,
  PREFERENCE_APPLIED_HEADER,
  "Retry-After",
  "X-Trace-ID",
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
  const { hints, assumptions } = notesOf(exchange, res.req, details);
  const hint = hints.length === 0 ? undefined : hints.map((one) => printable(hintIn(basePath(exchange), one))).join(" ");

  const headers: Record<string, string | number> = { [REQUEST_ID_HEADER]: exchange.requestId };
  const { version, traceSource, operation } = exchange;
  if (version.headers) Object.assign(headers, version.headers(traceSource, { operation, status }));
  if (hint !== undefined) headers[HINT_HEADER] = hint;
  if (assumptions.length > 0) headers[ASSUMPTION_HEADER] = assumptions.join(", ");
  const { faultEffect } = exchange;
  const page = hint === undefined && !faultEffect ? undefined : pageOf(res, exchange);
  if (page !== undefined) headers[PAGE_HEADER] = page;
  const payload = body === undefined ? "" : JSON.stringify(body);
  if (body !== undefined) headers["Content-Type"] ??= "application/json; charset=utf-8";
  const reason = details.failure?.detail ?? details.refusal;
  if (faultEffect) return sendFaulted(res, { status, headers, payload }, faultEffect, { hint, page, assumptions, reason });

  const length = Buffer.byteLength(payload);
  if (status !== 204) headers["Content-Length"] = length;
  res.writeHead(status, headers);
  const encoding = length === payload.length ? "latin1" : "utf8"; // ASCII is the same in both, and written faster in one
  endOnceRead(res, payload, encoding);
  const retryAfter = status < 400 ? undefined : retryAfterOf(res);
  recordAnswer(exchange, res.req, { status, answer: payload, hint, page, assumptions, reason, retryAfter });
}

/** Where the sandbox is served that an exchange is of. */
function basePath({ sandbox, sandboxName = DEFAULT_SANDBOX, mountPath }: Exchange): string {
  return `${mountPath}${sandboxPath(sandbox?.name ?? sandboxName)}`;
}

function pageOf(res: Response, exchange: Exchange): string | undefined {
  const sandbox = sandboxMeant(exchange);
  return sandbox && printable(requestPage(sandboxUrl(res, sandbox), exchange.requestId));
}

/** How long somebody may go on sending after the answer, in real milliseconds. */
const DRAIN_MS = 2000;

/**
 * Ends an answer. Where the connection is closed with it, what its caller still sends is read first: closing over that would reset the
 * connection, and the answer be lost.
 */
function endOnceRead(res: Response, payload: string, encoding: BufferEncoding): void {
  const { req } = res;
  const { "content-length": length = "0", "transfer-encoding": transfer } = req.headers;
  const isRead = req.complete || (length === "0" && transfer === undefined);
  if (isRead || res.shouldKeepAlive) return void res.end(payload, encoding);
  res.write(payload, encoding);
  finished(req, { signal: realTime.deadline(DRAIN_MS) }, () => res.end());
  req.resume();
}

function notesOf(
  { version, operation, asked, hints }: Exchange,
  { method, path }: Request,
  { hint, assumptions, failure, reason }: AnswerDetails,
): Notes {
  if (hint !== undefined) hints.push(hint);
  if (assumptions) return { hints, assumptions };
  if (operation === undefined && !failure && reason === undefined) return { hints, assumptions: NO_ASSUMPTIONS };
  const isGarbled = hints.some((said) => said.endsWith(GARBLED));
  const isFileUnread = hints.some((said) => said.includes(FILE_NOT_READ));
  const noted = version.note({ operation, method, path, asked, failure, reason, isGarbled, isFileUnread });
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
  notes: Pick<AnswerRecord, "hint" | "page" | "assumptions" | "reason">,
): void {
  const exchange = exchangeOf(res);
  const { faults: fault } = effect;
  const headers = { ...whole.headers, [FAULT_HEADER]: fault };
  const answer = effect.change({ ...whole, headers, delayMs: 0, dripMs: 0, breaksOff: "never" });
  const { status, payload } = answer;
  sayHeldBack(exchange, res.req, answer.delayMs + answer.dripMs);
  sendFaulty(res, answer, (isWhole) => {
    const hasLeft = isWhole || answer.breaksOff === "after-headers";
    const retryAfter = hasLeft && status >= 400 ? retryAfterOf(res) : undefined;
    recordAnswer(exchange, res.req, { status, answer: payload, ...notes, retryAfter, fault, isLost: !isWhole });
  });
}

/** Where the clock stands still, nobody would learn why a call has no answer. */
function sayHeldBack(exchange: Exchange, { method, originalUrl }: Request, ms: number): void {
  if (ms === 0 || exchange.sandbox?.world.clock.setting.mode !== "frozen") return;
  const ways = hintIn(
    basePath(exchange),
    `PUT /__mock/clock {"advance_ms": ${ms}} lets it go, and so does DELETE /__mock/faults`,
  );
  const which = `${method} ${withoutQuery(originalUrl)} ${exchange.requestId}`;
  exchange.log.warn(`${which} is held back by a fault, and the clock stands still: ${ways}`);
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
  const record = (): void => recordAnswer(exchange, res.req, { status: 200, isLost: !res.writableEnded });
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

/** What a browser shows, and runs nothing of; all else it saves. */
const SHOWN = /^(image\/(?!svg)|video\/|audio\/|text\/plain\b)/i;

/** Sends a file as it is. Browsers are told to take it for nothing else, and to run nothing that is in it. */
export function sendFile(res: Response, { filename, mimeType, bytes }: StoredFile): void {
  const exchange = exchangeOf(res);
  const disposition = SHOWN.test(mimeType) ? "inline" : "attachment";
  const name = encodeURIComponent(filename.replace(/\p{Cs}/gu, "_")).replace(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16)}`,
  );
  res.writeHead(200, {
    [REQUEST_ID_HEADER]: exchange.requestId,
    "Content-Type": isHeaderText(mimeType) ? mimeType : "application/octet-stream",
    "Content-Length": bytes.length,
    "Content-Disposition": `${disposition}; filename*=UTF-8''${name}`,
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
  });
  res.end(bytes);
  recordAnswer(exchange, res.req, { status: 200 });
}

function isHeaderText(text: string): boolean {
  return /^[\x20-\x7e]+$/.test(text);
}

/** Sends a refusal in an envelope of the version's, or in the mock's own for a path of its own. */
export function sendFailure(res: Response, failure: Failure, operation?: string): void {
  const exchange = exchangeOf(res);
  if (isControlPath(res.req.originalUrl.slice(exchange.mountPath.length))) {
    return sendControlError(res, failure.status, { code: "refused", message: failure.detail, hint: failure.hint });
  }
  if (failure.retryAfter !== undefined) res.setHeader("Retry-After", failure.retryAfter);
  send(res, failure.status, exchange.version.envelope(failure, operation ?? exchange.operation, exchange.traceSource), {
    failure,
  });
}

export function sendControlError(res: Response, status: number, error: ControlError): void {
  const hint = error.hint && hintIn(basePath(exchangeOf(res)), error.hint);
  send(res, status, { error: { ...error, ...(hint !== undefined && { hint }) } }, { hint, refusal: error.message });
}

function isControlPath(url: string): boolean {
  return /^(\/s\/[^/?]+)?\/__mock([/?]|$)/.test(url);
}
