import type { AssumptionId } from "../../../contracts/generated/operations";
import type { Chat } from "../../../fixtures/records";
import { contactName } from "../../domain/display-name";
import { participantsOf } from "../../domain/membership";
import type { World } from "../../state/world";

/** What the name under which a chat is shown rests on. */
export function displayAssumptions(world: World, chat: Chat): AssumptionId[] {
  if (chat.name !== null) return [];
  const assumptions = new Set<AssumptionId>();
  for (const identifier of participantsOf(chat)) {
    if (world.contacts.count("identifier", identifier) > 1) assumptions.add("A-contact-match");
    if (!identifier.startsWith("+1") && contactName(world, identifier) === "") assumptions.add("A-number-display");
  }
  return [...assumptions];
}
