import type { Message } from "../../fixtures/records";

/** How long a message is pending, in ms of the sandbox's clock (A-delivery). */
export const DELIVERY_MS = 500;

/** The message as it is by now: what was pending may have been delivered meanwhile. */
export function settled(message: Message, now: number): Message {
  const due = message.deliveryStatus === "pending" && message.deliveredAt !== null && message.deliveredAt <= now;
  return due ? { ...message, deliveryStatus: "delivered" } : message;
}
