import type { Law } from "../law";
import { law28 } from "./contacts/28-contact-by-any-key";
import { law29 } from "./contacts/29-contact-by-either-key";
import { law30 } from "./contacts/30-contact-by-any-format";
import { law31 } from "./contacts/31-contact-reads-back";
import { law32 } from "./contacts/32-update-keeps-other-fields";
import { law33 } from "./contacts/33-put-equals-patch";
import { law34 } from "./contacts/34-deleted-contact-is-gone";
import { law35 } from "./contacts/35-refused-update-changes-nothing";
import { law65 } from "./contacts/65-refused-contacts";
import { law24 } from "./errors/24-token-required";
import { law25 } from "./errors/25-wrong-token-refused";
import { law26 } from "./errors/26-error-envelopes";
import { law64 } from "./errors/64-unknown-chat-is-refused";
import { law01 } from "./find-chat/01-find-ignores-order";
import { law02 } from "./find-chat/02-find-ignores-number-format";
import { law03 } from "./find-chat/03-find-matches-exactly";
import { law04 } from "./find-chat/04-find-collapses-duplicates";
import { law05 } from "./find-chat/05-find-requires-participants";
import { law06 } from "./find-chat/06-find-ignores-line-format";
import { law07 } from "./find-chat/07-find-agrees-with-get";
import { law08 } from "./find-chat/08-find-agrees-with-list";
import { law66 } from "./find-chat/66-find-on-the-line-asked-for";
import { law67 } from "./find-chat/67-find-reads-encoded-brackets";
import { law27 } from "./lines/27-phone-numbers-are-e164";
import { law40 } from "./lines/40-forwarding";
import { law62 } from "./lines/62-availability-check";
import { law70 } from "./lines/70-availability-limit";
import { law09 } from "./lists/09-list-agrees-with-get";
import { law10 } from "./lists/10-listed-chats-involve-the-number";
import { law11 } from "./lists/11-group-has-several-participants";
import { law12 } from "./lists/12-pages-hold-each-entry-once";
import { law13 } from "./lists/13-total-count";
import { law14 } from "./lists/14-total-pages";
import { law15 } from "./lists/15-page-past-end";
import { law16 } from "./lists/16-per-page-capped";
import { law17 } from "./lists/17-page-defaults";
import { law58 } from "./lists/58-chat-without-contact-is-named-by-number";
import { law18 } from "./messages/18-sort-reverses";
import { law19 } from "./messages/19-before-after-or-at-a-time";
import { law20 } from "./messages/20-after-includes-later-after";
import { law21 } from "./messages/21-message-agrees-with-list";
import { law22 } from "./messages/22-message-belongs-to-its-chat";
import { law23 } from "./messages/23-reading-twice-gives-the-same";
import { law59 } from "./messages/59-messages-match-their-chat";
import { law41 } from "./sending/41-created-chats-are-found";
import { law42 } from "./sending/42-create-finds-or-creates";
import { law43 } from "./sending/43-idempotency-key-sends-once";
import { law44 } from "./sending/44-repeated-key-answers-200";
import { law45 } from "./sending/45-idempotency-key-in-every-chat";
import { law46 } from "./sending/46-sending-adds-one-message";
import { law47 } from "./sending/47-edit-keeps-other-fields";
import { law48 } from "./sending/48-removed-reaction-changes-nothing";
import { law49 } from "./sending/49-mark-as-read-marks-all";
import { law50 } from "./sending/50-refused-create-sends-nothing";
import { law51 } from "./sending/51-typing-starts-and-stops";
import { law52 } from "./sending/52-migrate-again-gives-same-id";
import { law60 } from "./sending/60-sent-message-is-listed-until-deleted";
import { law61 } from "./sending/61-new-group-has-its-name";
import { law63 } from "./sending/63-share-contact-card";
import { law69 } from "./sending/69-form-sends-text-and-file";
import { law71 } from "./sending/71-create-by-form-with-file";
import { law36 } from "./webhooks/36-secrets-stay-secret";
import { law37 } from "./webhooks/37-signatures-verify";
import { law38 } from "./webhooks/38-events-agree-with-get";
import { law39 } from "./webhooks/39-contact-deleted-event";
import { law53 } from "./webhooks/53-event-keys-are-sorted";
import { law54 } from "./webhooks/54-event-handles";
import { law55 } from "./webhooks/55-subscriptions-get-their-events";
import { law56 } from "./webhooks/56-two-subscriptions-two-deliveries";
import { law57 } from "./webhooks/57-subscription-update-and-delete";
import { law68 } from "./webhooks/68-failed-delivery-is-not-retried";

/** Every law, in the order of their numbers. */
// biome-ignore format: a row for each subject
export const laws: readonly Law[] = [
  law01, law02, law03, law04, law05, law06, law07, law08,
  law09, law10, law11, law12, law13, law14, law15, law16, law17,
  law18, law19, law20, law21, law22, law23,
  law24, law25, law26,
  law27,
  law28, law29, law30, law31, law32, law33, law34, law35,
  law36, law37, law38, law39,
  law40,
  law41, law42, law43, law44, law45, law46, law47, law48, law49, law50, law51, law52,
  law53, law54, law55, law56, law57,
  law58, law59, law60, law61, law62, law63,
  law64, law65, law66, law67, law68, law69,
  law70, law71,
];
