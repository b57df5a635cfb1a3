import type { Law } from "../law";
import { law28 } from "./contacts/28-contact-by-any-key";
import { law29 } from "./contacts/29-contact-by-either-key";
import { law30 } from "./contacts/30-contact-by-any-format";
import { law31 } from "./contacts/31-contact-reads-back";
import { law32 } from "./contacts/32-patch-keeps-the-rest";
import { law33 } from "./contacts/33-put-is-patch";
import { law34 } from "./contacts/34-deleted-means-gone";
import { law35 } from "./contacts/35-refused-update";
import { law65 } from "./contacts/65-refused-contacts";
import { law24 } from "./errors/24-token-required";
import { law25 } from "./errors/25-wrong-token-refused";
import { law26 } from "./errors/26-envelope-of-each-group";
import { law64 } from "./errors/64-nothing-in-no-chat";
import { law01 } from "./find-chat/01-find-ignores-order";
import { law02 } from "./find-chat/02-find-ignores-number-format";
import { law03 } from "./find-chat/03-find-matches-exactly";
import { law04 } from "./find-chat/04-find-collapses-duplicates";
import { law05 } from "./find-chat/05-find-requires-participants";
import { law06 } from "./find-chat/06-find-ignores-line-format";
import { law07 } from "./find-chat/07-find-agrees-with-get";
import { law08 } from "./find-chat/08-find-agrees-with-list";
import { law66 } from "./find-chat/66-find-keeps-to-the-line";
import { law67 } from "./find-chat/67-find-reads-every-bracket";
import { law27 } from "./lines/27-lines-are-numbers";
import { law40 } from "./lines/40-forwarding";
import { law62 } from "./lines/62-availability";
import { law70 } from "./lines/70-availability-limit";
import { law09 } from "./lists/09-list-agrees-with-get";
import { law10 } from "./lists/10-list-holds-what-was-asked";
import { law11 } from "./lists/11-group-means-several";
import { law12 } from "./lists/12-pages-partition";
import { law13 } from "./lists/13-total-count";
import { law14 } from "./lists/14-total-pages";
import { law15 } from "./lists/15-page-past-end";
import { law16 } from "./lists/16-per-page-capped";
import { law17 } from "./lists/17-page-defaults";
import { law58 } from "./lists/58-names-are-formatted";
import { law18 } from "./messages/18-sort-reverses";
import { law19 } from "./messages/19-before-and-after-partition";
import { law20 } from "./messages/20-windows-nest";
import { law21 } from "./messages/21-message-agrees-with-list";
import { law22 } from "./messages/22-message-belongs-to-its-chat";
import { law23 } from "./messages/23-reading-changes-nothing";
import { law59 } from "./messages/59-messages-fit-their-chat";
import { law41 } from "./sending/41-created-chats-are-found";
import { law42 } from "./sending/42-create-finds-or-creates";
import { law43 } from "./sending/43-keys-send-once";
import { law44 } from "./sending/44-replays-answer-200";
import { law45 } from "./sending/45-keys-count-everywhere";
import { law46 } from "./sending/46-counts-grow";
import { law47 } from "./sending/47-edits-keep-the-rest";
import { law48 } from "./sending/48-reactions-leave-no-trace";
import { law49 } from "./sending/49-reading-reads-all";
import { law50 } from "./sending/50-refused-creates-send-nothing";
import { law51 } from "./sending/51-typing-starts-and-stops";
import { law52 } from "./sending/52-migrations-repeat";
import { law60 } from "./sending/60-messages-come-and-go";
import { law61 } from "./sending/61-groups-keep-their-names";
import { law63 } from "./sending/63-cards-are-shared";
import { law69 } from "./sending/69-files-arrive";
import { law71 } from "./sending/71-created-with-files";
import { law36 } from "./webhooks/36-secrets-stay-secret";
import { law37 } from "./webhooks/37-signatures-verify";
import { law38 } from "./webhooks/38-events-agree-with-rest";
import { law39 } from "./webhooks/39-deleted-contacts";
import { law53 } from "./webhooks/53-events-are-sorted";
import { law54 } from "./webhooks/54-events-name-handles";
import { law55 } from "./webhooks/55-subscriptions-get-their-events";
import { law56 } from "./webhooks/56-each-subscription-is-delivered-to";
import { law57 } from "./webhooks/57-subscriptions-change";
import { law68 } from "./webhooks/68-failed-deliveries";

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
