import { type Identifier, parseAnyIdentifier, parsePhoneNumber } from "../../contracts/identifiers";
import { thereAre } from "../../contracts/text-lists";
import { contactsNamed } from "../world/contacts";
import { lineNumbers } from "../world/lines";
import type { Chat, Handle, Line, Message } from "../world/model";
import { handleOf, isGroup, participantsOf } from "../world/participants";
import type { World } from "../world/world";
import { ControlRefusal, refusal } from "./control-call";

/* Finds what a body of /simulate names, or says why there is none. */

const SHOWN = 5;

/** The message that something is a reply to; undefined when it is none. */
export function findRepliedTo(world: World, chat: Chat, id: number | undefined): Message | ControlRefusal | undefined {
  const message = id === undefined ? undefined : world.messages.get(id);
  if (id === undefined || message?.chatId === chat.id) return message;
  return refusal(404, "message_unknown", `There is no message ${id} in chat ${chat.id}`, { pointer: "/replied_to" });
}

export function chatById(world: World, id: number, pointer = "/chat"): Chat | ControlRefusal {
  const details = { pointer, hint: chatsHint(world) };
  return world.chats.get(id) ?? refusal(404, "chat_unknown", `There is no chat ${id}`, details);
}

/** The line that a field `line` names. */
export function findLine(world: World, named: string): Line | ControlRefusal {
  const hint = thereAre([...lineNumbers(world)], SHOWN);
  return (
    world.lines.first("phoneNumber", parsePhoneNumber(named) ?? named) ??
    refusal(404, "line_unknown", `${named} is not one of your phone numbers`, { pointer: "/line", hint })
  );
}

/** The person whom a field names, by number, e-mail address or the name of a contact; of a chat, those who are in it. */
export function readPerson(world: World, pointer: string, named: string, chat?: Chat): Identifier | ControlRefusal {
  const identifier = parseAnyIdentifier(named);
  if (identifier !== undefined) return identifier;
  const field = pointer.slice(1).replace(/\/(\d+)/g, "[$1]");
  const contacts = named.trim() === "" ? [] : contactsNamed(world, named);
  const inside = contacts.flat().filter((one) => chat && handleOf(chat, one));
  const meant = inside.length > 0 ? inside : contacts.flatMap(([first = []]) => first);
  const [only, ...others] = meant;
  if (only !== undefined && others.length === 0) return only;
  if (others.length > 0) return invalid(pointer, `${field} can be several people`, `${named} is ${firstOf(meant)}.`);
  const hint = `It is a number or an e-mail address, or the name of a contact who has one.${chat ? ` ${inChat(chat)}` : ""}`;
  return invalid(pointer, `${field} is neither a phone number nor an e-mail address`, hint);
}

/** The handle of whoever a field names or, where only one person can be meant, of that person. */
export function findParticipant(world: World, chat: Chat, named: string | undefined, field = "from"): Handle | ControlRefusal {
  const pointer = `/${field}`;
  const [only, ...others] = participantsOf(chat);
  if (named === undefined && others.length > 0)
    return invalid(pointer, `${field} must be given: chat ${chat.id} is a group`, inChat(chat));
  if (named === OWN_SIDE) return ownLine(pointer, named);
  const identifier = named === undefined && only !== undefined ? only : readPerson(world, pointer, named ?? "", chat);
  if (identifier instanceof ControlRefusal) return identifier;
  if (identifier === chat.line) return ownLine(pointer, identifier);
  const details = { pointer, hint: inChat(chat) };
  return handleOf(chat, identifier) ?? refusal(422, "not_in_chat", `${identifier} is not in chat ${chat.id}`, details);
}

function inChat(chat: Chat): string {
  return `In chat ${chat.id} ${isGroup(chat) ? "are" : "is"} ${firstOf(participantsOf(chat))}.`;
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
  return thereAre(ids, SHOWN);
}

function firstOf(items: readonly unknown[]): string {
  const shown = items.slice(0, SHOWN).join(", ");
  return items.length > SHOWN ? `${shown} and more` : shown;
}

/** A chat that its line is in, as nobody hears of what is done in one that it has left. */
export function joinedChat(world: World, id: number): Chat | ControlRefusal {
  const chat = chatById(world, id);
  return chat instanceof ControlRefusal ? chat : (refusalOfLeft(chat, "/chat") ?? chat);
}

export function refusalOfLeft({ id, leftAt }: Chat, pointer: string): ControlRefusal | undefined {
  if (leftAt === undefined) return undefined;
  const hint = "Nobody is told of what is done there.";
  return refusal(409, "impossible", `Your line has left chat ${id}`, { pointer, hint });
}

/** What somebody does whom the organization has blocked never arrives, but in a group (A-v3-block-status). */
export function refusalOfBlocked({ blockedHandles }: World, person: Identifier, isGroup: boolean): ControlRefusal | undefined {
  if (isGroup || !blockedHandles.has(person)) return undefined;
  const hint = "It is dropped before anybody is told of it. Unblock the handle first.";
  return refusal(409, "blocked", `${person} is blocked`, { pointer: "/from", hint });
}
