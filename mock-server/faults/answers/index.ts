import type { AnswerFaultKind } from "../../../fixtures/resolve/fault-kinds";
import type { AnswerFault } from "../answer-fault";
import { drip } from "./drip";
import { emptyBody } from "./empty-body";
import { expiredToken } from "./expired-token";
import { htmlErrorPage } from "./html-error-page";
import { invalidJson } from "./invalid-json";
import { latency } from "./latency";
import { rateLimit } from "./rate-limit";
import { resetAfterHeaders } from "./reset-after-headers";
import { resetBeforeHeaders } from "./reset-before-headers";
import { staleRead } from "./stale-read";
import { status } from "./status";
import { truncatedBody } from "./truncated-body";
import { wrongContentType } from "./wrong-content-type";

/** The faults that befall answers, by their names in a rule. */
export const answerFaults: Readonly<Record<AnswerFaultKind, AnswerFault>> = {
  status,
  "rate-limit": rateLimit,
  "expired-token": expiredToken,
  latency,
  drip,
  "reset-before-headers": resetBeforeHeaders,
  "reset-after-headers": resetAfterHeaders,
  "truncated-body": truncatedBody,
  "invalid-json": invalidJson,
  "empty-body": emptyBody,
  "wrong-content-type": wrongContentType,
  "html-error-page": htmlErrorPage,
  "stale-read": staleRead,
};
