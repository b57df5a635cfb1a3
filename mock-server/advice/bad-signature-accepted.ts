import { BAD_SIGNATURE } from "../../fixtures/resolve/fault-kinds";
import type { AdviceRule } from "./advice-rule";

/** A receiver that takes what is not signed by its secret, so that anybody can send it anything. */
export const badSignatureAccepted: AdviceRule = {
  id: "bad-signature-accepted",
  one: "badly signed webhook was accepted",
  many: "badly signed webhooks were accepted",
  remedy:
    "Compare X-Webhook-Signature with sha256= and the hexadecimal HMAC-SHA256 of the raw body under your secret, and answer 401 when they differ, before you read the event.",
  find({ deliveries }) {
    return deliveries
      .flatMap(({ id, eventType, attempts }) =>
        attempts
          .filter(({ fault, status = 0 }) => fault === BAD_SIGNATURE && status >= 200 && status < 300)
          .map(({ at, status }) => ({ deliveries: [id], at, what: `a badly signed ${eventType} was answered ${status}` })),
      )
      .sort((a, b) => a.at - b.at);
  },
};
