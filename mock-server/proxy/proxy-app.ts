import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { version } from "../../package.json";
import { exchangeOf, openExchange } from "../server/exchange";
import { Failure } from "../server/failure";
import { checkHost, type HttpOptions } from "../server/hosts";
import type { Logger } from "../server/logger";
import { allowOrigins, originPolicy } from "../server/origins";
import { CONTROL_PREFIX } from "../server/paths";
import { EXPOSED_HEADERS, send, sendFailure } from "../server/send";
import { passOn } from "./pass-on";
import { refuseForeignPages } from "./refuse-foreign-pages";
import type { Relay } from "./relay";
import { ANSWERED_BY_HEADER, VIOLATION_HEADER } from "./send-passed";

/** What pages may read beside what is always shown to them: what we add, and what a client of the API needs. */
const EXPOSED = [...EXPOSED_HEADERS, VIOLATION_HEADER, ANSWERED_BY_HEADER, "Date"];

/** The HTTP edge of the proxy: everything that a request passes, from top to bottom. */
export function createProxyApp(relay: Relay, log: Logger, options: HttpOptions): Express {
  const policy = originPolicy(options.origins);
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(openExchange(log, { get: () => undefined }));
  app.use(checkHost(options));
  app.use(allowOrigins(policy, EXPOSED));
  app.use(refuseForeignPages(policy));
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
