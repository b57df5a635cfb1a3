import { isIP } from "node:net";
import { API_PREFIX } from "./api-prefix";
import { TargetError } from "./target-error";

/**
 * The address of a server as its caller wrote it, without a slash at the end and without the API's prefix.
 *
 * @throws TargetError when it is no address that a token may be sent to
 */
export function baseUrlOf(target: string): string {
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new TargetError("The target is no address; write it with its scheme, such as https://api.linqapp.com.");
  }
  if (url.username || url.password) throw new TargetError("The target carries a user or a password; leave them out.");
  if (url.protocol === "http:" && !isLoopbackHost(url.hostname)) {
    throw new TargetError("The token would be sent unencrypted; use https, or http where the server is on this machine.");
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "").replace(API_PREFIX, "")}`;
}

/** Whether a host, as URLs write it, always means this machine. */
export function isLoopbackHost(host: string): boolean {
  return (
    host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || (isIP(host) === 4 && host.startsWith("127."))
  );
}
