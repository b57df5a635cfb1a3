import type { components } from "../../../contracts/generated/v2/types";
import { formatEventTimestamp } from "../../../contracts/timestamp";
import type { Chat, Message } from "../../world/model";
import type { World } from "../../world/world";

/** The data of message.read. */
export function messageReadPayload(
  _world: World,
  { chat, message, readAt }: { chat: Chat; message: Message; readAt: number },
): components["schemas"]["MessageReadEventData"] {
  return { id: String(message.id), chat_id: String(chat.id), read_at: formatEventTimestamp(readAt) };
}
