import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import { isUrl } from "../urls";
import { TargetError } from "./errors";
import { USER_AGENT } from "./user-agent";

/** What every path of V2 starts with. */
export const API_PREFIX = "/api/partner/v2";

/** As {@link API_PREFIX}, of V3. */
export const API_PREFIX_V3 = "/api/partner/v3";

/** What carries the token, as Node names headers. */
export const TOKEN_HEADER = "x-linq-integration-token";

/** How calls of a version of the API bring their token. */
export interface TokenForm {
  /** As Node names headers. */
  readonly header: string;
  /** What stands before the token, with its space. */
  readonly scheme: string;
  /** For people. */
  readonly shown: string;
}

export const TOKEN_FORM: TokenForm = { header: TOKEN_HEADER, scheme: "", shown: "X-LINQ-INTEGRATION-TOKEN" };
export const TOKEN_FORM_V3: TokenForm = { header: "authorization", scheme: "Bearer ", shown: "Authorization: Bearer" };

/** The token of a request; undefined when it has none. */
export function tokenOf({ header, scheme }: TokenForm, headers: IncomingHttpHeaders): string | undefined {
  const value = String(headers[header] ?? "");
  if (value.slice(0, scheme.length).toLowerCase() !== scheme.toLowerCase()) return undefined;
  const token = value.slice(scheme.length).trim();
  return token === "" ? undefined : token;
}

/** The headers of a request of our own that expects JSON. */
export function apiHeaders(token: string | undefined): Record<string, string> {
  return {
    accept: "application/json",
    "accept-encoding": "gzip, deflate, br",
    "user-agent": USER_AGENT,
    ...(token !== undefined && { [TOKEN_HEADER]: token }),
  };
}

/** Where a path of the API is on a server, without the server's own origin and path; encoded as URLs must be. */
export function apiUrl(path: string): string {
  const { pathname, search } = new URL(`${API_PREFIX}${path}`, "http://localhost");
  return `${pathname}${search}`;
}

/**
 * The address of a server as its caller wrote it, without a slash at the end and without the API's prefix.
 *
 * @throws TargetError when it is no address that a token may be sent to
 */
export function baseUrlOf(target: string): string {
  const url = isUrl(target) ? new URL(target) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new TargetError("The target is no address; write it with its scheme, such as https://api.linqapp.com.");
  }
  if (url.username || url.password) throw new TargetError("The target carries a user or a password; leave them out.");
  if (url.protocol === "http:" && !isLoopbackHost(url.hostname)) {
    throw new TargetError("The token would be sent unencrypted; use https, or http where the server is on this machine.");
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "").replace(API_PREFIX, "").replace(API_PREFIX_V3, "")}`;
}

/** Whether a host, as URLs write it, always means this machine. */
export function isLoopbackHost(host: string): boolean {
  return (
    host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || (isIP(host) === 4 && host.startsWith("127."))
  );
}

const HEADER_VALUE = /^[\x20-\x7E]+$/;

/** @throws TargetError when a token is missing, or cannot stand in a header */
export function requireUsableToken(token: string): void {
  if (token === "") throw new TargetError("There is no token; give the integration token of the account.");
  if (!HEADER_VALUE.test(token)) {
    throw new TargetError(
      "The token holds what no header can carry: a line break or a character outside of ASCII; copy it again.",
    );
  }
}

/** How a dot or a slash can be hidden; some servers decode twice. */
const HIDDEN = /%(?:25)*(2e|2f|5c)/gi;
const AMBIGUOUS = /(^|\/)\.{1,2}(;[^/]*)?(\/|$)|[\\#]/;

/** Whether a path might be another one for another reader. */
export function isAmbiguous(path: string): boolean {
  return AMBIGUOUS.test(path.replaceAll(HIDDEN, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))));
}
