import type { Message } from "./model";
import type { World } from "./world";

/** The roots of threads: by the id of each message of a chat, the id of the one that its thread begins with, be that there or deleted. */
export function threadRoots(messages: readonly Message[]): Map<number, number> {
  const roots = new Map<number, number>();
  for (const { id, replyTo } of messages)
    roots.set(id, replyTo ? (roots.get(replyTo.messageId) ?? replyTo.threadId ?? replyTo.messageId) : id);
  return roots;
}

/** Keeps the thread of replies to a reply, before that reply is deleted. */
export function keepThread(world: World, { id: deleted, chatId, replyTo }: Message): void {
  if (!replyTo) return; // what replies to the first of a thread names it anyway
  const all = world.messages.slice("chat", chatId);
  const threadId = threadRoots(all).get(deleted) ?? replyTo.messageId;
  for (const one of all)
    if (one.replyTo?.messageId === deleted) world.messages.replace({ ...one, replyTo: { ...one.replyTo, threadId } });
}
