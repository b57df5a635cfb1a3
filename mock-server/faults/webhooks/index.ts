import type { WebhookFaultKind } from "../../../fixtures/resolve/fault-kinds";
import type { WebhookFault } from "../webhook-fate";
import { badSignature } from "./bad-signature";
import { delay } from "./delay";
import { drop } from "./drop";
import { duplicate } from "./duplicate";
import { reorder } from "./reorder";

/** The faults that befall webhooks, by their names in a rule. */
export const webhookFaults: Readonly<Record<WebhookFaultKind, WebhookFault>> = {
  "webhook-drop": drop,
  "webhook-duplicate": duplicate,
  "webhook-reorder": reorder,
  "webhook-delay": delay,
  "webhook-bad-signature": badSignature,
};
