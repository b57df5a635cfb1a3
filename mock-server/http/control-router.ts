import { createHash, timingSafeEqual } from "node:crypto";
import type { Request, RequestHandler } from "express";
import { controlRoutes } from "../control/routes";
import { isLoopback } from "../loopback";
import { DEFAULT_SANDBOX, SandboxError, type Sandboxes } from "../state/sandboxes";
import { type OriginPolicy, originPolicy } from "./allow-origins";
import { exchangeOf } from "./exchange";
import type { HttpOptions } from "./http-options";
import { CONTROL_PREFIX } from "./paths";
import { sameHost } from "./same-host";
import { type ControlError, send, sendControlError } from "./send";

/** The mock's own API: for tests, tools and people at this machine, never for a foreign web page. */
export function controlRouter(sandboxes: Sandboxes, options: HttpOptions): RequestHandler {
  const allows = originPolicy(options.origins.filter((origin) => origin !== "*")); // to read answers is not to steer
  return (req, res) => {
    const refusal = refuseForeignPage(req, allows) ?? refuseToken(req, options);
    if (refusal) return sendControlError(res, refusal.status, refusal.error);
    const method = req.method === "HEAD" ? "GET" : req.method;
    const route = controlRoutes[`${method} ${req.path.replace(/(.)\/$/, "$1")}`];
    if (!route) return sendControlError(res, 404, notFound(req));
    try {
      const sandbox = sandboxes.open(exchangeOf(res).sandboxName ?? DEFAULT_SANDBOX);
      const { status, body } = route({ sandbox, sandboxes });
      send(res, status, body);
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      const [status, code] = error.reason === "limit" ? ([429, "sandbox_limit"] as const) : ([404, "sandbox_unknown"] as const);
      sendControlError(res, status, { code, message: error.message });
    }
  };
}

interface Refusal {
  readonly status: number;
  readonly error: ControlError;
}

function refuseForeignPage({ headers }: Request, allows: OriginPolicy): Refusal | undefined {
  const { origin } = headers;
  const isOurs =
    origin === undefined ? headers["sec-fetch-site"] !== "cross-site" : allows(origin) || sameHost(origin, headers.host);
  if (isOurs) return undefined;
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

function notFound({ method, path }: Request): ControlError {
  const known = Object.keys(controlRoutes).map((route) => route.replace(" ", ` ${CONTROL_PREFIX}`));
  return {
    code: "not_found",
    message: `There is no ${method} ${CONTROL_PREFIX}${path}`,
    hint: `There are ${known.join(", ")}.`,
  };
}
