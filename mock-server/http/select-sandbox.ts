import type { NextFunction, Request, Response } from "express";
import { exchangeOf } from "./exchange";

const SANDBOX_URL = /^\/s\/([^/?]+)(?=[/?]|$)/;

/** Takes `/s/<name>` off the front of the URL and remembers the name; the rest is served as without it. */
export function selectSandbox(req: Request, res: Response, next: NextFunction): void {
  const match = req.url.startsWith("/s/") ? SANDBOX_URL.exec(req.url) : null;
  if (match?.[1]) {
    exchangeOf(res).sandboxName = match[1];
    req.url = req.url.slice(match[0].length) || "/";
  }
  next();
}
