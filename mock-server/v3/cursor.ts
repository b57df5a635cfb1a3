import type { Chat, Message } from "../world/model";
import type { World } from "../world/world";
import { refuse } from "./errors";

/** Where a message stands in its chat, be it still there or not. */
export type MessagePlace = Pick<Message, "sentAt" | "id">;

/** Names the last message that a page of a chat's list has shown, so that what comes in meanwhile moves none to another page. */
export function cursorOf(list: string, { sentAt, id }: MessagePlace): string {
  return Buffer.from(`${list} ${sentAt} ${id}`).toString("base64url");
}

/** The place that a cursor names; a refusal when it is one of another list, or none. */
export function readCursor(list: string, cursor: string): MessagePlace | ReturnType<typeof refuseCursor> {
  const [of, sentAt, id, ...more] = Buffer.from(cursor, "base64url").toString().split(" ");
  const place = { sentAt: Number(sentAt), id: Number(id) };
  const isWhole = of === list && more.length === 0 && Number.isSafeInteger(place.sentAt) && Number.isSafeInteger(place.id);
  return isWhole ? place : refuseCursor();
}

function refuseCursor() {
  return refuse("1005", { hint: "cursor is what next_cursor of the page before said, of the same list." });
}

/** How many messages of a chat come before a place. */
export function countBefore({ messages }: World, chat: Chat, place: MessagePlace): number {
  const first = messages.rank("chat", chat.id, place.sentAt);
  const equal = messages.slice("chat", chat.id, first, messages.rank("chat", chat.id, place.sentAt + 1));
  return first + equal.filter((message) => isBefore(message, place)).length;
}

export function isBefore(one: MessagePlace, other: MessagePlace): boolean {
  return one.sentAt < other.sentAt || (one.sentAt === other.sentAt && one.id < other.id);
}
