import { isDeepStrictEqual } from "node:util";
import { isRecord } from "../exchange";
import { expectEnvelope, expectSame } from "./expect";
import { assuming } from "./law-errors";
import type { RecordedExchange } from "./report";

const error = (status: number, code: string, title: string, detail: string) => ({ errors: [{ status, code, title, detail }] });
const standardError = (code: string, message: string, ...errors: string[]) => {
  return { status: "error", error_code: code, message, errors };
};
const INTERNAL_ERROR = "Internal server error. Please try again or contact support if the issue persists.";

/** The bodies of errors that are documented to the letter. */
export const documentedErrors = {
  unauthorized: error(401, "unauthorized", "Unauthorized", "Invalid or missing authentication token"),
  chatNotFound: error(404, "not_found", "Not Found", "Chat not found"),
  /** The same by the migration guide. */
  chatToMigrateNotFound: error(404, "not_found", "Not found", "Chat not found"),
  sendFromMissing: error(400, "missing_phone", "Missing Phone", "Missing required parameter: send_from"),
  participantsMissing: error(422, "invalid_params", "Invalid Params", "Phone number is required"),
  phoneNumberForeign: error(403, "forbidden", "Forbidden", "This phone number doesn't belong to your organization"),
  forwardingNumberInvalid: error(422, "invalid_request", "Invalid Request", "Forwarding number is invalid"),
  contactNotFound: standardError(
    "CONTACT_NOT_FOUND",
    "Contact not found",
    "The requested contact does not exist or is not accessible to your organization",
  ),
  contactWithoutIdentity: standardError(
    "VALIDATION_ERROR",
    "Contact validation failed",
    "At least one of the name, email, or phone number fields must be filled out for the contact",
  ),
  nothingToFindBy: standardError(
    "MISSING_SEARCH_PARAMS",
    "At least one search parameter is required",
    "Please provide either email or phone_number",
  ),
  emailInvalid: standardError(
    "INVALID_EMAIL_FORMAT",
    "Invalid email format",
    "The provided email address is not in a valid format",
  ),
  numberInvalid: standardError(
    "INVALID_PHONE_FORMAT",
    "Invalid phone number format",
    "The provided phone number is not in a valid format. Please use E.164 format (e.g., +15551234567)",
  ),
  contactsFailed: standardError("INTERNAL_ERROR", "Unable to fetch contacts", INTERNAL_ERROR),
  contactFailed: standardError("INTERNAL_ERROR", "Unable to find contact", INTERNAL_ERROR),
};

/** The refusal of a contact whose `user_email` is nobody's. */
export function userNotFound(email: string): object {
  return standardError(
    "USER_NOT_FOUND",
    "Specified user not found",
    `No user with email '${email}' exists in your organization`,
  );
}

/** Whether a body of an error is one of those that are documented, or has the code of one that names what was sent. */
export function isDocumentedError(body: unknown): boolean {
  if (isRecord(body) && body["error_code"] === "USER_NOT_FOUND") return true;
  return Object.values(documentedErrors).some((documented) => isDeepStrictEqual(body, documented));
}

/**
 * The envelope, the code and the status in the body of a documented error are what programs read.
 *
 * @param what what was refused, for people: `a chat that does not exist`
 */
export function expectDocumentedCode(exchange: RecordedExchange, documented: unknown, what: string): void {
  expectEnvelope(exchange);
  const said = (field: "code" | "status") => [saidIn(exchange.response.body, field), saidIn(documented, field)] as const;
  expectSame(...said("code"), `the code in the body of ${what}`, `the error for ${what} has another code`);
  const reason = `the error for ${what} tells another status than its answer`;
  expectSame(...said("status"), `the status in the body of ${what}`, reason);
}

/** Its words are those of an example, and only assumed to stay. */
export function expectDocumentedWords({ operation, response }: RecordedExchange, documented: unknown, what: string): void {
  if (operation === "migrateChat" && isDeepStrictEqual(response.body, documentedErrors.chatToMigrateNotFound)) return;
  const reason = `the error for ${what} has other words`;
  assuming(["A-error-wording"], () => expectSame(response.body, documented, `the body of ${what}`, reason));
}

/** What an Error says in a field of each of its entries; a StandardError has one code, and no status. */
function saidIn(body: unknown, field: "code" | "status"): unknown[] {
  if (!isRecord(body)) return [];
  const { error_code: code, errors } = body;
  if (code !== undefined || !Array.isArray(errors)) return field === "code" ? [code] : [];
  return errors.map((error: unknown) => isRecord(error) && error[field]);
}
