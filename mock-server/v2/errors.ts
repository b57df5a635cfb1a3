import { STATUS_CODES } from "node:http";
import { type AssumptionId, type OperationId, operations } from "../../contracts/generated/v2/operations";
import type { FaultRefusal } from "../faults/answer-faults";
import { Failure, failure } from "../server/failure";
import { INTERNAL_ERROR, REFUSALS, type Refusal, type RefusalName } from "./refusal-table";

/** A refusal of the table. `field` is what it names, `given` is what cannot be used. */
export function refuse<Name extends RefusalName>(
  name: Name,
  {
    field = "",
    given,
    hint,
    waitMs,
  }: { field?: string; given?: string | undefined; hint?: string | undefined; waitMs?: number } = {},
): Failure<(typeof REFUSALS)[Name]["status"]> {
  const { status, detail } = REFUSALS[name];
  const retryAfter = waitMs === undefined ? undefined : Math.ceil(waitMs / 1000);
  return new Failure(
    status,
    detail.replace("%", () => field),
    { reason: name, given, hint, retryAfter },
  );
}

/** What a fault answers in the place of an operation, in the vendor's words where it has none of its own. */
export function faultFailure(
  operation: string,
  { status, detail, retryAfterS, by }: FaultRefusal,
  ids: Readonly<Record<string, string>> = {},
): Failure {
  if (by === "gateway") return new Failure(status, detail ?? nameOf(status));
  if (status === 429) return failure(429, detail ?? "Too many requests", { retryAfter: Math.ceil(retryAfterS) });
  const usual = status === 401 ? "unauthorized" : USUAL[operation as OperationId]?.[status];
  if (usual === undefined) return failure(status, detail ?? (status === 500 ? INTERNAL_ERROR : nameOf(status)));
  const refusal = refuse(usual, { given: Object.values(ids)[0] });
  return detail === undefined ? refusal : new Failure(status, detail, { reason: usual, given: refusal.given });
}

const NO_CHAT = { 404: "chatNotFound" } as const;
const NO_CONTACT = { 404: "contactNotFound" } as const;
const NO_IDENTITY = { 422: "contactWithoutIdentity" } as const;
const NO_MESSAGE = { 404: "messageNotFound" } as const;
const NO_SUBSCRIPTION = { 404: "subscriptionNotFound" } as const;

/** What operations answer with a status, whatever is asked of them: the first that is documented, if any is. */
const USUAL: { readonly [Id in OperationId]?: Readonly<Record<number, RefusalName>> } = {
  createChat: { 400: "sendFromMissing", 422: "participantsMissing" },
  getChat: NO_CHAT,
  markChatAsRead: NO_CHAT,
  startTyping: NO_CHAT,
  stopTyping: NO_CHAT,
  shareContact: NO_CHAT,
  migrateChat: { ...NO_CHAT, 422: "chatNotMigratable" },
  listMessages: NO_CHAT,
  sendMessage: NO_CHAT,
  getMessage: NO_MESSAGE,
  editMessage: NO_MESSAGE,
  deleteMessage: NO_MESSAGE,
  createReaction: NO_MESSAGE,
  getReaction: { 404: "reactionNotFound" },
  listContacts: { 500: "contactsFailed" },
  createContact: NO_IDENTITY,
  findContact: { 400: "nothingToFindBy", 422: "emailInvalidInQuery", 500: "contactFailed" },
  getContact: NO_CONTACT,
  updateContact: { ...NO_CONTACT, ...NO_IDENTITY },
  patchContact: { ...NO_CONTACT, ...NO_IDENTITY },
  deleteContact: NO_CONTACT,
  updatePhoneNumber: { 403: "phoneNumberForeign", 404: "phoneNumberNotFound", 422: "forwardingNumberInvalid" },
  updateWebhookSubscription: NO_SUBSCRIPTION,
  deleteWebhookSubscription: NO_SUBSCRIPTION,
};

