import type { NextFunction, Request, Response } from "express";
import { API_VERSIONS } from "../versions";
import { exchangeOf } from "./exchange";
import { Failure } from "./failure";
import { sendFailure } from "./send";

const PATH_UNDECODABLE = "The path is not validly percent-encoded.";

/** A path that cannot be decoded names nothing; anything else that was thrown is a defect of ours. */
export function handleError(error: unknown, req: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) return next(error);
  const { operation, log } = exchangeOf(res);
  if (error instanceof URIError && operation === undefined) {
    const detail = `There is no ${req.method} ${req.path}`;
    return sendFailure(res, new Failure(404, detail, { reason: "routeUnknown", hint: PATH_UNDECODABLE }), meant(req));
  }
  log.error("linq-mock failed to answer", error);
  sendFailure(res, new Failure(500, "linq-mock failed to answer; its log says why"));
}

/** The operation whose path, but for an id, one that cannot be decoded is. */
function meant({ method, path }: Request): string | undefined {
  const version = API_VERSIONS.find(({ prefix }) => path.startsWith(`${prefix}/`));
  return version?.operationAt(method, path.slice(version.prefix.length));
}
