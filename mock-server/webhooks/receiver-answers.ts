import type { Delivery } from "../world/delivery-log";

/** What a receiver's answer means for a delivery: it has arrived, may be tried again, or is refused for good. */
export type Verdict = "received" | "again" | "final";

/** 2xx is received; 429 and 5xx are worth another attempt, where there is one; anything else is final (A-webhook-success). */
export function verdictOf(status: number): Verdict {
  if (status >= 200 && status < 300) return "received";
  return status === 429 || status >= 500 ? "again" : "final";
}

/** Says why a receiver has refused a delivery, by what is known of that and whether its subscription has a secret. */
export function describeRefusal(
  status: number,
  { id, subscriptionId, effect }: Pick<Delivery, "id" | "subscriptionId" | "effect">,
  isSigned: boolean,
): string {
  const answered = `the receiver answered ${status}`;
  if (isSigned && effect?.isSignedWell === false) return `${answered} to what a fault had signed badly`;
  if (status !== 401 && status !== 403) return answered;
  if (!isSigned) return `${answered}; subscription ${subscriptionId} has no secret, so nothing was signed`;
  const ways = "over the raw bytes of the body, before they are parsed, and with the secret of this subscription";
  return `${answered}; if it checks the signature, it must do so ${ways} (POST /__mock/deliveries/${id}/verify {"secret"} tells whether it has that)`;
}

/** Whether the address of a host was not to be found, which is no reason to try again. */
export function isNowhere(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).syscall === "getaddrinfo";
}

/** Why there was no answer. */
export function describeFailure(url: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const { host, hostname } = new URL(url);
  if (code === "EPROTO" && SPEAKS_HTTP.test(message))
    return `your receiver, ${host}, speaks http, and the URL says https (${code})`;
  if (code === "ECONNREFUSED") return `connection refused by ${host} (${code})`;
  if (code === "ECONNRESET") return `connection closed by ${host} (${code})`;
  if (code === "ENOTFOUND") return `host ${hostname} not found (${code})`;
  const [line = ""] = message.split("\n");
  return line || code || String(error);
}

/** OpenSSL's words for bytes that are no TLS. */
const SPEAKS_HTTP = /wrong version number|packet length too long|http request/;
