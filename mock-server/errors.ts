import { STATUS_CODES } from "node:http";
import type { AssumptionId } from "../contracts/generated/operations";
import { hints } from "./hints";
import type { Notes } from "./operation";

/** An answer that refuses, before it is put into the envelope of its operation's group. */
export interface Failure<Status extends number = number> extends Notes {
  readonly status: Status;
  /** What is wrong, naming the field. */
  readonly detail: string;
  /** The code and the long explanation of the StandardError envelope, where the vendor documents them. */
  readonly standard?: { readonly code: string; readonly explanation: string };
}

export type Envelope = "Error" | "StandardError";

/** The documented answer for a chat that does not exist. */
export const chatNotFound: Failure<404> = { status: 404, detail: "Chat not found" };

/** A failure whose wording we had to choose (A-error-wording). */
export function failure<Status extends number>(status: Status, detail: string, notes: Notes = {}): Failure<Status> {
  return { status, detail, hint: notes.hint, assuming: [...(notes.assuming ?? []), "A-error-wording" satisfies AssumptionId] };
}

/** A number or e-mail address that cannot be read: 400 in a query, 422 in a body. */
export function invalidNumber<Status extends 400 | 422>(status: Status, field: string, raw: string): Failure<Status> {
  return failure(status, `${field} is not a valid phone number`, {
    assuming: ["A-number-invalid"],
    hint: hints.numberWritten(raw),
  });
}

/** The vendor's body of a failure: `Error` for chats, messages, reactions and lines, `StandardError` for contacts and subscriptions. */
export function envelop(envelope: Envelope, { status, detail, standard }: Failure): object {
  const title = STATUS_CODES[status] ?? "Error";
  const code = title.toLowerCase().replaceAll(" ", "_");
  if (envelope === "Error") return { errors: [{ status, code, title, detail }] };
  return {
    status: "error",
    error_code: standard?.code ?? code.toUpperCase(),
    message: standard ? detail : title,
    errors: [standard?.explanation ?? detail],
  };
}
