import { STATUS_CODES } from "node:http";
import type { AssumptionId, OperationId } from "../../contracts/generated/v2/operations";
import type { FaultRefusal } from "../faults/answer-faults";
import { hints } from "./hints";
import type { Notes } from "./operation";

/** An answer that refuses, before it is put into the envelope of its operation's group. */
export interface Failure<Status extends number = number> extends Notes {
  readonly status: Status;
  /** What is wrong, naming the field. */
  readonly detail: string;
  /** The code and the long explanation of the StandardError envelope, where the vendor documents them. */
  readonly standard?: { readonly code: string; readonly explanation: string };
  /** How many seconds to wait before trying again. */
  readonly retryAfter?: number;
}

/** The documented answer for a chat that does not exist. */
export const chatNotFound: Failure<404> = { status: 404, detail: "Chat not found" };

/** As {@link chatNotFound}, where no 404 is documented. */
export const chatNotFoundAssumed: Failure<404> = { ...chatNotFound, assuming: ["A-404-more"] };

/** The documented answer for a contact that does not exist. */
export const contactNotFound: Failure<404> = {
  status: 404,
  detail: "Contact not found",
  standard: {
    code: "CONTACT_NOT_FOUND",
    explanation: "The requested contact does not exist or is not accessible to your organization",
  },
};

/** A failure whose wording we had to choose (A-error-wording). */
export function failure<Status extends number>(status: Status, detail: string, notes: Notes = {}): Failure<Status> {
  return { status, detail, hint: notes.hint, assuming: [...(notes.assuming ?? []), "A-error-wording" satisfies AssumptionId] };
}

export const messageNotFound: Failure<404> = failure(404, "Chat message not found", { assuming: ["A-404-others"] });
export const reactionNotFound: Failure<404> = failure(404, "Reaction not found", { assuming: ["A-404-others"] });
export const phoneNumberNotFound: Failure<404> = failure(404, "Phone number not found", { assuming: ["A-404-more"] });
export const subscriptionNotFound: Failure<404> = failure(404, "Webhook subscription not found", {
  assuming: ["A-404-others"],
});

const WITHOUT_AREA = /^(?:\+?1)?[01]\d{9}$/;

/** A number or e-mail address that cannot be read: 400 in a query, 422 in a body. */
export function invalidNumber<Status extends 400 | 422>(status: Status, field: string, raw: string): Failure<Status> {
  const notes: Notes = WITHOUT_AREA.test(raw)
    ? { assuming: ["A-number-invalid", "A-number-area"], hint: hints.numberWithoutArea }
    : { assuming: ["A-number-invalid"], hint: hints.numberWritten(raw) };
  return failure(status, `${field} is not a valid phone number`, notes);
}

/** More calls than a limit lets pass; `waitMs` is the time until it would (A-retry-after). */
export function tooManyRequests(detail: string, waitMs: number, { assuming = [], hint }: Notes): Failure<429> {
  const refusal = failure(429, detail, { assuming: [...assuming, "A-retry-after"], hint });
  return { ...refusal, retryAfter: Math.ceil(waitMs / 1000) };
}

/** What the vendor documents to the letter. */
const DOCUMENTED_404: Partial<Record<OperationId, Failure>> = {
  getChat: chatNotFound,
  getContact: contactNotFound,
  updateContact: contactNotFound,
  patchContact: contactNotFound,
  deleteContact: contactNotFound,
};

/** What a fault answers in the place of an operation, in the vendor's words where it has none of its own. */
export function faultFailure(operation: OperationId, { status, detail, retryAfterS, by }: FaultRefusal): Failure {
  const text = detail ?? STATUS_CODES[status] ?? `Status ${status}`;
  if (by === "gateway") return { status, detail: text };
  if (status === 401) {
    const assuming: AssumptionId[] = operation === "listChats" ? [] : ["A-auth-everywhere"];
    return failure(401, detail ?? "The token has expired", { assuming });
  }
  if (status === 429) return tooManyRequests(detail ?? "Too many requests", retryAfterS * 1000, {});
  const documented = status === 404 && detail === undefined ? DOCUMENTED_404[operation] : undefined;
  return documented ?? failure(status, text);
}
