import { parse } from "node:querystring";
import type { Express, Request, RequestHandler, Response } from "express";
import { ATTACHMENTS_PATH, UPLOADS } from "../world/attachments";
import { DEFAULT_SANDBOX, type Sandboxes } from "../world/sandboxes";
import { type HttpOptions, originPolicy } from "./access";
import type { ApiVersions } from "./api-version";
import { baseApp } from "./base-app";
import { controlRouter } from "./control-router";
import { exchangeOf } from "./exchange";
import { failure } from "./failure";
import { httpHints } from "./http-hints";
import type { Logger } from "./logger";
import { leadBrowserToPage, pageRouter } from "./page-router";
import { CONTROL_PREFIX } from "./paths";
import { sendFailure, sendFile } from "./send";
import { servedFile } from "./served-file";
import { handleError, unknownRoute } from "./unknown-route";
import { takeUploads } from "./upload-url";
import { versionRoutes } from "./version-routes";

/** The HTTP edge: everything that a request passes, from top to bottom. */
export function createHttpApp(versions: ApiVersions, sandboxes: Sandboxes, log: Logger, options: HttpOptions): Express {
  const answerApi = versionRoutes({ tokens: new Set(options.tokens), sandboxes });
  const app = baseApp({ versions, log, options, sandboxes, answerApi });
  app.set("query parser", (query: string) => parse(query, "&", "=", { maxKeys: 0 })); // node:querystring drops what comes after 1,000
  app.use(`${ATTACHMENTS_PATH}/${UPLOADS}`, takeUploads(sandboxes));
  app.use(ATTACHMENTS_PATH, serveAttachment(sandboxes));
  app.use(`${CONTROL_PREFIX}/ui`, pageRouter(originPolicy(options.origins)));
  app.use(CONTROL_PREFIX, controlRouter(versions, sandboxes, options));
  app.get("/", leadBrowserToPage);
  app.use(unknownRoute);
  app.use(handleError);
  return app;
}

/** Serves the files of messages and contacts. As with the vendor's, no token is asked for. */
function serveAttachment(sandboxes: Sandboxes): RequestHandler {
  return async (req: Request, res: Response) => {
    const sandbox = sandboxes.get(exchangeOf(res).sandboxName ?? DEFAULT_SANDBOX);
    const [, first = "", second = ""] = req.path.split("/");
    if (sandbox && Number(req.query["expires"]) <= sandbox.world.clock.now())
      return sendFailure(res, failure(403, "The URL has expired", { hint: httpHints.urlExpired }));
    const isReading = req.method === "GET" || req.method === "HEAD";
    const file = sandbox && isReading ? await servedFile(sandbox.world, first, second) : undefined;
    if (file) return sendFile(res, file);
    sendFailure(res, failure(404, "There is no such file", { hint: httpHints.fileGone }));
  };
}
