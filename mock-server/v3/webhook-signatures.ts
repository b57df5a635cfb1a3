import { createHash, createHmac } from "node:crypto";
import type { WebhookSignature } from "../server/api-version";
import type { Delivery } from "../world/delivery-log";
import type { Subscription } from "../world/model";
import type { World } from "../world/world";
import { USUAL_ROUTING_HEADER } from "./routing-headers";

const SECRET_PREFIX = "whsec_";

/** A secret as the vendor makes them: 32 bytes in base64, behind a prefix. */
export function newSecret(source: string): string {
  return `${SECRET_PREFIX}${createHash("sha256").update(source).digest("base64")}`;
}

/** That of Standard Webhooks, and the one before it, which has another key, text and form. */
export const signatures: readonly WebhookSignature[] = [
  {
    header: "webhook-signature",
    method: `the HMAC-SHA256 of {webhook-id}.{webhook-timestamp}.{raw body}, its key the base64 after ${SECRET_PREFIX}`,
    signedAt: (headers) => Number(headers["webhook-timestamp"]) * 1000,
    sign(secret, { eventId, body }, at) {
      const key = Buffer.from(secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret, "base64");
      return `v1,${createHmac("sha256", key)
        .update(`${eventId}.${seconds(at)}.${body}`)
        .digest("base64")}`;
    },
  },
  {
    header: "X-Webhook-Signature",
    method: `the hexadecimal HMAC-SHA256 of {X-Webhook-Timestamp}.{raw body}, its key the secret as it is, ${SECRET_PREFIX} included`,
    signedAt: (headers) => Number(headers["x-webhook-timestamp"]) * 1000,
    sign: (secret, { body }, at) =>
      createHmac("sha256", secret)
        .update(`${seconds(at)}.${body}`)
        .digest("hex"),
  },
];

const ROUTING_KEY_DIGITS = 16;

/** What stands above a webhook beside its signatures. */
export function webhookHeaders(
  { publicIds }: Pick<World, "publicIds">,
  { eventId, eventType, about: { chatId } }: Pick<Delivery, "eventId" | "eventType" | "about">,
  { id, routing }: Pick<Subscription, "id" | "routing">,
  at: number,
): Record<string, string> {
  const chat = chatId === undefined ? undefined : publicIds.uuidOf("chat", chatId);
  return {
    // A-v3-routing-headers
    ...(chat !== undefined && { [routing?.id ?? USUAL_ROUTING_HEADER]: chat }),
    ...(chat !== undefined && routing?.key != null && { [routing.key]: routingKey(chat) }),
    "webhook-id": eventId,
    "webhook-timestamp": seconds(at),
    "X-Webhook-Event": eventType,
    "X-Webhook-Subscription-ID": publicIds.uuidOf("subscription", id),
    "X-Webhook-Timestamp": seconds(at),
  };
}

function routingKey(chat: string): string {
  return createHash("sha256").update(chat).digest("hex").slice(0, ROUTING_KEY_DIGITS);
}

function seconds(at: number): string {
  return String(Math.floor(at / 1000));
}
