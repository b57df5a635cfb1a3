import type { WebhookFault } from "../webhook-fate";

export const duplicate: WebhookFault = (fate) => ({ ...fate, copies: fate.copies * 2 });
