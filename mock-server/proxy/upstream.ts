import type { IncomingHttpHeaders } from "node:http";
import { explainRedirect, type NoAnswer, type NoAnswerKind } from "../../contracts/client/errors";
import { endToEndHeaders, type HttpAnswer } from "../../contracts/client/http-client";
import type { TokenForm } from "../../contracts/client/url-and-token";
import { isUrl } from "../../contracts/urls";
import type { Failure } from "../server/failure";

/**
 * What stays here: what browsers say for CORS, and the cookies of whatever else runs on this machine; what would make an answer partial,
 * so that it could not be checked; what is said of the body, which is said anew.
 */
const NOT_PASSED = new Set([
  "host",
  "origin",
  "cookie",
  "expect",
  "accept-encoding",
  "content-length",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
  "range",
]);
/** What would have a server take a request for another one than was judged. Some take an underscore for a hyphen, so none passes. */
const MISLEADING = /_|^x-(http-)?method|override|^x-(original|rewrite|forwarded)-|^forwarded$/;

/** The headers with which a call goes on: a body never without its type, by which it was judged. `token` takes the place of the caller's, if there is one. */
export function requestHeaders(
  headers: IncomingHttpHeaders,
  { token, form, body }: { token: string | undefined; form: TokenForm; body: Buffer },
): Record<string, string | string[]> {
  const passed = endToEndHeaders(headers);
  for (const name in passed) if (NOT_PASSED.has(name) || MISLEADING.test(name)) delete passed[name];
  return {
    ...passed,
    ...(token !== undefined && { [form.header]: `${form.scheme}${token}` }),
    "accept-encoding": "identity",
    ...(body.length > 0 && { ...typeOf(headers), "content-length": String(body.length) }),
  };
}

function typeOf({ "content-type": type }: IncomingHttpHeaders): Record<string, string> {
  return type === undefined ? {} : { "content-type": type };
}

/** What there is to say about a redirect, which is passed on and not followed. */
export function redirectHint(baseUrl: string, { status, headers }: HttpAnswer): string | undefined {
  const location = headers["location"];
  if (status < 300 || status >= 400 || location === undefined) return undefined;
  const base = new URL(baseUrl);
  if (isWithin(base.origin, String(location))) {
    return `${base.origin} redirects to another address of its own, which Location names; the API has no redirects: ask for that address itself, and if every path is redirected, mend --target.`;
  }
  return explainRedirect(base.origin, String(location));
}

function isWithin(origin: string, location: string): boolean {
  return isUrl(location, origin) && new URL(location, origin).origin === origin;
}

const CHECK = "Check --target, the server there and the network.";

const HINTS: Readonly<Record<NoAnswerKind, string>> = {
  timeout: "Give it more time with --timeout <seconds>.",
  "too-large": "Ask for less at once.",
  encoding: "The target compresses without being asked to; have it honour Accept-Encoding: identity.",
  stopped: "Ask again, once the proxy runs.",
  hopeless: CHECK,
  failed: CHECK,
};

export function hintOf({ kind }: NoAnswer): string {
  return HINTS[kind];
}

/** What is answered for a target that has not answered. */
export function failureOf(error: NoAnswer): Failure {
  const detail = `The target gave no answer that can be passed on: ${error.message}`;
  return { status: error.kind === "timeout" ? 504 : 502, detail, hint: hintOf(error) };
}
