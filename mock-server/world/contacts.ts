import { displayIdentifier, type Identifier } from "../../contracts/identifiers";
import { fullName } from "../../fixtures/resolve/directory";
import type { World } from "./world";

/** What a chat without a name of its own is shown as: its participants' names or numbers. */
export function joinNames(world: World, participants: readonly Identifier[]): string {
  return participants.map((identifier) => participantName(world, identifier)).join(", ");
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
