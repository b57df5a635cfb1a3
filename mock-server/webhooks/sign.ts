import { createHmac } from "node:crypto";

/** What `X-Webhook-Signature` says of a body: `sha256=` and the hexadecimal HMAC of its bytes. */
export function sign(secret: string, body: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}
