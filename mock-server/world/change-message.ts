import type { Chat, Message } from "./model";
import { reactionsTo } from "./react";
import type { World } from "./world";

/** Changes the text of a message. Its id and the time it was sent stay. */
export function editMessage(world: World, chat: Chat, message: Message, text: string): Message {
  const edited = world.messages.replace({ ...message, text, editedAt: world.clock.now() });
  world.announce({ kind: "message.edited", chat, message: edited });
  return edited;
}

/** Deletes a message, its reactions and its files (A-message-delete). */
export function deleteMessage(world: World, chat: Chat, message: Message): void {
  for (const { id } of reactionsTo(world, message)) world.reactions.delete(id);
  for (const { id } of message.attachments) world.files.delete(id);
  world.messages.delete(message.id);
  world.announce({ kind: "message.deleted", chat, message });
}
