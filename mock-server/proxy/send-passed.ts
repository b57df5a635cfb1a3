import type { Response } from "express";
import { exchangeOf } from "../server/exchange";
import { printable } from "../server/logger";
import { HINT_HEADER, REQUEST_ID_HEADER } from "../server/send";
import { noteText } from "./checking/note-text";
import { violationText } from "./checking/violation-text";
import type { PassedOn } from "./outcome";

/** How an exchange breaks the contract. */
export const VIOLATION_HEADER = "X-Linq-Mock-Violation";

/** Who has answered: the mock or the target. */
export const ANSWERED_BY_HEADER = "X-Linq-Mock-Answered-By";

/** What is between a server and browsers, and is said here anew; and what only we may say. */
const OURS = /^(access-control-.*|vary|x-linq-mock-(violation|answered-by|hint))$/;

/** Passes somebody's answer on as it came, with what there is to say about it in headers, and logs it. */
export function sendPassed(res: Response, { by, answer, findings, hint }: PassedOn): void {
  const { requestId, operation, log, startedAt, hints } = exchangeOf(res);
  const violation = violationText(findings);
  const said = [...hints, answer.headers["x-linq-mock-hint"], hint, noteText(findings)].filter((text) => text !== undefined);
  const shownHint = said.length === 0 ? undefined : printable(said.join(" "));
  res.setHeader(REQUEST_ID_HEADER, requestId);
  for (const [name, value] of Object.entries(answer.headers)) if (!OURS.test(name)) res.setHeader(name, value);
  if (answer.headers["vary"] !== undefined) res.vary(String(answer.headers["vary"]));
  res.setHeader(ANSWERED_BY_HEADER, by);
  if (violation !== undefined) res.setHeader(VIOLATION_HEADER, violation);
  if (shownHint !== undefined) res.setHeader(HINT_HEADER, shownHint);
  if (hasBody(res, answer.status)) res.setHeader("Content-Length", answer.body.length);
  res.writeHead(answer.status);
  res.end(answer.body);
  const { method, originalUrl: url } = res.req;
  const ms = performance.now() - startedAt;
  const theirId = answer.headers[REQUEST_ID_HEADER.toLowerCase()];
  const shownId = theirId === undefined ? requestId : printable(`${requestId}/${theirId}`);
  const entry = {
    requestId: shownId,
    method,
    url,
    status: answer.status,
    ms,
    operation,
    sandbox: undefined,
    reason: undefined,
  };
  log.request({ ...entry, violation, hint: shownHint });
}

function hasBody({ req }: Response, status: number): boolean {
  return req.method !== "HEAD" && status !== 204 && status !== 304;
}
