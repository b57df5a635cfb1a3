import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { type HttpOptions, hostPolicy, isPreflight, originPolicy, pagePolicy } from "./access";
import type { ApiVersions } from "./api-version";
import { hasBody } from "./body";
import { type Exchange, exchangeOpener, readAddress } from "./exchange";
import type { Logger } from "./logger";
import { EXPOSED_HEADERS, send, sendFailure } from "./send";

/** Answers a request, unless there is no such path. */
export type ApiHandler = (exchange: Exchange, req: Request, res: Response, next: NextFunction) => void;

export interface BaseAppOptions {
  readonly versions: ApiVersions;
  readonly log: Logger;
  readonly options: HttpOptions;
  /** The sandboxes of the mock; a proxy and a replay have none. */
  readonly sandboxes?: Exchange["sandboxes"];
  /** Answers what is below the prefix of a version. */
  readonly answerApi?: ApiHandler;
  /** The headers that scripts of pages may read. Default: the mock's own. */
  readonly exposedHeaders?: readonly string[];
}

/** What a request passes first in each of our servers: the mock, a proxy, a replay. */
export function baseApp({
  versions,
  log,
  options,
  sandboxes,
  answerApi,
  exposedHeaders = EXPOSED_HEADERS,
}: BaseAppOptions): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.enable("case sensitive routing");
  const open = exchangeOpener(versions, log, sandboxes);
  const refusalOfHost = hostPolicy(options);
  const admitPage = pagePolicy(originPolicy(options.origins), exposedHeaders);
  app.use((req, res, next) => {
    const exchange = open(req, res);
    const refusal = refusalOfHost(req);
    if (refusal) return sendFailure(res, refusal);
    const { origin } = req.headers;
    if (origin !== undefined) {
      const hint = admitPage(req, res, origin);
      if (hint !== undefined) exchange.hints.push(hint);
      if (isPreflight(req)) return send(res, 204, undefined);
    }
    readAddress(req, exchange);
    if (answerApi && exchange.isOfApi) answerApi(exchange, req, res, next);
    else next();
  });
  return app;
}

const NOTHING = Buffer.alloc(0);

/** The body of a request as it came; undefined when it is too large. Rejects when it was cut off. */
export async function readWholeBody(req: Request, maxBytes: number): Promise<Buffer | undefined> {
  if (!hasBody(req)) return NOTHING;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    else chunks.length = 0; // the rest is read, so that its sender gets to read the answer
  }
  return size <= maxBytes ? Buffer.concat(chunks) : undefined;
}
