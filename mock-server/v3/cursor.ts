import type { Chat, Message } from "../world/model";
import type { World } from "../world/world";
import { refuse } from "./errors";

/** Names the last message that a page of a chat's list has shown, so that what comes in meanwhile moves none to another page. */
export function cursorOf(list: string, { sentAt, id }: Message): string {
  return Buffer.from(`${list} ${sentAt} ${id}`).toString("base64url");
}

/** The message that a cursor names, as far as its place goes; a refusal when it is one of another list, or none. */
export function readCursor(list: string, cursor: string): Pick<Message, "sentAt" | "id"> | ReturnType<typeof refuseCursor> {
  const [of, sentAt, id, ...more] = Buffer.from(cursor, "base64url").toString().split(" ");
  const place = { sentAt: Number(sentAt), id: Number(id) };
  const isWhole = of === list && more.length === 0 && Number.isSafeInteger(place.sentAt) && Number.isSafeInteger(place.id);
  return isWhole ? place : refuseCursor();
}

function refuseCursor() {
  return refuse("1005", { hint: "cursor is what next_cursor of the page before said, of the same list." });
}

/** How many messages of a chat come before a place, be the message still there or not. */
export function countBefore({ messages }: World, chat: Chat, { sentAt, id }: Pick<Message, "sentAt" | "id">): number {
  const first = messages.rank("chat", chat.id, sentAt);
  const equal = messages.slice("chat", chat.id, first, messages.rank("chat", chat.id, sentAt + 1));
  return first + equal.filter((message) => message.id < id).length;
}
