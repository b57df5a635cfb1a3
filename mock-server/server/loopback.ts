import { isIP } from "node:net";

/** Whether a host name or address always means this machine. */
export function isLoopback(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/^::ffff:/, "")
    .replace(/\.$/, ""); // the root, which names may end in
  if (/^7f[\da-f]{2}:[\da-f]{1,4}$/.test(name)) return true; // ::ffff:127.0.0.1, as URLs write it
  return name === "localhost" || name.endsWith(".localhost") || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

/** An address as it stands in a URL that this machine can open. */
export function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "localhost") return "127.0.0.1";
  if (host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

/** A URL of ours as people know it, where that is one and the same. */
export function familiarUrl(url: string, host: string): string {
  return host === "localhost" ? url.replace("//127.0.0.1:", "//localhost:") : url;
}
