import type { Chat } from "./api";

/** Who is in a chat besides the line. */
export function participantsOf(chat: Pick<Chat, "chat_handles">, line: string): string[] {
  return chat.chat_handles.map((handle) => handle.phone_number).filter((identifier) => identifier !== line);
}

/** A US number without its country code. */
export function tenDigits(phoneNumber: string): string {
  return phoneNumber.replace(/^\+1(\d{10})$/, "$1");
}
