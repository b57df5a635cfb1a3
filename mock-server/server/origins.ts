import cors from "cors";
import type { NextFunction, Request, Response } from "express";
import { exchangeOf } from "./exchange";
import { isLoopback } from "./loopback";
import { EXPOSED_HEADERS, send } from "./send";

const LONGEST_SHOWN_ORIGIN = 40;

/** Decides which web pages may read answers. */
export type OriginPolicy = (origin: string) => boolean;

/** Pages of this machine, and the origins that were named; `off` allows none, `*` all. */
export function originPolicy(origins: readonly string[]): OriginPolicy {
  if (origins.includes("off")) return () => false;
  if (origins.includes("*")) return () => true;
  return (origin) => origins.includes(origin) || isLocalPage(origin);
}

/** CORS, for requests that come from a page; others do not pay for it. `exposed` are the headers that scripts may read. */
export function allowOrigins(allows: OriginPolicy, exposed: readonly string[] = EXPOSED_HEADERS) {
  const answer = cors({
    origin: (origin, decide) => decide(null, origin !== undefined && allows(origin)),
    exposedHeaders: [...exposed],
    maxAge: 600,
    preflightContinue: true,
  });
  return (req: Request, res: Response, next: NextFunction): void => {
    const { origin } = req.headers;
    if (origin === undefined) return next();
    if (!allows(origin) && !sameHost(origin, req.headers.host)) exchangeOf(res).hints.push(originRefused(origin));
    answer(req, res, () => (isPreflight(req) ? send(res, 204, undefined) : next()));
  };
}

function isPreflight({ method, headers }: Request): boolean {
  return method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
}

function isLocalPage(origin: string): boolean {
  return URL.canParse(origin) && isLoopback(new URL(origin).hostname);
}

/** Whether a request comes from a web page of another site that nobody has allowed. Programs are no pages. */
export function isForeignPage({ headers }: Request, allows: OriginPolicy): boolean {
  const { origin } = headers;
  if (origin === undefined) return headers["sec-fetch-site"] === "cross-site";
  return !allows(origin) && !sameHost(origin, headers.host);
}

/** Whether a page was served by the host that it now asks. */
function sameHost(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}

function originRefused(origin: string): string {
  const shown = origin.length > LONGEST_SHOWN_ORIGIN ? `${origin.slice(0, LONGEST_SHOWN_ORIGIN)}...` : origin;
  return `A page of ${shown} cannot read this answer; start linq-mock with --cors ${shown} if it is yours.`;
}
