import { checkValue } from "./checking/check-value";
import type { ContractViolation } from "./checking/contract-violation";
import { reasonOf } from "./checking/reason-of";
import { WEBHOOK_EVENTS } from "./generated/v2/enumerations";

/** One way in which a webhook event breaks the contract. */
export interface EventViolation extends ContractViolation {
  readonly event: string;
  /** As a sentence that may begin with the pointer. */
  readonly reason: string;
}

/** The ways in which the parsed body of a webhook breaks the contract of its event, fields that the contract does not know included. */
export function checkEvent(event: string, body: unknown): EventViolation[] {
  const isKnown = (WEBHOOK_EVENTS as readonly string[]).includes(event);
  const violations = isKnown ? checkValue("response", event, body) : undefined;
  return (violations ?? [unknownEvent(event)]).map((violation) => ({ event, ...violation, reason: reasonOf(violation) }));
}

function unknownEvent(event: string): ContractViolation {
  return {
    rule: "enum",
    pointer: "/event_type",
    expected: `one of ${WEBHOOK_EVENTS.join(", ")}`,
    received: event,
    clause: "#/components/schemas/WebhookEventType",
  };
}
