import type { NextFunction, Request, RequestHandler, Response } from "express";
import { Failure } from "../server/failure";
import { isForeignPage, type OriginPolicy } from "../server/origins";
import { sendFailure } from "../server/send";

const HINT = "Start linq-mock with --cors <origin> if the page is yours.";

/** Behind the proxy is a real account, so that pages of other sites may not even ask. */
export function refuseForeignPages(allows: OriginPolicy): RequestHandler {
  return (req: Request, res: Response, next: NextFunction) => {
    if (!isForeignPage(req, allows)) return next();
    sendFailure(res, new Failure(403, "The proxy does not answer pages of other sites", { hint: HINT }));
  };
}
