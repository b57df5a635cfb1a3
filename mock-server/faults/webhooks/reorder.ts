import { milliseconds } from "../milliseconds";
import type { WebhookFault } from "../webhook-fate";

export const reorder: WebhookFault = (fate, rule) => ({
  ...fate,
  letsNextPass: true,
  delayMs: fate.delayMs + milliseconds(rule, 0),
});
