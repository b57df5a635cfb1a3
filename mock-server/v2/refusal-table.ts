import { type AssumptionId, type OperationId, operations } from "../../contracts/generated/v2/operations";

/** One refusal. What it leaves out follows from its status (A-error-wording). */
export interface Refusal {
  readonly status: number;
  /** The code of the Error envelope, whose title is the code in words; in capitals that of a StandardError. */
  readonly code?: string;
  /** The message of a StandardError. */
  readonly message?: string;
  /** The detail of an Error, the first of the errors of a StandardError. `%` stands for what it is about, a field mostly. */
  readonly detail: string;
  /** Whether the vendor documents the body to the letter. */
  readonly isDocumented?: true;
  /** What it rests on, beside A-error-wording where the body is not documented. */
  readonly assumes?: readonly AssumptionId[] | ((operation: OperationId | undefined) => readonly AssumptionId[]);
}

/** What is said where something failed. */
export const INTERNAL_ERROR = "Internal server error. Please try again or contact support if the issue persists.";

/** Every refusal of the vendor's API. */
export const REFUSALS = {
  unauthorized: {
    status: 401,
    code: "unauthorized",
    detail: "Invalid or missing authentication token",
    isDocumented: true,
    assumes: (operation) => (operation === "listChats" ? [] : ["A-auth-everywhere", "A-auth-envelope"]),
  },
  chatNotFound: {
    status: 404,
    code: "not_found",
    detail: "Chat not found",
    isDocumented: true,
    assumes: (operation) => (isOfMessages(operation) ? ["A-404-others"] : []),
  },
  /** Told without an envelope, in the form of the success. */
  chatNotMigratable: {
    status: 422,
    detail: "The chat cannot be migrated",
    isDocumented: true,
    assumes: ["A-migrate"],
  },
  sendFromMissing: {
    status: 400,
    code: "missing_phone",
    detail: "Missing required parameter: send_from",
    isDocumented: true,
  },
  participantsMissing: {
    status: 422,
    code: "invalid_params",
    detail: "Phone number is required",
    isDocumented: true,
    assumes: ["A-create-numbers"],
  },
  phoneNumberForeign: {
    status: 403,
    code: "forbidden",
    detail: "This phone number doesn't belong to your organization",
    isDocumented: true,
  },
  phoneNumberUnknown: {
    status: 403,
    code: "forbidden",
    detail: "This phone number doesn't belong to your organization",
    isDocumented: true,
    assumes: ["A-line-unknown"],
  },
  forwardingNumberInvalid: {
    status: 422,
    code: "invalid_request",
    detail: "Forwarding number is invalid",
    isDocumented: true,
    assumes: ["A-forwarding-number"],
  },
  contactNotFound: {
    status: 404,
    code: "CONTACT_NOT_FOUND",
    message: "Contact not found",
    detail: "The requested contact does not exist or is not accessible to your organization",
    isDocumented: true,
  },
  contactWithoutIdentity: {
    status: 422,
    code: "VALIDATION_ERROR",
    message: "Contact validation failed",
    detail: "At least one of the name, email, or phone number fields must be filled out for the contact",
    isDocumented: true,
    assumes: ofContactUpdates,
  },
  userUnknown: {
    status: 422,
    code: "USER_NOT_FOUND",
    message: "Specified user not found",
    detail: "No user with email '%' exists in your organization",
    isDocumented: true,
    assumes: ofContactUpdates,
  },
  nothingToFindBy: {
    status: 400,
    code: "MISSING_SEARCH_PARAMS",
    message: "At least one search parameter is required",
    detail: "Please provide either email or phone_number",
    isDocumented: true,
  },
  emailInvalidInQuery: {
    status: 422,
    code: "INVALID_EMAIL_FORMAT",
    message: "Invalid email format",
    detail: "The provided email address is not in a valid format",
    isDocumented: true,
  },
  contactNumberInvalidInQuery: {
    status: 422,
    code: "INVALID_PHONE_FORMAT",
    message: "Invalid phone number format",
    detail: "The provided phone number is not in a valid format. Please use E.164 format (e.g., +15551234567)",
    isDocumented: true,
  },
  contactsFailed: {
    status: 500,
    code: "INTERNAL_ERROR",
    message: "Unable to fetch contacts",
    detail: INTERNAL_ERROR,
    isDocumented: true,
  },
  contactFailed: {
    status: 500,
    code: "INTERNAL_ERROR",
    message: "Unable to find contact",
    detail: INTERNAL_ERROR,
    isDocumented: true,
  },

  messageNotFound: { status: 404, detail: "Chat message not found", assumes: ["A-404-others"] },
  reactionNotFound: { status: 404, detail: "Reaction not found", assumes: ["A-404-others"] },
  reactionNotThere: { status: 404, detail: "Reaction not found", assumes: ["A-reaction-one"] },
  phoneNumberNotFound: { status: 404, detail: "Phone number not found" },
  subscriptionNotFound: {
    status: 404,
    detail: "The requested webhook subscription does not exist or is not accessible to your organization",
    assumes: ["A-404-others"],
  },

  findParameterMissing: {
    status: 400,
    code: "missing_phone",
    detail: "Missing required parameter: %",
    assumes: ["A-find-missing"],
  },
  participantsMisspelt: {
    status: 400,
    code: "missing_phone",
    detail: "Missing required parameter: %",
    assumes: ["A-find-missing", "A-mixed-parameter"],
  },
  listParameterMissing: {
    status: 400,
    code: "missing_phone",
    detail: "Missing required parameter: %",
    assumes: ["A-list-required"],
  },
  parameterRepeated: { status: 400, detail: "% must be given once", assumes: ["A-repeated-parameter"] },
  parameterMixed: {
    status: 400,
    detail: "% must not be mixed with another spelling of it",
    assumes: ["A-mixed-parameter"],
  },
  pageInvalid: { status: 400, detail: "%", assumes: ["A-page-invalid"] },
  orderInvalid: { status: 400, detail: "%", assumes: ["A-message-order"] },
  momentInvalid: { status: 400, detail: "% must be a date-time", assumes: ["A-message-order"] },
  numberInvalidInQuery: { status: 400, detail: "% is not a valid phone number", assumes: ["A-number-invalid"] },

  fieldMissing: {
    status: 400,
    code: "missing_params",
    detail: "Missing required parameter: %",
    assumes: ["A-create-status"],
  },
  numberMissing: {
    status: 400,
    code: "missing_phone",
    detail: "Missing required parameter: %",
    assumes: ["A-create-status"],
  },
  bodyInvalid: { status: 400, detail: "%", assumes: ["A-create-status"] },
  valueInvalid: { status: 422, detail: "%", assumes: ["A-create-status"] },
  contactInvalid: { status: 422, detail: "%", assumes: ["A-contact-status"] },
  contentType: { status: 400, detail: "Content-Type must be %", assumes: ["A-content-type"] },
  contentTypeOfContact: { status: 422, detail: "Content-Type must be %", assumes: ["A-content-type"] },
  numberInvalid: { status: 422, detail: "% is not a valid phone number", assumes: ["A-number-invalid"] },
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
  sendFromUnknown: { status: 422, detail: "send_from is not one of your phone numbers", assumes: ["A-create-status"] },
  onlySelfNamed: {
    status: 422,
    detail: "chat.phone_numbers names nobody but your own phone number",
    assumes: ["A-create-self"],
  },
  textBlank: { status: 422, detail: "% must not be blank", assumes: ["A-text-blank"] },
  messageRefused: { status: 422, detail: "The message was refused" },
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
    detail: "phone_number may be checked once every 10 seconds",
    assumes: ["A-availability-scope"],
  },
} as const satisfies Readonly<Record<string, Refusal>>;

export type RefusalName = keyof typeof REFUSALS;

/** A chat's 404 is documented for the operations of chats alone. */
function isOfMessages(operation: OperationId | undefined): boolean {
  return operation !== undefined && operations[operation].path.includes("/chat_messages");
}

function ofContactUpdates(operation: OperationId | undefined): readonly AssumptionId[] {
  return operation === "createContact" ? [] : ["A-update-invalid"];
}
