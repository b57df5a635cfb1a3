import { formatTimestamp } from "../../contracts/timestamp";
import type { Attempt, Delivery } from "../state/delivery-log";

/** A delivery as the control API shows it; the body is the text that was sent, byte for byte. */
export function deliveryView(delivery: Delivery) {
  return {
    id: delivery.id,
    subscription_id: delivery.subscriptionId,
    event: delivery.eventType,
    event_id: delivery.eventId,
    url: delivery.url,
    status: delivery.status,
    created_at: formatTimestamp(delivery.createdAt),
    next_attempt_at: delivery.nextAttemptAt === null ? null : formatTimestamp(delivery.nextAttemptAt),
    attempts: delivery.attempts.map(attemptView),
    body: delivery.body,
  };
}

function attemptView({ at, ms, status, error, headers }: Attempt) {
  return {
    at: formatTimestamp(at),
    ms: Math.round(ms * 1000) / 1000,
    status: status ?? null,
    error: error ?? null,
    headers: { ...headers },
  };
}
