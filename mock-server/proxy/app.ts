import type { Express, NextFunction, Request, RequestHandler, Response } from "express";
import { MAX_FILE_BYTES, MAX_FILES } from "../../contracts/limits";
import { version } from "../../package.json";
import { type HttpOptions, isForeignPage, type OriginPolicy, originPolicy } from "../server/access";
import { baseApp, readWholeBody } from "../server/base-app";
import { exchangeOf } from "../server/exchange";
import { Failure } from "../server/failure";
import type { Logger } from "../server/logger";
import { CONTROL_PREFIX } from "../server/paths";
import { printable } from "../server/printable-text";
import { EXPOSED_HEADERS, HINT_HEADER, REQUEST_ID_HEADER, send, sendFailure } from "../server/send";
import { API_VERSIONS } from "../versions";
import { noteText, violationText } from "./check";
import type { PassedOn, Relay } from "./relay";

/** How an exchange breaks the contract. */
const VIOLATION_HEADER = "X-Linq-Mock-Violation";
/** Who has answered: the mock or the target. */
const ANSWERED_BY_HEADER = "X-Linq-Mock-Answered-By";
/** The largest message that the API takes, and room for what is around its files. */
const MAX_BODY_BYTES = (MAX_FILES + 1) * MAX_FILE_BYTES;
/** What pages may read beside what is always shown to them: what we add, and what a client of the API needs. */
const EXPOSED = [...EXPOSED_HEADERS, VIOLATION_HEADER, ANSWERED_BY_HEADER, "Date"];

/** The HTTP edge of the proxy: everything that a request passes, from top to bottom. */
export function createProxyApp(relay: Relay, log: Logger, options: HttpOptions): Express {
  const app = baseApp({ versions: API_VERSIONS, log, options, exposedHeaders: EXPOSED });
  app.use(refuseForeignPages(originPolicy(options.origins)));
  app.get(`${CONTROL_PREFIX}/health`, (_req, res) => {
    const { baseUrl: target, tally } = relay;
    send(res, 200, { status: "ok", version, target, violations: tally.violations });
  });
  app.use(passOn(relay));
  app.use(answerDefect);
  return app;
}

/** Four parameters make it a handler of errors. */
function answerDefect(error: unknown, _req: Request, res: Response, next: NextFunction): void {
  exchangeOf(res).log.error("the proxy failed to answer", error);
  if (res.headersSent) return next(error);
  sendFailure(res, new Failure(500, "The proxy failed to answer; its log says why"));
}

const HINT = "Start linq-mock with --cors <origin> if the page is yours.";

/** Behind the proxy is a real account, so that pages of other sites may not even ask. */
function refuseForeignPages(allows: OriginPolicy): RequestHandler {
  return (req: Request, res: Response, next: NextFunction) => {
    if (!isForeignPage(req, allows)) return next();
    sendFailure(res, new Failure(403, "The proxy does not answer pages of other sites", { hint: HINT }));
  };
}

/** Gives a request to the relay, and its outcome to whoever asked, if they are still there. */
function passOn(relay: Relay): RequestHandler {
  return async (req: Request, res: Response) => {
    const exchange = exchangeOf(res);
    if (req.method === "OPTIONS") return send(res, 204, undefined);
    const gone = new AbortController();
    res.once("close", () => {
      if (!res.writableEnded) gone.abort();
    });
    const body = await readWholeBody(req, MAX_BODY_BYTES).catch(() => null);
    if (body === null) return; // it was cut off, and nobody is there
    if (!body) {
      const detail = `The request body is over the limit of ${MAX_BODY_BYTES} bytes`;
      return sendFailure(res, new Failure(413, detail));
    }
    const { method, originalUrl: url, headers } = req;
    const outcome = await relay.pass({ method, url, headers, body, requestId: exchange.requestId, gone: gone.signal });
    const { operation } = outcome.request ?? {};
    if (operation) exchange.operation = operation;
    if (outcome.kind === "passed-on") return sendPassed(res, outcome);
    sendFailure(res, outcome.failure);
  };
}

/** What is between a server and browsers, and is said here anew; and what only we may say. */
const OURS = /^(access-control-.*|vary|x-linq-mock-(violation|answered-by|hint))$/;

/** Passes somebody's answer on as it came, with what there is to say about it in headers, and logs it. */
function sendPassed(res: Response, { by, answer, findings, hint }: PassedOn): void {
  const { requestId, operation, log, startedAt, hints } = exchangeOf(res);
  const violation = violationText(findings);
  const said = [...hints, answer.headers["x-linq-mock-hint"], hint, noteText(findings)].filter((text) => text !== undefined);
  const shownHint = said.length === 0 ? undefined : said.map((text) => printable(String(text))).join(" ");
  const headers: Record<string, string | string[] | number> = { [REQUEST_ID_HEADER]: requestId };
  for (const [name, value] of Object.entries(answer.headers)) if (!OURS.test(name)) headers[name] = value;
  if (answer.headers["vary"] !== undefined) res.vary(String(answer.headers["vary"]));
  headers[ANSWERED_BY_HEADER] = by;
  if (violation !== undefined) headers[VIOLATION_HEADER] = violation;
  if (shownHint !== undefined) headers[HINT_HEADER] = shownHint;
  if (hasBody(res, answer.status)) headers["Content-Length"] = answer.body.length;
  res.writeHead(answer.status, headers);
  res.end(answer.body);
  const { method, originalUrl: url } = res.req;
  const theirId = answer.headers[REQUEST_ID_HEADER.toLowerCase()];
  log.request({
    requestId: theirId === undefined ? requestId : printable(`${requestId}/${theirId}`),
    method,
    url,
    status: answer.status,
    ms: performance.now() - startedAt,
    operation,
    sandbox: undefined,
    reason: undefined,
    violation,
    hint: shownHint,
  });
}

function hasBody({ req }: Response, status: number): boolean {
  return req.method !== "HEAD" && status !== 204 && status !== 304;
}
