import { milliseconds } from "../milliseconds";
import type { WebhookFault } from "../webhook-fate";

export const delay: WebhookFault = (fate, rule, share) => ({ ...fate, delayMs: fate.delayMs + milliseconds(rule, share) });
