import type { components } from "../../../contracts/generated/types";
import type { Contact } from "../../../fixtures/records";
import { contactView } from "../../operations/contacts/contact-view";
import type { World } from "../../state/world";

/** The data of contact.created and contact.updated: the contact as REST shows it, its id an integer. */
export function contactPayload(world: World, { contact }: { contact: Contact }): components["schemas"]["Contact"] {
  return contactView(world, contact);
}

/** The data of contact.deleted: the id alone, an integer. */
export function contactDeletedPayload(
  _world: World,
  { contact }: { contact: Contact },
): components["schemas"]["ContactDeletedEventData"] {
  return { id: contact.id };
}
