import type * as CheckEvent from "../../contracts/check-event";
import { formatTimestamp } from "../../contracts/timestamp";
import type { Attempt, Delivery } from "../world/delivery-log";
import type { components } from "./generated/types";

type Schemas = components["schemas"];

/** A delivery as the control API shows it; the body is the text that is sent, byte for byte. */
export function deliveryView(delivery: Delivery): Schemas["Delivery"] {
  return {
    id: delivery.id,
    subscription_id: delivery.subscriptionId,
    event: delivery.eventType,
    event_id: delivery.eventId,
    url: delivery.url,
    status: shownStatus(delivery),
    created_at: formatTimestamp(delivery.createdAt),
    next_attempt_at: delivery.nextAttemptAt === null ? null : formatTimestamp(delivery.nextAttemptAt),
    attempts: delivery.attempts.map(attemptView),
    body: delivery.body,
    fault: delivery.effect?.faults ?? null,
    contract: verdictOf(delivery),
  };
}

/** A delivery that failed and will be tried again is no longer merely pending. */
export function shownStatus({ status, attempts }: Delivery): Schemas["Delivery"]["status"] {
  return status === "pending" && attempts.length > 0 ? "retrying" : status;
}

function attemptView({ at, ms, status, error, headers }: Attempt): Schemas["Delivery"]["attempts"][number] {
  return {
    at: formatTimestamp(at),
    ms: Math.round(ms * 1000) / 1000,
    status: status ?? null,
    error: error ?? null,
    headers: { ...headers },
  };
}

function verdictOf({ eventType, body }: Delivery): Schemas["ContractVerdict"] {
  const { checkEvent } = require("../../contracts/check-event") as typeof CheckEvent; // 40 ms, and only tests look at it
  const violations = checkEvent(eventType, JSON.parse(body));
  return { valid: violations.length === 0, violations: violations.map(({ pointer, reason }) => ({ pointer, reason })) };
}
