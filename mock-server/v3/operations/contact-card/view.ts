import type { components } from "../../../../contracts/generated/v3/types";
import type { ContactCard } from "../../../world/model";

type Schemas = components["schemas"];

/** The card of a line. Every card is active: it was applied at once. */
export function contactCardView(phoneNumber: string, card: ContactCard): Schemas["ContactCard"] {
  const { firstName, lastName, imageUrl } = card;
  return {
    first_name: firstName,
    is_active: true,
    phone_number: phoneNumber,
    ...(imageUrl !== undefined && { image_url: imageUrl }),
    ...(lastName !== undefined && { last_name: lastName }),
  };
}
