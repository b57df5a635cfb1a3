import type { NextFunction, Request, Response } from "express";
import type { OperationId } from "../../contracts/generated/operations";
import type { Logger } from "../logger";
import type { Sandbox } from "../state/sandbox";

/** What the edge knows of one request and its answer beside the two themselves. */
export interface Exchange {
  readonly requestId: string;
  readonly startedAt: number;
  readonly log: Logger;
  /** What there is to say to a human, whatever the answer will be. */
  readonly hints: string[];
  /** The sandbox named in the base URL, if any. */
  sandboxName?: string;
  /** The sandbox that the request acts on, once it is known. */
  sandbox?: Sandbox;
  operation?: OperationId;
}

const ACCEPTABLE_REQUEST_ID = /^[\w.:-]{1,128}$/;

/** Opens the exchange of each request. The caller's own `X-Request-Id` is kept. */
export function openExchange(log: Logger) {
  let count = 0;
  return (req: Request, res: Response, next: NextFunction): void => {
    const given = req.headers["x-request-id"];
    count += 1;
    const requestId = typeof given === "string" && ACCEPTABLE_REQUEST_ID.test(given) ? given : `req-${count}`;
    res.locals["exchange"] = { requestId, startedAt: performance.now(), log, hints: [] } satisfies Exchange;
    next();
  };
}

export function exchangeOf(res: Response): Exchange {
  return res.locals["exchange"] as Exchange;
}
