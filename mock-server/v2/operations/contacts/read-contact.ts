import type { components } from "../../../../contracts/generated/v2/types";
import { type Identifier, parseEmail, parsePhoneNumberLoosely } from "../../../../contracts/identifiers";
import type { Failure } from "../../../server/failure";
import type { Contact } from "../../../world/model";
import type { World } from "../../../world/world";
import { refuse } from "../../errors";

type Body = components["schemas"]["ContactRequest" | "UpdateContactRequest"];
type Fields = Body["contact"];

/** The fields of a contact that a body can set. */
type ContactChanges = Partial<Omit<Contact, "id" | "imageUrl" | "createdAt" | "updatedAt">>;

/** What a body sets, and nothing else. A field that is blank or null is unset (A-contact-values). */
export function readContact(world: World, { contact: fields, user_email }: Body): ContactChanges | Failure<422> {
  const email = filled(fields.email?.trim() ?? fields.email);
  if (email && !parseEmail(email)) return refuse("contactEmailInvalid", { field: "contact.email" });
  const phoneNumber = readPhoneNumber(fields);
  if (phoneNumber === "unreadable") return refuse("contactNumberInvalid", { field: "contact.phone_number" });
  const ownerEmail = user_email?.trim().toLowerCase();
  const owner = ownerEmail ? world.users.first("email", ownerEmail) : undefined;
  if (ownerEmail && !owner) return refuse("userUnknown", { field: user_email ?? "" });
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

/** Refuses a contact that would have neither a name, nor an e-mail address, nor a number. */
export function requireIdentity(contact: ContactChanges): Failure<422> | undefined {
  const isNobody = [contact.firstName, contact.lastName, contact.email, contact.phoneNumber].every((value) => value == null);
  return isNobody ? refuse("contactWithoutIdentity") : undefined;
}

function readPhoneNumber({ phone_number }: Fields): Identifier | null | undefined | "unreadable" {
  const written = filled(phone_number);
  return written ? (parsePhoneNumberLoosely(written) ?? "unreadable") : (written as null | undefined);
}

/** Undefined when it was not given, null when it is blank or null. */
function filled(value: string | null | undefined): string | null | undefined {
  return value === undefined || value?.trim() ? value : null;
}

/** The fields that were given. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
