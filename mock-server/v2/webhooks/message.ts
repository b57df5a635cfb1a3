import type { components } from "../../../contracts/generated/v2/types";
import { formatSpacedTimestamp } from "../../../contracts/timestamp";
import type { Chat, Message } from "../../world/model";
import { handleById } from "../../world/participants";
import type { World } from "../../world/world";
import { eventHandles } from "./event-handles";

/** The data of message.sent and message.received. */
export function messagePayload(
  world: World,
  { chat, message }: { chat: Chat; message: Message },
): components["schemas"]["MessageEventData"] {
  return {
    id: String(message.id),
    chat_id: String(chat.id),
    text: message.text,
    sent_at: formatSpacedTimestamp(message.sentAt),
    is_read: message.isRead,
    from_phone: handleById(chat, message.handleId).identifier,
    service: chat.service,
    reaction_id: null,
    chat_handles: eventHandles(world, chat),
    attachments: message.attachments.map(({ id, url, filename, mimeType }) => ({ id, url, filename, mime_type: mimeType })),
  };
}
