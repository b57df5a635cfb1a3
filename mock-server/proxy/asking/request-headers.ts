import type { IncomingHttpHeaders } from "node:http";
import { TOKEN_HEADER } from "../../../contracts/client/address";
import { endToEndHeaders } from "../../../contracts/client/http-client";

/**
 * What stays here: what browsers say for CORS, and the cookies of whatever else runs on this machine; what would make an answer partial,
 * so that it could not be checked; what is said of the body, which is said anew.
 */
const OURS = new Set([
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
const DISGUISE = /_|^x-(http-)?method|override|^x-(original|rewrite|forwarded)-|^forwarded$/;

/** The headers with which a call goes on: a body never without its type, by which it was judged. `token` takes the place of the caller's, if there is one. */
export function requestHeaders(
  headers: IncomingHttpHeaders,
  { token, body }: { token: string | undefined; body: Buffer },
): Record<string, string | string[]> {
  const passed = Object.entries(endToEndHeaders(headers)).filter(([name]) => !OURS.has(name) && !DISGUISE.test(name));
  return {
    ...Object.fromEntries(passed),
    ...(token !== undefined && { [TOKEN_HEADER]: token }),
    "accept-encoding": "identity",
    ...(body.length > 0 && { ...typeOf(headers), "content-length": String(body.length) }),
  };
}

function typeOf({ "content-type": type }: IncomingHttpHeaders): Record<string, string> {
  return type === undefined ? {} : { "content-type": type };
}
