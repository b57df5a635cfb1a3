import { parse } from "node:querystring";
import type { Express } from "express";
import type { Sandboxes } from "../world/sandboxes";
import type { ApiVersion } from "./api-version";
import { baseApp } from "./base-app";
import { controlRouter } from "./control-router";
import { selectSandbox } from "./exchange";
import { handleError } from "./handle-error";
import type { HttpOptions } from "./hosts";
import type { Logger } from "./logger";
import { ATTACHMENTS_PATH, CONTROL_PREFIX } from "./paths";
import { serveAttachment } from "./serve-attachment";
import { unknownRoute } from "./unknown-route";
import { versionRouter } from "./version-router";

/** The HTTP edge: everything that a request passes, from top to bottom. */
export function createHttpApp(
  versions: readonly [ApiVersion, ...ApiVersion[]],
  sandboxes: Sandboxes,
  log: Logger,
  options: HttpOptions,
): Express {
  const app = baseApp({ log, options, sandboxes });
  app.set("query parser", (query: string) => parse(query, "&", "=", { maxKeys: 0 })); // node:querystring drops what comes after 1,000
  app.use(selectSandbox);
  for (const version of versions) app.use(version.prefix, versionRouter(version, sandboxes, options.tokens));
  app.use(ATTACHMENTS_PATH, serveAttachment(sandboxes));
  app.use(CONTROL_PREFIX, controlRouter(versions, sandboxes, options));
  app.use(unknownRoute(versions));
  app.use(handleError);
  return app;
}
