import { STATUS_CODES } from "node:http";
import { type AssumptionId, type OperationId, operations } from "../../contracts/generated/v2/operations";
import type { FaultRefusal } from "../faults/answer-faults";
import { Failure, failure } from "../server/failure";

interface Refusal {
  readonly status: number;
  /** What it says; `%` stands for the field. */
  readonly detail: string;
  /** What it rests on, beside A-error-wording; undefined when the vendor documents it to the letter. */
  readonly assumes: readonly AssumptionId[] | undefined;
  /** The code and the long explanation of the StandardError envelope, where the vendor documents them. */
  readonly standard?: { readonly code: string; readonly explanation: string };
}

/** Every refusal by an operation. */
const REFUSALS = {
  chatNotFound: { status: 404, detail: "Chat not found", assumes: undefined },
  contactNotFound: {
    status: 404,
    detail: "Contact not found",
    assumes: undefined,
    standard: {
      code: "CONTACT_NOT_FOUND",
      explanation: "The requested contact does not exist or is not accessible to your organization",
    },
  },
  messageNotFound: { status: 404, detail: "Chat message not found", assumes: ["A-404-others"] },
  reactionNotFound: { status: 404, detail: "Reaction not found", assumes: ["A-404-others"] },
  reactionNotThere: { status: 404, detail: "Reaction not found", assumes: ["A-reaction-one"] },
  phoneNumberNotFound: { status: 404, detail: "Phone number not found", assumes: ["A-404-more"] },
  phoneNumberForeign: { status: 403, detail: "id names a phone number that is not yours", assumes: [] },
  subscriptionNotFound: { status: 404, detail: "Webhook subscription not found", assumes: ["A-404-others"] },

  numberInvalid: { status: 422, detail: "% is not a valid phone number", assumes: ["A-number-invalid"] },
  numberInvalidInQuery: { status: 400, detail: "% is not a valid phone number", assumes: ["A-number-invalid"] },
  forwardingNumberInvalid: { status: 422, detail: "% is not a valid phone number", assumes: ["A-forwarding-number"] },
  contactNumberInvalid: {
    status: 422,
    detail: "% is not a valid phone number",
    assumes: ["A-contact-status", "A-number-invalid"],
  },
  contactEmailInvalid: {
    status: 422,
    detail: "% is not a valid e-mail address",
    assumes: ["A-contact-status", "A-contact-values"],
  },
  contactWithoutIdentity: {
    status: 422,
    detail: "contact needs at least one of first_name, last_name, email, phone_number",
    assumes: ["A-contact-status", "A-contact-values"],
  },
  userUnknown: {
    status: 422,
    detail: "user_email names no user of your organization",
    assumes: ["A-contact-status"],
  },
  nothingToFindBy: { status: 400, detail: "email or phone_number is required", assumes: ["A-query-missing"] },
  momentInvalid: { status: 400, detail: "% must be a date-time", assumes: ["A-message-order"] },

  sendFromUnknown: { status: 422, detail: "send_from is not one of your phone numbers", assumes: ["A-create-status"] },
  onlySelfNamed: {
    status: 422,
    detail: "chat.phone_numbers names nobody but your own phone number",
    assumes: ["A-create-self"],
  },
  textBlank: { status: 422, detail: "% must not be blank", assumes: ["A-text-blank"] },
  messageRefused: { status: 422, detail: "The message was refused", assumes: [] },
  messageOfOthers: {
    status: 422,
    detail: "Only messages sent from your own phone number can be edited",
    assumes: ["A-edit-own"],
  },
  urlInvalid: { status: 422, detail: "% is not an http or https URL", assumes: ["A-create-status"] },
  sharingDisabled: {
    status: 422,
    detail: "Contact sharing is not enabled for your organization",
    assumes: ["A-share-disabled"],
  },
  contactCardMissing: {
    status: 422,
    detail: "The contact card of this phone number has not been set up",
    assumes: ["A-share-disabled"],
  },
  tooManyChecks: {
    status: 429,
    detail: "phone_number may be checked once every 10 seconds per line",
    assumes: ["A-availability-scope"],
  },
} as const satisfies Readonly<Record<string, Refusal>>;

type RefusalName = keyof typeof REFUSALS;

/** What refusals rest on that are decided before an operation is asked; their wording comes with what was wrong. */
const REQUEST_REFUSALS: Readonly<Record<string, readonly AssumptionId[]>> = {
  parameterRepeated: ["A-repeated-parameter"],
  parameterMixed: ["A-mixed-parameter"],
  participantsMisspelt: ["A-find-missing", "A-mixed-parameter"],
  participantsMissing: ["A-find-missing"],
  parameterMissing: ["A-query-missing"],
  pageInvalid: ["A-page-invalid"],
  orderInvalid: ["A-message-order"],
  bodyInvalid: ["A-create-status"],
  contactInvalid: ["A-contact-status"],
  contentType: ["A-content-type"],
  bodyTooLarge: ["A-body-limit"],
  formInvalid: ["A-create-status"],
  formFieldRepeated: ["A-form-urlencoded"],
  fileTooLarge: ["A-attachment-limit"],
  tooManyFiles: ["A-attachment-count"],
  unauthorized: ["A-auth-everywhere"],
  routeUnknown: ["A-404-others"],
  methodUnknown: ["A-method-unknown"],
};

