import type { NextFunction, Request, RequestHandler, Response } from "express";
import { type OperationId, operations } from "../../contracts/generated/v2/operations";
import type * as ForcedAnswers from "../v2/forced-answers/forced-answer";
import { readWish, type Wish } from "../v2/forced-answers/prefer";
import { exchangeOf } from "./exchange";
import { PREFERENCE_APPLIED_HEADER, send, sendFailure } from "./send";

const FORCED = "This answer was forced by the header Prefer; the operation did nothing.";

/**
 * Answers requests that prefer one of the documented answers (RFC 7240), without asking the operation. `steps` are those that a
 * request passes before; of these, only the first, which authenticates, may refuse.
 */
export function prefer(id: OperationId, steps: readonly RequestHandler[]): RequestHandler {
  return (req, res, next) => {
    const { prefer: header } = req.headers;
    const wish = header === undefined ? undefined : readWish(String(header));
    if (!wish) return next();
    exchangeOf(res).is401Wished = wish.code === "401";
    res.vary("Prefer");
    pass(steps, req, res, () => void answer(id, wish, res).catch(next));
  };
}

/** Lets a request through, whatever is wrong with it: what it held is for the journal. */
function pass([step, ...others]: readonly RequestHandler[], req: Request, res: Response, done: NextFunction): void {
  if (step) void step(req, res, () => pass(others, req, res, done));
  else done();
}

async function answer(id: OperationId, wish: Wish, res: Response): Promise<void> {
  const { forcedAnswer } = require("../v2/forced-answers/forced-answer") as typeof ForcedAnswers; // with all that can be answered
  const forced = await forcedAnswer(id, wish);
  if ("detail" in forced) return sendFailure(res, operations[id].envelope, forced);
  res.setHeader(PREFERENCE_APPLIED_HEADER, forced.applied);
  for (const [name, value] of Object.entries(forced.headers)) res.setHeader(name, value);
  send(res, forced.status, forced.body as object | undefined, { hint: FORCED, assuming: forced.assumptions });
}
