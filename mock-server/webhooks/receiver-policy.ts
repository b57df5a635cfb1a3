import { isLoopback, isPrivateAddress } from "../server/loopback";
import { shortened } from "../server/printable-text";

/** Where webhooks may go. */
export interface ReceiverPolicy {
  /** Host names and addresses that were allowed. */
  readonly webhookHosts: readonly string[];
  /** Whether other machines can reach the mock: whoever does would otherwise have it post to this machine's own services. */
  readonly reachable: boolean;
}

/** Why a receiver gets nothing; undefined when it does. Webhooks go to this machine, unless others can reach it, and to the hosts that were allowed. */
export function reasonNotAllowed(url: string, { webhookHosts, reachable }: ReceiverPolicy): string | undefined {
  const { hostname, username, password } = new URL(url);
  if (reachable && `${username}${password}` !== "") {
    return "other machines can reach this mock, so no credentials are sent; leave them out of the URL";
  }
  if (isNamed(hostname, webhookHosts) || (!reachable && isLoopback(hostname))) return undefined;
  const where = reachable
    ? "other machines can reach this mock, so webhooks go to named hosts only"
    : "webhooks go to this machine only";
  return `${where}; --allow-webhook-host ${shortened(withoutBrackets(hostname), LONGEST_SHOWN)} allows this one`;
}

const LONGEST_SHOWN = 80;

/** What is told to whoever subscribes a URL that gets nothing. */
export function undeliverable(url: string, policy: ReceiverPolicy): string | undefined {
  const reason = reasonNotAllowed(url, policy);
  return reason === undefined ? undefined : `Nothing will be delivered: ${reason}.`;
}

/** Whether a host is an address of a private network, and neither this machine nor allowed by name. */
export function isPrivateHost(hostname: string, webhookHosts: readonly string[]): boolean {
  return isPrivateAddress(withoutBrackets(hostname)) && !isLoopback(hostname) && !isNamed(hostname, webhookHosts);
}

function isNamed(hostname: string, webhookHosts: readonly string[]): boolean {
  return webhookHosts.some((host) => withoutBrackets(host.toLowerCase()) === withoutBrackets(hostname));
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, "$1");
}
