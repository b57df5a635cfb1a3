import type { NextFunction, Request, Response } from "express";
import { exchangeOf } from "./exchange";

/** A URL with `/s/<name>` at the front of its path. Proxies put the origin before it. */
const SANDBOX_URL = /^(\w+:\/\/[^/?]*)?\/s\/([^/?]+)(?=[/?]|$)/;

/** Takes `/s/<name>` off the path and remembers the name; the rest is served as without it. */
export function selectSandbox(req: Request, res: Response, next: NextFunction): void {
  const match = req.url.includes("/s/") ? SANDBOX_URL.exec(req.url) : null;
  if (match) {
    const [prefix, origin = "", name] = match;
    if (name !== undefined) exchangeOf(res).sandboxName = name;
    req.url = `${origin}${req.url.slice(prefix.length) || "/"}`;
  }
  next();
}
