import { STATUS_CODES } from "node:http";
import type { OperationId } from "../../../contracts/generated/v2/operations";
import { chatNotFound, contactNotFound, type Failure, failure } from "../../v2/errors";
import type { AnswerFault } from "../answer-fault";
import { expiredToken } from "./expired-token";
import { rateLimit } from "./rate-limit";

/** What the vendor documents to the letter. */
const documented: Partial<Record<OperationId, Failure>> = {
  getChat: chatNotFound,
  getContact: contactNotFound,
  updateContact: contactNotFound,
  patchContact: contactNotFound,
  deleteContact: contactNotFound,
};

export const status: AnswerFault = {
  refuse(rule, operation) {
    const { status: code = 500, detail } = rule;
    if (detail === undefined && code === 404 && documented[operation]) return documented[operation];
    const like = { 401: expiredToken, 429: rateLimit }[code]?.refuse?.(rule, operation);
    const text = detail ?? like?.detail ?? STATUS_CODES[code] ?? `Status ${code}`;
    return { ...(like ?? failure(code, text)), detail: text };
  },
};
