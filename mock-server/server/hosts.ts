import { isIP } from "node:net";
import type { NextFunction, Request, Response } from "express";
import { Failure, failure } from "./failure";
import { isLoopback } from "./loopback";
import { sendFailure } from "./send";

/** How programs in a container reach the machine that the container runs on. */
const CONTAINER_HOST_NAMES = ["host.docker.internal", "host.containers.internal"];
const REMEMBERED = 100;

/**
 * Refuses requests that name a host which is not ours: a hostile page can point its own name at this machine (DNS rebinding).
 * An address cannot be rebound. A name without a dot, as containers of one network use, is served where the mock was made
 * reachable for others.
 */
export function checkHost({ hosts, reachable }: HttpOptions) {
  const allowed = new Set([...CONTAINER_HOST_NAMES, ...hosts.map((host) => host.toLowerCase())]);
  const isOurs = (name: string): boolean =>
    isLoopback(name) || isIP(name) !== 0 || allowed.has(name) || (reachable && !name.includes("."));
  const seen = new Set<string>();

  return (req: Request, res: Response, next: NextFunction): void => {
    const { host } = req.headers;
    if (host !== undefined && seen.has(host)) return next();
    if (host === undefined && req.httpVersion === "1.1") return sendFailure(res, failure(400, "The header Host is missing"));
    const name = host === undefined ? "localhost" : hostName(host); // HTTP/1.0 need not name one, and no browser speaks it
    if (!isOurs(name)) {
      const hint = `Start linq-mock with --allow-host ${name} if it is yours.`;
      return sendFailure(res, new Failure(403, `The host ${name} is not served here`, { hint }));
    }
    if (host !== undefined && seen.size < REMEMBERED) seen.add(host);
    next();
  };
}

/** The name in a Host header, without the port and the brackets of IPv6. */
function hostName(header: string): string {
  const bracketed = /^\[([^\]]*)\]/.exec(header);
  return (bracketed?.[1] ?? header.replace(/:\d*$/, "")).toLowerCase();
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
