import { parse } from "node:querystring";
import express, { type Express } from "express";
import type { Sandboxes } from "../world/sandboxes";
import { allowOrigins, originPolicy } from "./allow-origins";
import { authenticate } from "./authenticate";
import { checkHost } from "./check-host";
import { controlRouter } from "./control-router";
import { openExchange } from "./exchange";
import { handleError } from "./handle-error";
import type { HttpOptions } from "./http-options";
import type { Logger } from "./logger";
import { API_PREFIX, ATTACHMENTS_PATH, CONTROL_PREFIX } from "./paths";
import { selectSandbox } from "./select-sandbox";
import { serveAttachment } from "./serve-attachment";
import { unknownRoute } from "./unknown-route";
import { vendorRouter } from "./vendor-router";

/** The HTTP edge: everything that a request passes, from top to bottom. */
export function createHttpApp(sandboxes: Sandboxes, log: Logger, options: HttpOptions): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.enable("case sensitive routing");
  app.set("query parser", (query: string) => parse(query, "&", "=", { maxKeys: 0 })); // node:querystring drops what comes after 1,000
  app.use(openExchange(log, sandboxes));
  app.use(checkHost(options));
  app.use(allowOrigins(originPolicy(options.origins)));
  app.use(selectSandbox);
  app.use(API_PREFIX, vendorRouter(authenticate(sandboxes, options.tokens)));
  app.use(ATTACHMENTS_PATH, serveAttachment(sandboxes));
  app.use(CONTROL_PREFIX, controlRouter(sandboxes, options));
  app.use(unknownRoute);
  app.use(handleError);
  return app;
}
