import { asCompared, fullName } from "../../contracts/contacts";
import { displayIdentifier, type Identifier, parseIdentifier } from "../../contracts/identifiers";
import type { Contact } from "./model";
import type { World } from "./world";

/** What a chat without a name of its own is shown as: its participants' names or numbers. */
export function joinNames(world: World, participants: readonly Identifier[]): string {
  let names = "";
  for (const participant of participants) names += `${names && ", "}${participantName(world, participant)}`;
  return names;
}

/** The contact's name when there is one, else the number or e-mail address for display. */
export function participantName(world: World, identifier: Identifier): string {
  return contactName(world, identifier) || displayIdentifier(identifier);
}

/** The name of the contact with this number or e-mail address (A-contact-match); empty when there is none. */
export function contactName(world: World, identifier: Identifier): string {
  const contact = world.contacts.first("identifier", identifier);
  return contact ? fullName(contact) : "";
}

/** The contacts who go by a name, full or first: of each the number and the e-mail address, as far as they are known. */
export function contactsNamed(world: World, name: string): Identifier[][] {
  const found: Identifier[][] = [];
  for (const contact of world.contacts.values()) {
    const { firstName, phoneNumber, email } = contact;
    const isMeant = [fullName(contact), firstName ?? ""].some((one) => asCompared(one) === asCompared(name));
    if (isMeant) found.push([phoneNumber, email].flatMap((one) => (one === null ? [] : (parseIdentifier(one) ?? []))));
  }
  return found;
}

/** What is known of a person; the rest is unknown. */
type ContactFields = Partial<Omit<Contact, "id" | "createdAt" | "updatedAt">>;

/** Its owner is the first admin, unless it is said. */
export function addContact(world: World, fields: ContactFields): Contact {
  const now = world.clock.now();
  const owner = [...world.users.values()].find(({ admin }) => admin);
  const contact = world.contacts.add((id) => ({
    id,
    firstName: null,
    lastName: null,
    email: null,
    phoneNumber: null,
    company: null,
    title: null,
    location: null,
    imageUrl: null,
    ownerId: owner?.id ?? null,
    createdAt: now,
    updatedAt: now,
    ...fields,
  }));
  world.announce({ kind: "contact.created", contact });
  return contact;
}

/** Changes the given fields and keeps the rest. */
export function changeContact(world: World, before: Contact, fields: ContactFields): Contact {
  const contact = world.contacts.replace({ ...before, ...fields, updatedAt: world.clock.now() });
  world.announce({ kind: "contact.updated", contact });
  return contact;
}

export function removeContact(world: World, contact: Contact): void {
  world.contacts.delete(contact.id);
  world.announce({ kind: "contact.deleted", contact });
}
