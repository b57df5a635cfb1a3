import { parse } from "node:querystring";
import express, { type Express } from "express";
import { API_PREFIX } from "../../contracts/client/address";
import { authenticate } from "../v2/authenticate";
import { unknownRoute } from "../v2/unknown-route";
import type { Sandboxes } from "../world/sandboxes";
import { controlRouter } from "./control-router";
import { openExchange, selectSandbox } from "./exchange";
import { handleError } from "./handle-error";
import { checkHost, type HttpOptions } from "./hosts";
import type { Logger } from "./logger";
import { allowOrigins, originPolicy } from "./origins";
import { ATTACHMENTS_PATH, CONTROL_PREFIX } from "./paths";
import { serveAttachment } from "./serve-attachment";
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
