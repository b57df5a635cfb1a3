import { parseIdentifier, parsePhoneNumberLoosely } from "../../contracts/identifiers";
import { peopleOfChat } from "../faults/matching";
import type { RequestParts } from "../server/api-version";
import type { Chat } from "../world/model";
import type { World } from "../world/world";

/** The fields that name a line or a person, in queries and bodies. */
const FIELD = /phone|number|email|address|send_from/;

/** Everybody whom a call has to do with, lines included: who is named in it, and who is in the chat or contact that it is about. */
export function peopleOfRequest(world: World, { path, params, query, body }: RequestParts): ReadonlySet<string> {
  const chat = chatOf(world, params);
  const contact = path.startsWith("/contacts/") ? world.contacts.get(Number(params["id"])) : undefined;
  const line = path.startsWith("/phone_numbers/") ? world.lines.get(Number(params["id"])) : undefined;
  const email = contact?.email?.toLowerCase();
  const known = [contact?.phoneNumber, email, line?.phoneNumber, ...(chat ? peopleOfChat(chat) : [])];
  return new Set([...known, ...named(query), ...named(body)].filter((identifier) => identifier != null));
}

function chatOf(world: World, params: RequestParts["params"]): Chat | undefined {
  const { chat_id: chatId, chat_message_id: messageId, reaction_id: reactionId } = params;
  if (chatId !== undefined) return world.chats.get(Number(chatId));
  const reaction = reactionId === undefined ? undefined : world.reactions.get(Number(reactionId));
  const message = world.messages.get(reaction?.messageId ?? Number(messageId));
  return message && world.chats.get(message.chatId);
}

/** Bodies may be nested deeper than functions can call themselves. */
function named(root: unknown): string[] {
  const found: string[] = [];
  const left: [value: unknown, field: string][] = [[root, ""]];
  for (let next = left.pop(); next; next = left.pop()) {
    const [value, field] = next;
    if (Array.isArray(value)) for (const entry of value) left.push([entry, field]);
    else if (typeof value === "object" && value !== null)
      for (const [name, entry] of Object.entries(value)) left.push([entry, name]);
    else if (typeof value === "string" && FIELD.test(field)) found.push(...identifierIn(value));
  }
  return found;
}

function identifierIn(text: string): string[] {
  const identifier = parseIdentifier(text) ?? parsePhoneNumberLoosely(text);
  return identifier === undefined ? [] : [identifier];
}
