import type { Express, Request, Response } from "express";
import { addressOf, contracts } from "../../contracts/contract-version";
import { version } from "../../package.json";
import type { HttpOptions } from "../server/access";
import { baseApp, readWholeBody } from "../server/base-app";
import { exchangeOf } from "../server/exchange";
import { Failure, failure } from "../server/failure";
import type { Logger } from "../server/logger";
import { CONTROL_PREFIX } from "../server/paths";
import { recordAnswer } from "../server/record-answer";
import { send, sendFailure } from "../server/send";
import { handleError } from "../server/unknown-route";
import { API_VERSIONS } from "../versions";
import type { AnswerTable, FoundAnswer } from "./answers";
import { bodyKeyOf, callOf, type RecordedCall } from "./read-recording";

const LONGEST_REASON = 200;
const MAX_BODY_BYTES = 64 * 1024 * 1024;
/** Where ours is not sent, no page may read the answer. */
const ALLOWED_ORIGIN = "access-control-allow-origin";

/** The edge of a replay: the same as the mock's, with a recording behind it. */
export function createReplayApp(table: AnswerTable, log: Logger, options: HttpOptions): Express {
  const startedAt = performance.now();
  const app = baseApp({ versions: API_VERSIONS, log, options });
  app.get(`${CONTROL_PREFIX}/health`, (_req, res) => {
    const recording = { calls: table.answers.length, asked: table.given };
    send(res, 200, { status: "ok", version, uptime_ms: Math.round(performance.now() - startedAt), recording });
  });
  app.use((req: Request, res: Response) => replay(req, res, table));
  app.use(handleError);
  return app;
}

async function replay(req: Request, res: Response, table: AnswerTable): Promise<void> {
  const body = await readWholeBody(req, MAX_BODY_BYTES);
  if (body === undefined)
    return sendFailure(res, failure(413, `The request body is over the limit of ${MAX_BODY_BYTES} bytes`));
  const { method, originalUrl, headers } = req;
  const address = addressOf(originalUrl);
  const bodyKey = bodyKeyOf(headers["content-type"] ?? "", body.toString("utf8"));
  const request = address && callOf(method, address, headers, bodyKey);
  const found = request && table.find(request);
  if (found) {
    const { noAnswer } = found.recorded;
    return noAnswer === undefined ? sendRecorded(res, found) : sendNoAnswer(res, request, noAnswer);
  }
  const shown = `${method} ${originalUrl.split("?")[0]}`;
  table.noteUnrecorded(shown);
  const hint = request
    ? table.nearest(request)
    : `Only the API is replayed: its paths start with ${contracts.map(({ prefix }) => prefix).join(" or ")}.`;
  sendFailure(res, failure(404, `There is no recording of ${shown}`, { hint }));
}

/** Says that nothing had come when it was recorded, so that the answers to the same request keep their order. */
function sendNoAnswer(res: Response, { contract, method, path }: RecordedCall, reason: string): void {
  const why = reason === "" ? "" : `: ${reason.slice(0, LONGEST_REASON)}`;
  const hint = `When this was recorded, no answer had come${why}.`;
  sendFailure(res, new Failure(502, "There was no answer in the recording", { hint }), contract.operationAt(method, path));
}

/** Sends an answer as it was recorded. Which pages may read it is decided here, not by the recording. */
function sendRecorded(res: Response, { recorded: { status, headers }, body }: FoundAnswer): void {
  res.sendDate = false;
  for (const [name, values] of headers) {
    if (name.toLowerCase() === ALLOWED_ORIGIN || res.hasHeader(name)) continue;
    res.setHeader(name, values.length === 1 ? (values[0] ?? "") : values);
  }
  const hasBody = status !== 204 && status !== 304;
  if (hasBody) res.setHeader("Content-Length", body.length);
  res.writeHead(status);
  res.end(hasBody ? body : undefined);
  recordAnswer(exchangeOf(res), res.req, { status });
}
