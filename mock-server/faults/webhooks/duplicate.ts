import type { WebhookFault } from "../webhook-fate";

/** Once more for each rule: to double what the rules before it have doubled would never end. What is dropped stays so. */
export const duplicate: WebhookFault = (fate) => ({ ...fate, copies: fate.copies === 0 ? 0 : fate.copies + 1 });
