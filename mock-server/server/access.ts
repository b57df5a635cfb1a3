import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import cors from "cors";
import type { Request, Response } from "express";
import { isUrl } from "../../contracts/urls";
import { Failure, failure } from "./failure";
import { httpHints } from "./http-hints";
import { isLoopback } from "./loopback";

/** How programs in a container reach the machine that the container runs on. */
const CONTAINER_HOST_NAMES = ["host.docker.internal", "host.containers.internal"];
const REMEMBERED = 100;

/**
 * Refuses requests that name a host which is not ours: a hostile page can point its own name at this machine (DNS rebinding).
 * An address cannot be rebound. A name without a dot, as containers of one network use, is served where the mock was made
 * reachable for others.
 */
export function hostPolicy({ hosts, reachable }: HttpOptions): (req: Request) => Failure | undefined {
  const allowed = new Set([...CONTAINER_HOST_NAMES, ...hosts.map((host) => host.toLowerCase())]);
  const isOurs = (name: string): boolean =>
    isLoopback(name) || isIP(name) !== 0 || allowed.has(name) || (reachable && !name.includes("."));
  const seen = new Set<string>();

  return ({ headers: { host }, httpVersion }) => {
    if (host !== undefined && seen.has(host)) return undefined;
    if (host === undefined && httpVersion === "1.1") return failure(400, "The header Host is missing");
    const name = host === undefined ? "localhost" : hostName(host); // HTTP/1.0 need not name one, and no browser speaks it
    if (!isOurs(name)) {
      return new Failure(403, `The host ${name} is not served here`, { hint: httpHints.hostRefused(name) });
    }
    if (host !== undefined && seen.size < REMEMBERED) seen.add(host);
    return undefined;
  };
}

/** The name in a Host header, without the port and the brackets of IPv6. */
function hostName(header: string): string {
  const bracketed = /^\[([^\]]*)\]/.exec(header);
  return (bracketed?.[1] ?? header.replace(/\.?(:\d*)?$/, "")).toLowerCase();
}

/** Who may talk to the edge. */
export interface HttpOptions {
  /** The only tokens that are accepted, beside those of sandboxes; any when empty. */
  readonly tokens: readonly string[];
  /** Origins of web pages that may read answers, beside pages of this machine; `off` allows none, `*` all. */
  readonly origins: readonly string[];
  /** Host names that are served beside those of this machine. */
  readonly hosts: readonly string[];
  /** Required by `/__mock` when set. */
  readonly controlToken: string | undefined;
  /** Whether the server was made reachable for other machines. */
  readonly reachable: boolean;
}

/** Decides which web pages may read answers. */
export type OriginPolicy = (origin: string) => boolean;

/** Pages of this machine, and the origins that were named; `off` allows none, `*` all. */
export function originPolicy(origins: readonly string[]): OriginPolicy {
  if (origins.includes("off")) return () => false;
  if (origins.includes("*")) return () => true;
  return (origin) => origins.includes(origin) || isLocalPage(origin);
}

/** Answers requests of pages in the headers of CORS, of which `exposed` are those that scripts may read. Returns a hint for a page that may not. */
export function pagePolicy(allows: OriginPolicy, exposed: readonly string[]) {
  const addHeaders = cors({
    origin: (origin, decide) => decide(null, origin !== undefined && allows(origin)),
    exposedHeaders: [...exposed],
    maxAge: 600,
    preflightContinue: true,
  });
  return (req: Request, res: Response, origin: string): string | undefined => {
    addHeaders(req, res, () => undefined);
    return allows(origin) || sameHost(origin, req.headers.host) ? undefined : httpHints.originRefused(origin);
  };
}

export function isPreflight({ method, headers }: Request): boolean {
  return method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
}

function isLocalPage(origin: string): boolean {
  return isUrl(origin) && isLoopback(new URL(origin).hostname);
}

/** Whether a request comes from a web page of another site that nobody has allowed. Programs are no pages. */
export function isForeignPage({ headers }: Request, allows: OriginPolicy): boolean {
  const { origin } = headers;
  if (origin === undefined) return headers["sec-fetch-site"] === "cross-site";
  return !allows(origin) && !sameHost(origin, headers.host);
}

/** Whether a request comes from a page that this server has served. Cookies go with those of every page of this machine, whatever its port. */
export function isOfSameOrigin({ origin, host, "sec-fetch-site": site }: IncomingHttpHeaders): boolean {
  if (site !== undefined && site !== "same-origin") return false;
  return origin === undefined || sameHost(origin, host);
}

/** Whether a page was served by the host that it now asks. */
function sameHost(origin: string, host: string | undefined): boolean {
  return isUrl(origin) && new URL(origin).host === host;
}
