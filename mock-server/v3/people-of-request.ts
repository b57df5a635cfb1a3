import { peopleOfChat } from "../faults/matching";
import type { RequestParts } from "../server/api-version";
import type { World } from "../world/world";

const FIELD = /^(from|to|handle|phone_number|address)$/;

/** Everybody whom a call has to do with, lines included: who is named in it, and who is in the chat that it is about. */
export function peopleOfRequest(world: World, { params, query, body }: RequestParts): ReadonlySet<string> {
  const { chatId = "", messageId = "", phoneNumber, handle } = params;
  const message = world.messages.get(world.publicIds.idOf("message", messageId) ?? 0);
  const chat = world.chats.get(message?.chatId ?? world.publicIds.idOf("chat", chatId) ?? 0);
  const named = [query, body]
    .flatMap((fields) => Object.entries((fields ?? {}) as object))
    .filter(([name]) => FIELD.test(name));
  const people = [phoneNumber, handle, ...(chat ? peopleOfChat(chat) : []), ...named.flatMap(([, value]) => value as unknown)];
  return new Set(people.filter((person): person is string => typeof person === "string"));
}
