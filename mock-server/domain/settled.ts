import type { Message } from "../../fixtures/records";

/** The message as it is by now: what was pending may have been delivered meanwhile (A-delivery). */
export function settled(message: Message, now: number): Message {
  const due = message.deliveryStatus === "pending" && message.deliveredAt !== null && message.deliveredAt <= now;
  return due ? { ...message, deliveryStatus: "delivered" } : message;
}
