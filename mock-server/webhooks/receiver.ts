import { isLoopback } from "../server/loopback";

/** Whether a URL can be posted to at all. */
export function isReceiverUrl(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}

/** Webhooks go to this machine, and to the hosts that were allowed. */
export function isReceiverAllowed(url: string, allowedHosts: readonly string[]): boolean {
  const { hostname } = new URL(url);
  return isLoopback(hostname) || allowedHosts.some((host) => host.toLowerCase() === hostname);
}
