import type { WebhookFault } from "../webhook-fate";

export const drop: WebhookFault = (fate) => ({ ...fate, copies: 0 });
