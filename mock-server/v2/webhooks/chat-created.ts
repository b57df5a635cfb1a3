import type { components } from "../../../contracts/generated/v2/types";
import { formatEventTimestamp } from "../../../contracts/timestamp";
import { joinNames } from "../../world/contacts";
import type { Chat } from "../../world/model";
import { ownHandle, participantsOf } from "../../world/participants";
import type { World } from "../../world/world";
import { eventHandles } from "./event-handles";

/** The data of chat.created (A-event-chat). */
export function chatCreatedPayload(world: World, { chat }: { chat: Chat }): components["schemas"]["ChatCreatedEventData"] {
  const participants = participantsOf(chat);
  return {
    id: String(chat.id),
    display_name: chat.name ?? joinNames(world, participants),
    service: chat.service,
    group: participants.length > 1,
    chat_handles: eventHandles(world, chat),
    created_at: formatEventTimestamp(ownHandle(chat).joinedAt),
  };
}
