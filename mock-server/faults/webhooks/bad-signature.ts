import type { WebhookFault } from "../webhook-fate";

export const badSignature: WebhookFault = (fate) => ({ ...fate, isSignedWell: false });
