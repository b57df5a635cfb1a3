import { milliseconds } from "../milliseconds";
import type { WebhookFault } from "../webhook-fate";

export const reorder: WebhookFault = (fate, rule) => ({
  ...fate,
  waitsMs: (fate.waitsMs ?? 0) + milliseconds(rule, 0),
});
