import { createHash, timingSafeEqual } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import { controlRoutes } from "../control/routes";
import { DEFAULT_SANDBOX, type Sandboxes } from "../state/sandboxes";
import type { OriginPolicy } from "./allow-origins";
import { exchangeOf } from "./exchange";
import type { HttpOptions } from "./http-options";
import { CONTROL_PREFIX } from "./paths";
import { send } from "./send";

interface ControlError {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** The mock's own API: for tests, tools and people at this machine, never for a foreign web page. */
export function controlRouter(sandboxes: Sandboxes, options: HttpOptions, allows: OriginPolicy): RequestHandler {
  return (req, res) => {
    const refusal = refuseForeignPage(req, allows) ?? refuseToken(req, options);
    if (refusal) return sendError(res, refusal.status, refusal.error);
    const name = exchangeOf(res).sandboxName ?? DEFAULT_SANDBOX;
    const sandbox = sandboxes.open(name);
    if (!sandbox)
      return sendError(res, 404, {
        code: "sandbox_unknown",
        message: `There is no sandbox ${name}`,
        hint: "A name is 1 to 64 of A-Z a-z 0-9 _ -.",
      });
    const method = req.method === "HEAD" ? "GET" : req.method;
    const route = controlRoutes[`${method} ${req.path.replace(/(.)\/$/, "$1")}`];
    if (!route) return sendError(res, 404, notFound(req));
    const { status, body } = route({ sandbox, sandboxes });
    send(res, status, body);
  };
}

interface Refusal {
  readonly status: number;
  readonly error: ControlError;
}

function refuseForeignPage({ headers }: Request, allows: OriginPolicy): Refusal | undefined {
  const { origin } = headers;
  const foreign =
    origin === undefined ? headers["sec-fetch-site"] === "cross-site" : !allows(origin) && !sameHost(origin, headers.host);
  if (!foreign) return undefined;
  return {
    status: 403,
    error: {
      code: "foreign_page",
      message: `${CONTROL_PREFIX} does not answer pages of other sites`,
      hint: "Start the mock with --cors <origin> if the page is yours.",
    },
  };
}

function refuseToken({ headers }: Request, { controlToken, controlClosed }: HttpOptions): Refusal | undefined {
  if (controlClosed) {
    const hint = "Start the mock with --control-token <t>, and send Authorization: Bearer <t>.";
    return {
      status: 403,
      error: {
        code: "control_token_unset",
        message: `${CONTROL_PREFIX} is closed, because this server can be reached from other machines`,
        hint,
      },
    };
  }
  if (controlToken === undefined || equalSecrets(headers.authorization ?? "", `Bearer ${controlToken}`)) return undefined;
  return {
    status: 401,
    error: {
      code: "control_token_wrong",
      message: `${CONTROL_PREFIX} requires the control token`,
      hint: "Send Authorization: Bearer <the value of --control-token>.",
    },
  };
}

function sameHost(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** Compares in constant time. */
function equalSecrets(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function notFound({ method, path }: Request): ControlError {
  const known = Object.keys(controlRoutes).map((route) => route.replace(" ", ` ${CONTROL_PREFIX}`));
  return {
    code: "not_found",
    message: `There is no ${method} ${CONTROL_PREFIX}${path}`,
    hint: `There are ${known.join(", ")}.`,
  };
}

function sendError(res: Response, status: number, error: ControlError): void {
  send(res, status, { error });
}
