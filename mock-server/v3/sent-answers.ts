import type { Chat, Message } from "../world/model";
import { isGroup } from "../world/participants";
import type { World } from "../world/world";
import { chatServiceOf, createdChatView, handleViews, sentMessageView } from "./views";

/* What is answered to whoever sends a message, each time that they do by the same key. */

export function createdAnswer(world: World, chat: Chat, message: Message) {
  return { status: 201 as const, body: { chat: createdChatView(world, chat, message) } };
}

export function sentAnswer(world: World, chat: Chat, message: Message) {
  const body = { chat_id: world.publicIds.uuidOf("chat", chat.id), message: sentMessageView(world, chat, message) };
  return { status: 202 as const, body };
}

/** The first message of a chat has made it. */
export function autoAnswer(world: World, chat: Chat, message: Message) {
  const isReused = world.messages.slice("chat", chat.id, 0, 1)[0]?.id !== message.id;
  const body = {
    chat_id: world.publicIds.uuidOf("chat", chat.id),
    created_new_chat: !isReused,
    from: chat.line,
    from_selection: {
      reason: isReused ? ("reused_active_chat" as const) : ("new_best_number" as const),
      reused_existing_chat: isReused,
    },
    handles: handleViews(world, chat),
    is_group: isGroup(chat),
    message: sentMessageView(world, chat, message),
    service: chatServiceOf(world, chat),
    previous_chat_id: null,
  };
  return { status: 202 as const, body };
}
