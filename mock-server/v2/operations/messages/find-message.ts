import type { Failure } from "../../../server/failure";
import type { Chat, Message } from "../../../world/model";
import type { World } from "../../../world/world";
import { refuse } from "../../errors";

/** A message and the chat that it belongs to, by the ids in a path. */
export function findMessage(
  world: World,
  path: { chat_id: number; id: number },
): { readonly chat: Chat; readonly message: Message } | Failure<404> {
  const chat = world.chats.get(path.chat_id);
  if (!chat) return refuse("chatNotFound");
  const message = world.messages.get(path.id);
  return message?.chatId === chat.id ? { chat, message } : refuse("messageNotFound");
}