/** A refusal of the table. `field` is named in what it says, `given` is what cannot be used. */
export function refuse<Name extends RefusalName>(
  name: Name,
  { field = "", given, waitMs }: { field?: string; given?: string; waitMs?: number } = {},
): Failure<(typeof REFUSALS)[Name]["status"]> {
  const { status, detail } = REFUSALS[name];
  const retryAfter = waitMs === undefined ? undefined : Math.ceil(waitMs / 1000);
  return new Failure(
    status,
    detail.replace("%", () => field),
    { reason: name, given, retryAfter },
  );
}

/** What a fault answers in the place of an operation, in the vendor's words where it has none of its own. */
export function faultFailure(operation: string, { status, detail, retryAfterS, by }: FaultRefusal): Failure {
  const text = detail ?? STATUS_CODES[status] ?? `Status ${status}`;
  if (by === "gateway") return new Failure(status, text);
  if (status === 401) return new Failure(401, detail ?? "The token has expired", { reason: "unauthorized" });
  if (status === 429) return failure(429, detail ?? "Too many requests", { retryAfter: Math.ceil(retryAfterS) });
  const documented = status === 404 && detail === undefined ? DOCUMENTED_404[operation] : undefined;
  return documented === undefined ? failure(status, text) : refuse(documented);
}

/** What the vendor documents to the letter. */
const DOCUMENTED_404: Readonly<Record<string, "chatNotFound" | "contactNotFound">> = {
  getChat: "chatNotFound",
  getContact: "contactNotFound",
  updateContact: "contactNotFound",
  patchContact: "contactNotFound",
  deleteContact: "contactNotFound",
} satisfies Partial<Record<OperationId, "chatNotFound" | "contactNotFound">>;

/** What a refusal rests on. */
export function refusalAssumptions({ reason, operation, given = "" }: RefusedBy): readonly AssumptionId[] {
  if (reason === "unauthorized") return operation === "listChats" ? [] : ["A-auth-everywhere"];
  if (reason === "bodyUnreadable") return [operation && isOfContacts(operation) ? "A-contact-status" : "A-create-status"];
  if (reason === "chatNotFound") return chatNotFoundAssumptions(operation);
  if (NUMBERS.includes(reason) && isWithoutArea(given)) return ["A-number-invalid", "A-number-area"];
  return rowOf(reason)?.assumes ?? REQUEST_REFUSALS[reason] ?? [];
}

interface RefusedBy {
  readonly reason: string;
  readonly operation: string | undefined;
  /** What cannot be used. */
  readonly given: string | undefined;
}

const NUMBERS = ["numberInvalid", "numberInvalidInQuery"];

/** North American area codes begin with 2 to 9 (A-number-area). */
export function isWithoutArea(number: string): boolean {
  return /^(?:\+?1)?[01]\d{9}$/.test(number);
}

function isOfContacts(operation: string): boolean {
  return operations[operation as OperationId].path.startsWith("/contacts");
}

/** A chat's 404 is documented for the operations of chats alone. */
function chatNotFoundAssumptions(operation: string | undefined): readonly AssumptionId[] {
  if (operation === "listMessages" || operation === "sendMessage") return ["A-404-more"];
  return ["getMessage", "editMessage", "deleteMessage"].includes(operation ?? "") ? ["A-404-others"] : [];
}

export function isDocumented(reason: string): boolean {
  const row = rowOf(reason);
  return row !== undefined && row.assumes === undefined;
}

/** The body of a failure, in the vendor's two shapes: `Error` for chats, messages, reactions and lines, `StandardError` for contacts and subscriptions. */
export function envelope({ status, detail, reason }: Failure, operation?: string): object {
  const title = STATUS_CODES[status] ?? "Error";
  const code = title.toLowerCase().replaceAll(/[^a-z]+/g, "_");
  const isStandard = operation !== undefined && operations[operation as OperationId].envelope === "StandardError";
  if (!isStandard) return { errors: [{ status, code, title, detail }] };
  const standard = reason === undefined ? undefined : rowOf(reason)?.standard;
  return {
    status: "error",
    error_code: standard?.code ?? code.toUpperCase(),
    message: standard ? detail : title,
    errors: [standard?.explanation ?? detail],
  };
}

function rowOf(reason: string): Refusal | undefined {
  return Object.hasOwn(REFUSALS, reason) ? REFUSALS[reason as RefusalName] : undefined;
}
