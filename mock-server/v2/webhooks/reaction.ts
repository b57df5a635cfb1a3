import type { components } from "../../../contracts/generated/v2/types";
import { formatSpacedTimestamp } from "../../../contracts/timestamp";
import type { Chat, Message, Reaction } from "../../world/model";
import { handleById } from "../../world/participants";
import type { World } from "../../world/world";
import { eventHandles } from "./event-handles";

/** The data of reaction.sent and reaction.received. */
export function reactionPayload(
  world: World,
  { chat, message, reaction }: { chat: Chat; message: Message; reaction: Reaction },
): components["schemas"]["ReactionEventData"] {
  const { id, identifier } = handleById(chat, reaction.handleId);
  const sentAt = formatSpacedTimestamp(reaction.sentAt);
  return {
    id: String(reaction.id),
    chat_message_id: String(message.id),
    chat_id: String(chat.id),
    reaction: reaction.type,
    is_from_me: identifier === chat.line,
    sent_at: sentAt,
    created_at: sentAt,
    chat_handle: { id: String(id), identifier },
    chat_handles: eventHandles(world, chat),
    associated_message: { id: String(message.id), text: message.text, sent_at: formatSpacedTimestamp(message.sentAt) },
  };
}
