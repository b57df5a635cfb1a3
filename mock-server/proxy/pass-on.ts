import type { Request, RequestHandler, Response } from "express";
import { exchangeOf } from "../server/exchange";
import { Failure } from "../server/failure";
import { send, sendFailure } from "../server/send";
import { MAX_BODY_BYTES, readWhole } from "./read-whole";
import type { Relay } from "./relay";
import { sendPassed } from "./send-passed";

/** Gives a request to the relay, and its outcome to whoever asked, if they are still there. */
export function passOn(relay: Relay): RequestHandler {
  return async (req: Request, res: Response) => {
    const exchange = exchangeOf(res);
    if (req.method === "OPTIONS") return send(res, 204, undefined);
    const gone = new AbortController();
    res.once("close", () => {
      if (!res.writableEnded) gone.abort();
    });
    const body = await readWhole(req).catch(() => null);
    if (body === null) return; // it was cut off, and nobody is there
    if (!body) {
      return sendFailure(res, new Failure(413, `The request body is over the limit of ${MAX_BODY_BYTES} bytes`));
    }
    const { method, originalUrl: url, headers } = req;
    const outcome = await relay.pass({ method, url, headers, body, requestId: exchange.requestId, gone: gone.signal });
    const { operation } = outcome.asked ?? {};
    if (operation) exchange.operation = operation;
    if ("failure" in outcome) sendFailure(res, outcome.failure);
    else sendPassed(res, outcome);
  };
}
