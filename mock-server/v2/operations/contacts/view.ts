import { fullName } from "../../../../contracts/contacts";
import type { components } from "../../../../contracts/generated/v2/types";
import { formatTimestamp } from "../../../../contracts/timestamps";
import { imageUrl } from "../../../world/attachments";
import type { Contact, User } from "../../../world/model";
import type { World } from "../../../world/world";

type Schemas = components["schemas"];

/** A contact as the API shows it; what is unset is null (A-contact-empty). */
export function contactView(world: World, contact: Contact): Schemas["Contact"] {
  const owner = world.users.get(contact.ownerId ?? 0);
  return {
    id: contact.id,
    first_name: contact.firstName,
    last_name: contact.lastName,
    full_name: fullName(contact) || null,
    email: contact.email,
    phone_number: contact.phoneNumber,
    company: contact.company,
    title: contact.title,
    location: contact.location,
    image_url: imageUrl(world, contact),
    created_at: formatTimestamp(contact.createdAt),
    updated_at: formatTimestamp(contact.updatedAt),
    contact_owner: owner ? ownerView(owner) : null,
  };
}

function ownerView({ id, email, name }: User): Schemas["ContactOwner"] {
  const [firstName = "", ...lastNames] = name.split(" ");
  return { id, email, first_name: firstName, last_name: lastNames.join(" "), name };
}
