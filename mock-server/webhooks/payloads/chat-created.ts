import type { components } from "../../../contracts/generated/types";
import { formatEventTimestamp } from "../../../contracts/timestamp";
import type { Chat } from "../../../fixtures/records";
import { joinNames } from "../../domain/display-name";
import { ownHandle, participantsOf } from "../../domain/membership";
import type { World } from "../../state/world";
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
