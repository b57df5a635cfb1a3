import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { NextFunction, Request, RequestHandler, Response } from "express";
import { type ControlRefusal, refusal } from "../control/control-call";
import { type HttpOptions, isForeignPage, isOfSameOrigin, type OriginPolicy } from "./access";
import { exchangeOf } from "./exchange";
import { isLoopback } from "./loopback";
import { CONTROL_PREFIX } from "./paths";
import { sendControlError } from "./send";

/** Lets only those steer the mock who may: no foreign page, and nobody without the control token, if there is one or must be. */
export function guardControl(allows: OriginPolicy, options: HttpOptions): RequestHandler {
  return (req: Request, res: Response, next: NextFunction) => {
    const isSigningIn = req.path === "/session" && req.method === "POST" && options.controlToken !== undefined;
    const refused = refuseForeignPage(req, allows) ?? (isSigningIn ? undefined : refuseToken(req, options));
    if (refused) return sendControlError(res, refused.status, refused.error);
    next();
  };
}

/** Lets everybody in but foreign pages: for what takes no control token. */
export function guardFromPages(allows: OriginPolicy): RequestHandler {
  return (req, res, next) => {
    const refused = refuseForeignPage(req, allows);
    if (refused) return sendControlError(res, refused.status, refused.error);
    next();
  };
}

function refuseForeignPage(req: Request, allows: OriginPolicy): ControlRefusal | undefined {
  if (!isForeignPage(req, allows)) return undefined;
  const message = `${CONTROL_PREFIX} does not answer pages of other sites`;
  return refusal(403, "foreign_page", message, { hint: "Start the mock with --cors <origin> if the page is yours." });
}

/** Without a control token only this machine may steer. */
function refuseToken({ headers, socket }: Request, { controlToken, reachable }: HttpOptions): ControlRefusal | undefined {
  if (controlToken === undefined) {
    if (!reachable && isLoopback(socket.localAddress ?? "")) return undefined;
    const message = `${CONTROL_PREFIX} is closed, because this server can be reached from other machines`;
    const hint = "Start the mock with --control-token <t>, and send Authorization: Bearer <t>.";
    return refusal(403, "control_token_unset", message, { hint });
  }
  if (equalSecrets(headers.authorization?.replace(/^bearer +/i, "Bearer ") ?? "", `Bearer ${controlToken}`)) return undefined;
  if (isOfSameOrigin(headers) && equalSecrets(cookieOf(headers) ?? "", sessionOf(controlToken))) return undefined;
  const message = `${CONTROL_PREFIX} requires the control token`;
  return refusal(401, "control_token_wrong", message, {
    hint: "Send Authorization: Bearer <the value of --control-token>.",
  });
}

/** Compares in constant time. */
function equalSecrets(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** What the page shows in the place of the token, so that other servers of this machine, which browsers show our cookies to, never see it. */
const COOKIE = "linq-mock-session";

/** Gives a browser its cookie when the token is right. Returns whether it is. */
export function signIn(res: Response, { controlToken }: HttpOptions, token: string): boolean {
  if (controlToken === undefined) return true;
  if (!equalSecrets(token, controlToken)) return false;
  const path = exchangeOf(res).mountPath || "/";
  res.setHeader("Set-Cookie", `${COOKIE}=${sessionOf(controlToken)}; Path=${path}; HttpOnly; SameSite=Strict`);
  return true;
}

function sessionOf(controlToken: string): string {
  return createHmac("sha256", controlToken).update("a session of the page").digest("hex");
}

function cookieOf({ cookie = "" }: IncomingHttpHeaders): string | undefined {
  const [, value] = new RegExp(`(?:^|; *)${COOKIE}=([^;]*)`).exec(cookie) ?? [];
  return value;
}
