import type { AdviceRule } from "./advice-rule";
import { assumptionsMet } from "./assumptions-met";
import { badSignatureAccepted } from "./bad-signature-accepted";
import { laterPagesUnread } from "./later-pages-unread";
import { messageRepeated } from "./message-repeated";
import { plusNotEncoded } from "./plus-not-encoded";
import { polling } from "./polling";
import { retryAfterIgnored } from "./retry-after-ignored";
import { slowReceiver } from "./slow-receiver";

/** What a client may do wrong, the worst first. A client that does it right is found by none. */
export const adviceRules: readonly AdviceRule[] = [
  messageRepeated,
  badSignatureAccepted,
  retryAfterIgnored,
  slowReceiver,
  laterPagesUnread,
  polling,
  plusNotEncoded,
];

/** What every client should know. No mistakes of its own. */
export const noteRules: readonly AdviceRule[] = [assumptionsMet];
