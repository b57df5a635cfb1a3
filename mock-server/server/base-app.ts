import express, { type Express, type Request } from "express";
import { type Exchange, openExchange } from "./exchange";
import { checkHost, type HttpOptions, allowOrigins, originPolicy } from "./access";
import type { Logger } from "./logger";

export interface BaseAppOptions {
  readonly log: Logger;
  readonly options: HttpOptions;
  /** Those of the mock; a proxy and a replay have none. */
  readonly sandboxes?: Exchange["sandboxes"];
  /** The headers that scripts of pages may read. Default: the mock's own. */
  readonly exposedHeaders?: readonly string[];
}

const NO_SANDBOXES = { get: () => undefined };

/** What a request passes first in each of our servers, from top to bottom: the mock, a proxy, a replay. */
export function baseApp({ log, options, sandboxes = NO_SANDBOXES, exposedHeaders }: BaseAppOptions): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.enable("case sensitive routing");
  app.use(openExchange(log, sandboxes));
  app.use(checkHost(options));
  app.use(allowOrigins(originPolicy(options.origins), exposedHeaders));
  return app;
}

/** The body of a request as it came; undefined when it is too large. Rejects when it was cut off. */
export async function readWholeBody(req: Request, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    else chunks.length = 0; // the rest is read, so that its sender gets to read the answer
  }
  return size <= maxBytes ? Buffer.concat(chunks) : undefined;
}
