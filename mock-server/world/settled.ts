import type { Message } from "./model";

/** The message as it is by now: what was pending may have been delivered meanwhile (A-delivery), or have failed. */
export function settled(message: Message, now: number): Message {
  if (message.deliveryStatus !== "pending") return message;
  const { failsAt, ...rest } = message;
  if (message.deliveredAt !== null && message.deliveredAt <= now) return { ...message, deliveryStatus: "delivered" };
  return failsAt !== undefined && failsAt <= now ? { ...rest, deliveryStatus: "service_unavailable" } : message;
}
