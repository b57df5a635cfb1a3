import { isIP } from "node:net";
import type { NextFunction, Request, Response } from "express";
import { failure } from "../errors";
import { isLoopback } from "./loopback";
import { sendFailure } from "./send";

/** How programs in a container reach the machine that the container runs on. */
const CONTAINER_HOST_NAMES = ["host.docker.internal", "host.containers.internal"];

/**
 * Refuses requests that name a host which is not ours: a hostile page can point its own name at this machine (DNS rebinding).
 * An address cannot be rebound, and neither can a name without a dot, as containers of one network use.
 */
export function checkHost(allowedHosts: readonly string[]) {
  const allowed = new Set([...CONTAINER_HOST_NAMES, ...allowedHosts.map((host) => host.toLowerCase())]);
  const seen = new Set<string>();
  return (req: Request, res: Response, next: NextFunction): void => {
    const header = req.headers.host;
    if (header === undefined || seen.has(header)) return next();
    const name = hostName(header);
    if (!(isLoopback(name) || isIP(name) !== 0 || !name.includes(".") || allowed.has(name))) {
      return sendFailure(
        res,
        "Error",
        failure(403, `The host ${name} is not served here`, {
          hint: `Start the mock with --allow-host ${name} if it is yours.`,
        }),
      );
    }
    if (seen.size < 100) seen.add(header);
    next();
  };
}

/** The name in a Host header, without the port and the brackets of IPv6. */
function hostName(header: string): string {
  const bracketed = /^\[([^\]]*)\]/.exec(header);
  return (bracketed?.[1] ?? header.replace(/:\d*$/, "")).toLowerCase();
}
