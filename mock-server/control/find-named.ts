import { parseIdentifier, parsePhoneNumber } from "../../contracts/identifiers";
import type { Chat, Handle, Line, Message } from "../world/model";
import { handleOf, participantsOf } from "../world/participants";
import type { World } from "../world/world";
import { type ControlRefusal, refusal } from "./control-call";

/* Finds what a body of /simulate names, or says why there is none. */

const SHOWN = 5;

/** The message that something is a reply to; undefined when it is none. */
export function findRepliedTo(world: World, chat: Chat, id: number | undefined): Message | ControlRefusal | undefined {
  const message = id === undefined ? undefined : world.messages.get(id);
  if (id === undefined || message?.chatId === chat.id) return message;
  return refusal(404, "message_unknown", `There is no message ${id} in chat ${chat.id}`, { pointer: "/replied_to" });
}

export function chatById(world: World, id: number): Chat | ControlRefusal {
  const details = { pointer: "/chat", hint: chatsHint(world) };
  return world.chats.get(id) ?? refusal(404, "chat_unknown", `There is no chat ${id}`, details);
}

/** The line that a field `line` names. */
export function findLine(world: World, named: string): Line | ControlRefusal {
  const hint = `There are ${firstOf([...world.lines.values()].map(({ phoneNumber }) => phoneNumber)) || "none"}.`;
  return (
    world.lines.first("phoneNumber", parsePhoneNumber(named) ?? named) ??
    refusal(404, "line_unknown", `${named} is not one of your phone numbers`, { pointer: "/line", hint })
  );
}

/** The handle of whoever a field names or, where only one person can be meant, of that person. */
export function findParticipant(chat: Chat, named: string | undefined, field = "from"): Handle | ControlRefusal {
  const pointer = `/${field}`;
  const participants = participantsOf(chat);
  const inIt = `In chat ${chat.id} are ${firstOf(participants)}.`;
  const [only] = participants;
  if (named === undefined && participants.length > 1)
    return invalid(pointer, `${field} must be given: chat ${chat.id} is a group`, inIt);
  if (named === OWN_SIDE) return ownLine(pointer, named);
  const identifier = named === undefined ? only : parseIdentifier(named);
  if (identifier === undefined) return noIdentifier(pointer, field);
  if (identifier === chat.line) return ownLine(pointer, identifier);
  const details = { pointer, hint: inIt };
  return handleOf(chat, identifier) ?? refusal(422, "not_in_chat", `${identifier} is not in chat ${chat.id}`, details);
}

/** A field that names nobody. */
export function noIdentifier(pointer: string, field: string): ControlRefusal {
  return invalid(pointer, `${field} is neither a phone number nor an e-mail address`);
}

/** What fixtures call one's own side. */
export const OWN_SIDE = "me";

/** A field that names one's own side. */
export function ownLine(pointer: string, named: string): ControlRefusal {
  return refusal(422, "own_line", `${named} is your own line`, {
    pointer,
    hint: "What your side does goes through the API.",
  });
}

/** A field of the body that cannot be used. */
export function invalid(pointer: string, message: string, hint?: string): ControlRefusal {
  return refusal(422, "invalid", message, { pointer, hint });
}

function chatsHint(world: World): string {
  const ids: number[] = [];
  for (const { id } of world.chats.values()) if (ids.push(id) > SHOWN) break;
  if (ids.length === 0) return "There are no chats; write to a line with {line, from, text}.";
  return `There are ${firstOf(ids)}.`;
}

function firstOf(items: readonly unknown[]): string {
  const shown = items.slice(0, SHOWN).join(", ");
  return items.length > SHOWN ? `${shown} and more` : shown;
}
