import type { components } from "../../../contracts/generated/v2/types";
import type { Identifier } from "../../../contracts/identifier";
import { formatEventTimestamp } from "../../../contracts/timestamp";
import { participantName } from "../../world/contacts";
import type { Chat } from "../../world/model";
import type { World } from "../../world/world";
import { eventHandles } from "./event-handles";

/** The data of participant.added and participant.removed (A-event-participant). */
export function participantPayload(
  world: World,
  { chat, participant, at }: { chat: Chat; participant: Identifier; at: number },
): components["schemas"]["ParticipantEventData"] {
  return {
    chat_id: String(chat.id),
    participant: { identifier: participant, display_name: participantName(world, participant) },
    chat_handles: eventHandles(world, chat),
    timestamp: formatEventTimestamp(at),
  };
}
