import type { Chat } from "./api";

/** Who is in a chat besides the line. */
export function participantsOf(chat: Pick<Chat, "chat_handles">, line: string): string[] {
  return chat.chat_handles.map((handle) => handle.phone_number).filter((identifier) => identifier !== line);
}

/** A US number without its country code. */
export function tenDigits(phoneNumber: string): string {
  return phoneNumber.replace(/^\+1(\d{10})$/, "$1");
}

/** A chat whose handles are in the order of their ids, for comparing: in which order they come is not documented. */
export function sortedHandles(chat: Chat): Chat {
  return { ...chat, chat_handles: chat.chat_handles.toSorted((a, b) => a.id - b.id) };
}

/** A number that nobody has: it is one of those that are kept for fiction. */
export const UNUSED_NUMBER = "+12025550143";