/** What a refusal rests on. */
export function refusalAssumptions({ reason, operation, given = "" }: RefusedBy): readonly AssumptionId[] {
  if (reason === "bodyUnreadable") return [isOfContacts(operation) ? "A-contact-status" : "A-create-status"];
  const { assumes = EDGE_REFUSALS[reason] ?? [] } = rowOf(reason) ?? {};
  const found = typeof assumes === "function" ? assumes(operation as OperationId | undefined) : assumes;
  return NUMBERS.includes(reason) && isWithoutArea(given) ? [...found, "A-number-area"] : found;
}

/** What refusals rest on that the server makes before a version of the API is asked, in its own words. */
const EDGE_REFUSALS: Readonly<Record<string, readonly AssumptionId[]>> = {
  bodyTooLarge: ["A-body-limit"],
  formInvalid: ["A-create-status"],
  formFieldRepeated: ["A-form-urlencoded"],
  fileTooLarge: ["A-attachment-limit"],
  tooManyFiles: ["A-attachment-count"],
  routeUnknown: ["A-404-others"],
  methodUnknown: ["A-method-unknown"],
};

interface RefusedBy {
  readonly reason: string;
  readonly operation: string | undefined;
  /** What cannot be used. */
  readonly given: string | undefined;
}

const NUMBERS = ["numberInvalid", "numberInvalidInQuery", "contactNumberInvalidInQuery"];

/** North American area codes begin with 2 to 9 (A-number-area). */
export function isWithoutArea(number: string): boolean {
  return /^(?:\+?1)?[01]\d{9}$/.test(number);
}

export function isOfContacts(operation: string | undefined): boolean {
  return operation !== undefined && operations[operation as OperationId].path.startsWith("/contacts");
}

export function isDocumented(reason: string): boolean {
  return rowOf(reason)?.isDocumented === true;
}

/** The body of a failure: an `Error`, or a `StandardError` for contacts and subscriptions. A 401 is the same everywhere (A-auth-envelope). */
export function envelope({ status, detail, reason = "", given }: Failure, id?: string): object {
  if (reason === "chatNotMigratable") return { data: { v3_chat_id: null, v2_chat_id: Number(given), migrated: false } };
  const { code, message } = rowOf(reason) ?? {};
  const operation = id === undefined ? undefined : operations[id as OperationId];
  if (operation?.envelope !== "StandardError" || status === 401) {
    const shown = (message === undefined ? code : undefined) ?? CODES[status] ?? inSnakeCase(nameOf(status));
    return { errors: [{ status, code: shown, title: inWords(shown), detail }] };
  }
  const usual = standardWords(status, isOfContacts(id) ? "Contact" : "Webhook subscription");
  const words = message === undefined ? usual : { code, message };
  return { status: "error", error_code: words.code, message: words.message, errors: [detail] };
}

/** The codes of an Error that are not the name of its status. */
const CODES: Readonly<Record<number, string>> = { 400: "invalid_params", 422: "invalid_params", 500: "internal_error" };

function standardWords(status: number, thing: string): { code: string; message: string } {
  if (status === 400) return { code: "INVALID_PARAMS", message: "Invalid params" };
  if (status === 404) return { code: `${inSnakeCase(thing).toUpperCase()}_NOT_FOUND`, message: `${thing} not found` };
  if (status === 422) return { code: "VALIDATION_ERROR", message: `${thing} validation failed` };
  if (status === 500) return { code: "INTERNAL_ERROR", message: "Internal error" };
  const name = nameOf(status);
  return { code: inSnakeCase(name).toUpperCase(), message: name.charAt(0) + name.slice(1).toLowerCase() };
}

function nameOf(status: number): string {
  return STATUS_CODES[status] ?? `Status ${status}`;
}

/** `Not Found` is `not_found`. */
function inSnakeCase(name: string): string {
  return name
    .toLowerCase()
    .replaceAll("'", "")
    .replaceAll(/[^a-z\d]+/g, "_");
}

/** `missing_phone` is `Missing Phone`. */
function inWords(code: string): string {
  return code.replaceAll(/_?([a-z\d]+)/g, (_, word: string) => ` ${word.charAt(0).toUpperCase()}${word.slice(1)}`).trim();
}

function rowOf(reason: string): Refusal | undefined {
  return Object.hasOwn(REFUSALS, reason) ? REFUSALS[reason as RefusalName] : undefined;
}
