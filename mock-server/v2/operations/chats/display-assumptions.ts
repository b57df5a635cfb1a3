import type { AssumptionId } from "../../../../contracts/generated/v2/operations";
import { contactName } from "../../../world/contacts";
import type { Chat } from "../../../world/model";
import { participantsOf } from "../../../world/participants";
import type { World } from "../../../world/world";

/** What the way in which a chat is shown rests on: its name, and that it is a group or none. */
export function displayAssumptions(world: World, chat: Chat): AssumptionId[] {
  const assumptions = new Set<AssumptionId>();
  if (chat.formerHandles.length > 0 && participantsOf(chat).length === 1) assumptions.add("A-group");
  if (chat.name !== null) return [...assumptions];
  for (const identifier of participantsOf(chat)) {
    if (world.contacts.count("identifier", identifier) > 1) assumptions.add("A-contact-match");
    if (!identifier.startsWith("+1") && contactName(world, identifier) === "") assumptions.add("A-number-display");
  }
  return [...assumptions];
}
