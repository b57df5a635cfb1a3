import { parse } from "node:querystring";
import type { Express } from "express";
import { API_PREFIX } from "../../contracts/client/address";
import { authenticate } from "../v2/authenticate";
import { unknownRoute } from "../v2/unknown-route";
import type { Sandboxes } from "../world/sandboxes";
import { baseApp } from "./base-app";
import { controlRouter } from "./control-router";
import { selectSandbox } from "./exchange";
import { handleError } from "./handle-error";
import type { HttpOptions } from "./hosts";
import type { Logger } from "./logger";
import { ATTACHMENTS_PATH, CONTROL_PREFIX } from "./paths";
import { serveAttachment } from "./serve-attachment";
import { vendorRouter } from "./vendor-router";

/** The HTTP edge: everything that a request passes, from top to bottom. */
export function createHttpApp(sandboxes: Sandboxes, log: Logger, options: HttpOptions): Express {
  const app = baseApp({ log, options, sandboxes });
  app.set("query parser", (query: string) => parse(query, "&", "=", { maxKeys: 0 })); // node:querystring drops what comes after 1,000
  app.use(selectSandbox);
  app.use(API_PREFIX, vendorRouter(authenticate(sandboxes, options.tokens)));
  app.use(ATTACHMENTS_PATH, serveAttachment(sandboxes));
  app.use(CONTROL_PREFIX, controlRouter(sandboxes, options));
  app.use(unknownRoute);
  app.use(handleError);
  return app;
}
