import type { Chat, Message } from "./model";
import type { World } from "./world";

/** Marks those messages of a chat as read that are not yet and fit. Says so once for each (A-read-event). */
export function readMessages(world: World, chat: Chat, fits: (message: Message) => boolean): Message[] {
  const readAt = world.clock.now();
  const unread = world.messages.slice("unread", chat.id, 0, world.messages.count("unread", chat.id));
  return unread.filter(fits).map((message) => {
    const read = world.messages.replace({ ...message, isRead: true });
    world.announce({ kind: "message.read", chat, message: read, readAt });
    return read;
  });
}
