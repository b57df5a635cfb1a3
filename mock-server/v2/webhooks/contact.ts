import type { components } from "../../../contracts/generated/v2/types";
import type { Contact } from "../../world/model";
import type { World } from "../../world/world";
import { contactView } from "../operations/contacts/contact-view";

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
