import { createHash, timingSafeEqual } from "node:crypto";
import type { NextFunction, Request, RequestHandler, Response } from "express";
import type { ControlError } from "../control/control-call";
import type { OriginPolicy } from "./allow-origins";
import { exchangeOf } from "./exchange";
import type { HttpOptions } from "./http-options";
import { isForeignPage } from "./is-foreign-page";
import { isLoopback } from "./loopback";
import { CONTROL_PREFIX } from "./paths";
import { sendControlError } from "./send";

/** Lets only those steer the mock who may: no foreign page, and nobody without the control token, if there is one or must be. */
export function guardControl(allows: OriginPolicy, options: HttpOptions): RequestHandler {
  return (req: Request, res: Response, next: NextFunction) => {
    exchangeOf(res).isUnjournalled = true;
    const refusal = refuseForeignPage(req, allows) ?? refuseToken(req, options);
    if (refusal) return sendControlError(res, refusal.status, refusal.error);
    next();
  };
}

interface Refusal {
  readonly status: number;
  readonly error: ControlError;
}

function refuseForeignPage(req: Request, allows: OriginPolicy): Refusal | undefined {
  if (!isForeignPage(req, allows)) return undefined;
  const message = `${CONTROL_PREFIX} does not answer pages of other sites`;
  return {
    status: 403,
    error: { code: "foreign_page", message, hint: "Start the mock with --cors <origin> if the page is yours." },
  };
}

/** Without a control token only this machine may steer. */
function refuseToken({ headers, socket }: Request, { controlToken, reachable }: HttpOptions): Refusal | undefined {
  if (controlToken === undefined) {
    if (!reachable && isLoopback(socket.localAddress ?? "")) return undefined;
    const message = `${CONTROL_PREFIX} is closed, because this server can be reached from other machines`;
    const hint = "Start the mock with --control-token <t>, and send Authorization: Bearer <t>.";
    return { status: 403, error: { code: "control_token_unset", message, hint } };
  }
  if (equalSecrets(headers.authorization ?? "", `Bearer ${controlToken}`)) return undefined;
  const message = `${CONTROL_PREFIX} requires the control token`;
  return {
    status: 401,
    error: { code: "control_token_wrong", message, hint: "Send Authorization: Bearer <the value of --control-token>." },
  };
}

/** Compares in constant time. */
function equalSecrets(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
