import type { Law } from "../law";
import { law01 } from "./law-01-find-ignores-order";
import { law02 } from "./law-02-find-ignores-number-format";
import { law03 } from "./law-03-find-matches-exactly";
import { law04 } from "./law-04-find-collapses-duplicates";
import { law05 } from "./law-05-find-requires-participants";
import { law06 } from "./law-06-find-ignores-line-format";
import { law07 } from "./law-07-find-agrees-with-get";
import { law08 } from "./law-08-find-agrees-with-list";
import { law09 } from "./law-09-list-agrees-with-get";
import { law10 } from "./law-10-list-holds-what-was-asked";
import { law11 } from "./law-11-group-means-several";
import { law12 } from "./law-12-pages-partition";
import { law13 } from "./law-13-total-count";
import { law14 } from "./law-14-total-pages";
import { law15 } from "./law-15-page-past-end";
import { law16 } from "./law-16-per-page-capped";
import { law17 } from "./law-17-page-defaults";
import { law18 } from "./law-18-sort-reverses";
import { law19 } from "./law-19-before-and-after-partition";
import { law20 } from "./law-20-windows-nest";
import { law21 } from "./law-21-message-agrees-with-list";
import { law22 } from "./law-22-message-belongs-to-its-chat";
import { law23 } from "./law-23-reading-changes-nothing";
import { law24 } from "./law-24-token-required";
import { law25 } from "./law-25-wrong-token-refused";
import { law26 } from "./law-26-envelope-of-each-group";
import { law27 } from "./law-27-lines-are-numbers";
import { law28 } from "./law-28-contact-by-any-key";
import { law29 } from "./law-29-contact-by-either-key";
import { law30 } from "./law-30-contact-by-any-format";
import { law31 } from "./law-31-contact-reads-back";
import { law32 } from "./law-32-patch-keeps-the-rest";
import { law33 } from "./law-33-put-is-patch";
import { law34 } from "./law-34-deleted-means-gone";
import { law35 } from "./law-35-refused-update";
import { law36 } from "./law-36-secrets-stay-secret";
import { law37 } from "./law-37-signatures-verify";
import { law38 } from "./law-38-events-agree-with-rest";
import { law39 } from "./law-39-deleted-contacts";
import { law40 } from "./law-40-forwarding";
import { law41 } from "./law-41-created-chats-are-found";
import { law42 } from "./law-42-create-finds-or-creates";
import { law43 } from "./law-43-keys-send-once";
import { law44 } from "./law-44-replays-answer-200";
import { law45 } from "./law-45-keys-count-everywhere";
import { law46 } from "./law-46-counts-grow";
import { law47 } from "./law-47-edits-keep-the-rest";
import { law48 } from "./law-48-reactions-leave-no-trace";
import { law49 } from "./law-49-reading-reads-all";
import { law50 } from "./law-50-refused-creates-send-nothing";
import { law51 } from "./law-51-typing-starts-and-stops";

/** Every law, in the order of their numbers. */
export const laws: readonly Law[] = [
  law01,
  law02,
  law03,
  law04,
  law05,
  law06,
  law07,
  law08,
  law09,
  law10,
  law11,
  law12,
  law13,
  law14,
  law15,
  law16,
  law17,
  law18,
  law19,
  law20,
  law21,
  law22,
  law23,
  law24,
  law25,
  law26,
  law27,
  law28,
  law29,
  law30,
  law31,
  law32,
  law33,
  law34,
  law35,
  law36,
  law37,
  law38,
  law39,
  law40,
  law41,
  law42,
  law43,
  law44,
  law45,
  law46,
  law47,
  law48,
  law49,
  law50,
  law51,
];
