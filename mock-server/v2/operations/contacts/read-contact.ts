import type { AssumptionId } from "../../../../contracts/generated/v2/operations";
import type { components } from "../../../../contracts/generated/v2/types";
import { type Identifier, parseIdentifier, parsePhoneNumberLoosely } from "../../../../contracts/identifiers";
import type { Contact } from "../../../world/model";
import type { World } from "../../../world/world";
import { type Failure, failure } from "../../errors";

type Body = components["schemas"]["ContactRequest"];
type Fields = Body["contact"];

/** The fields of a contact that a body can set. */
type ContactChanges = Partial<Omit<Contact, "id" | "imageUrl" | "createdAt" | "updatedAt">>;

/** What a body sets, and nothing else. A blank field is unset (A-contact-values). */
export function readContact(world: World, { contact: fields, user_email }: Body): ContactChanges | Failure<422> {
  const email = filled(fields.email?.trim());
  if (email && !(email.includes("@") && parseIdentifier(email))) return unusable("contact.email is not a valid e-mail address");
  const phoneNumber = readPhoneNumber(fields);
  if (phoneNumber === "unreadable") {
    return failure(422, "contact.phone_number is not a valid phone number", {
      assuming: ["A-contact-status", "A-number-invalid"],
    });
  }
  const ownerEmail = user_email?.trim().toLowerCase();
  const owner = ownerEmail ? world.users.first("email", ownerEmail) : undefined;
  if (ownerEmail && !owner)
    return failure(422, "user_email names no user of your organization", { assuming: ["A-contact-status", "A-user-email"] });
  return given({
    firstName: filled(fields.first_name),
    lastName: filled(fields.last_name),
    email,
    phoneNumber,
    company: filled(fields.company),
    title: filled(fields.title),
    location: filled(fields.location),
    ownerId: owner?.id,
  });
}

/** What the values of a body rest on that was taken. */
export function valueAssumptions({ contact, user_email }: Body, { phoneNumber }: ContactChanges): AssumptionId[] {
  const isRead =
    Object.values(contact).includes("") || (contact.phone_number !== undefined && contact.phone_number !== phoneNumber);
  return [...(isRead ? (["A-contact-values"] as const) : []), ...(user_email ? (["A-user-email"] as const) : [])];
}

/** Refuses a contact that would have neither a name, nor an e-mail address, nor a number. */
export function requireIdentity(contact: ContactChanges): Failure<422> | undefined {
  const isNobody = [contact.firstName, contact.lastName, contact.email, contact.phoneNumber].every((value) => value == null);
  return isNobody ? unusable("contact needs at least one of first_name, last_name, email, phone_number") : undefined;
}

function unusable(detail: string): Failure<422> {
  return failure(422, detail, { assuming: ["A-contact-status", "A-contact-values"] });
}

function readPhoneNumber({ phone_number }: Fields): Identifier | null | undefined | "unreadable" {
  const written = filled(phone_number);
  return written ? (parsePhoneNumberLoosely(written) ?? "unreadable") : (written as null | undefined);
}

/** Undefined when it was not given, null when it is blank. */
function filled(value: string | undefined): string | null | undefined {
  return value === undefined || value.trim() !== "" ? value : null;
}

/** The fields that were given. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
