import type { Chat } from "./api";

/** A chat whose handles are in the order of their ids, for comparing: in which order they come is not documented. */
export function sortedHandles(chat: Chat): Chat {
  return { ...chat, chat_handles: chat.chat_handles.toSorted((a, b) => a.id - b.id) };
}
