import { displayIdentifier, type Identifier } from "../../contracts/identifier";
import type { Chat, Contact } from "../../fixtures/records";
import type { World } from "../state/world";
import { participantsOf } from "./membership";

/** The name set by hand, else the participants' names or numbers; the organization's own line is not part of it. */
export function chatDisplayName(world: World, chat: Chat): string {
  return (
    chat.name ??
    participantsOf(chat)
      .map((identifier) => participantName(world, identifier))
      .join(", ")
  );
}

/** The contact's name when there is one (A-contact-match), else the number or e-mail address for display. */
function participantName(world: World, identifier: Identifier): string {
  const contact = world.contacts.first("identifier", identifier);
  return (contact && fullName(contact)) || displayIdentifier(identifier);
}

/** First and last name; empty when there is neither. */
function fullName({ firstName, lastName }: Contact): string {
  return [firstName, lastName].filter((name) => name?.trim()).join(" ");
}
