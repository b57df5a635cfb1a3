import type { Request } from "express";
import { present } from "../../fixtures/write/to-document";
import { requestView } from "../control/request-view";
import type { StoredFile } from "../world/attachments";
import type { JournalEntry } from "../world/journal";
import { type Exchange, sandboxMeant } from "./exchange";

/** What there is to record of an answer, beside the exchange. */
export interface Answered extends Pick<JournalEntry, "ms" | "status" | "answer" | "hint" | "assumptions" | "fault" | "isLost"> {
  /** Why the request was refused. */
  readonly reason: string | undefined;
  /** How many seconds a refusal asked to wait. */
  readonly retryAfter?: number | undefined;
}

/** Puts an answer into the log and, if it is one to the vendor's API, into the journal of the sandbox that was meant. */
export function recordAnswer(exchange: Exchange, req: Request, answered: Answered): void {
  if (!exchange.isUnjournalled) journalAnswer(exchange, req, answered);
  const { requestId, operation, sandbox, log } = exchange;
  const { ms, status, hint, fault, isLost } = answered;
  const reason = isLost ? "not all of the answer has left: a fault has cut it off, or its caller gave up" : answered.reason;
  const { method, originalUrl: url } = req;
  log.request({ requestId, method, url, status, ms, operation, sandbox: sandbox?.name, reason, hint, fault });
}

function journalAnswer(exchange: Exchange, req: Request, answered: Answered): void {
  const { ms, status, answer, hint, assumptions, retryAfter, fault, isLost } = answered;
  const sandbox = sandboxMeant(exchange);
  if (!sandbox) return;
  const { requestId, startedAt, operation, bodyBytes = 0, files, sandboxName, mountPath } = exchange;
  const prefix = sandboxName === undefined ? mountPath : `${mountPath}/s/${sandboxName}`;
  const always: JournalEntry = {
    requestId,
    at: sandbox.world.clock.now(),
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
  const entry = isUsual ? always : { ...always, ...present({ retryAfter, fault, isLost }) };
  sandbox.world.journal.add(entry);
  sandbox.feed.publish("request", () => requestView(entry));
}

function describeFile({ filename, mimeType, bytes }: StoredFile): object {
  return { filename, mime_type: mimeType, bytes: bytes.length };
}
