import type { Request } from "express";
import { requestView } from "../control/requests";
import type { StoredFile } from "../world/attachments";
import { causeOf } from "../world/event-cause";
import { ABOUT_NOTHING } from "../world/events";
import type { FormFile, JournalEntry } from "../world/journal";
import type { Sandbox } from "../world/sandbox";
import { type Exchange, sandboxMeant } from "./exchange";
import { SILENT } from "./logger";
import { CONTROL_PREFIX } from "./paths";

export const NO_ASSUMPTIONS: readonly string[] = [];

/** What there is to record of an answer, beside the exchange. */
export interface AnswerRecord {
  readonly status: number;
  /** The body; empty when it is none that is kept. */
  readonly answer?: string;
  readonly hint?: string | undefined;
  /** Where the inbox shows the request, when there is more to say of it than the answer does. */
  readonly page?: string | undefined;
  readonly assumptions?: readonly string[];
  /** Why the request was refused. */
  readonly reason?: string | undefined;
  /** How many seconds a refusal asked to wait. */
  readonly retryAfter?: number | undefined;
  readonly fault?: string;
  readonly isLost?: boolean;
}

/** Puts an answer that has just left into the log and, if it is one to the vendor's API, into the journal of the sandbox that was meant. */
export function recordAnswer(exchange: Exchange, req: Request, record: AnswerRecord): void {
  const { requestId, operation, startedAt, log } = exchange;
  const ms = performance.now() - startedAt;
  const meant = sandboxMeant(exchange);
  if (meant) journalAnswer(exchange, meant, req, record, ms);
  if (log === SILENT) return;
  const { status, hint, fault, page, isLost } = record;
  const reason = isLost ? "not all of the answer has left: a fault has cut it off, or its caller gave up" : record.reason;
  const { method, originalUrl: url } = req;
  const known = { requestId, method, url, status, ms, operation, sandbox: exchange.sandbox?.name, reason, hint, fault, page };
  log.request(isReadByPage(req) ? { ...known, isQuiet: true } : known);
}

/** The inbox reads all the time, which tells nobody anything. */
function isReadByPage({ method, originalUrl, headers }: Request): boolean {
  return method === "GET" && originalUrl.includes(CONTROL_PREFIX) && PAGE.test(`${originalUrl} ${headers.referer}`);
}

const PAGE = new RegExp(`${CONTROL_PREFIX}/ui/`);

function journalAnswer(exchange: Exchange, { world, feed }: Sandbox, req: Request, record: AnswerRecord, ms: number): void {
  const { status, answer = "", hint, assumptions = NO_ASSUMPTIONS, retryAfter, fault, isLost } = record;
  const { requestId, startedAt, version, operation, bodyBytes = 0, files, sandboxName, mountPath } = exchange;
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
    headers: world.journal.kept(req.headers),
    body: req.body,
    files: files?.map(describeFile),
    bodyBytes,
    status,
    answer: world.journal.keptAnswer(answer),
    hint,
    assumptions,
    cause: exchange.cause,
  };
  const isUsual = retryAfter === undefined && fault === undefined; // nearly all are, and are not copied for what few have
  const entry = isUsual
    ? always
    : {
        ...always,
        ...(retryAfter !== undefined && { retryAfter }),
        ...(fault !== undefined && { fault }),
        ...(isLost && { isLost }),
      };
  const bytes = world.journal.add(entry);
  feed.publish(() => {
    const { at, cause = causeOf(requestId, version.name) } = entry;
    return { ...ABOUT_NOTHING, type: "request", at, cause, describe: () => requestView(entry, version, world) };
  }, bytes);
}

function describeFile({ filename, mimeType, bytes }: StoredFile): FormFile {
  return { filename, mime_type: mimeType, bytes: bytes.length };
}
