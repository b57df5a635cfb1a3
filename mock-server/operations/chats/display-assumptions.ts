import type { AssumptionId } from "../../../contracts/generated/operations";
import type { Chat } from "../../../fixtures/records";
import { participantsOf } from "../../domain/membership";
import type { World } from "../../state/world";

/** What the name under which a chat is shown rests on. */
export function displayAssumptions(world: World, chat: Chat): AssumptionId[] {
  if (chat.name !== null) return [];
  const assumptions = new Set<AssumptionId>();
  for (const identifier of participantsOf(chat)) {
    const contacts = world.contacts.count("identifier", identifier);
    if (contacts > 1) assumptions.add("A-contact-match");
    if (contacts === 0 && !identifier.startsWith("+1")) assumptions.add("A-number-display");
  }
  return [...assumptions];
}
