import type { Contact } from "../api";
import { expectSame } from "./expect";
import { Skip } from "./signals";

/**
 * Compares what was found with the contact that was looked for. Which of several is found is only assumed.
 *
 * @throws Broken when it is another one or none, Skip when it is another one with the same e-mail address or number
 */
export function expectContact(found: Contact | null, contact: Contact, what: string): void {
  const isTwin =
    found !== null && found.id !== contact.id && (shares(found, contact, "email") || shares(found, contact, "phone_number"));
  if (isTwin) throw new Skip(`contacts ${contact.id} and ${found.id} have the same e-mail address or number`);
  expectSame(found, contact, what);
}

function shares(one: Contact, other: Contact, field: "email" | "phone_number"): boolean {
  return one[field] !== null && one[field]?.toLowerCase() === other[field]?.toLowerCase();
}
