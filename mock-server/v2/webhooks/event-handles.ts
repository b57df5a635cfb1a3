import type { components } from "../../../contracts/generated/v2/types";
import { participantName } from "../../world/contacts";
import type { Chat } from "../../world/model";
import { participantsOf } from "../../world/participants";
import type { World } from "../../world/world";

type EventHandle = components["schemas"]["EventHandle"];

/** Who is in a chat, as events show it: the own line first. */
export function eventHandles(world: World, chat: Chat): EventHandle[] {
  const others = participantsOf(chat).map((identifier): EventHandle => {
    return { identifier, display_name: participantName(world, identifier), is_me: false };
  });
  return [{ identifier: chat.line, display_name: "You", is_me: true }, ...others];
}
