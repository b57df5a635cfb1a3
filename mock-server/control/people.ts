import { type Identifier, parseIdentifier } from "../../contracts/identifiers";
import { contactsNamed } from "../world/contacts";
import type { Chat, Handle } from "../world/model";
import { handleOf, isGroup, participantsOf } from "../world/participants";
import type { World } from "../world/world";
import { ControlRefusal, refusal } from "./control-call";

const SHOWN = 5;

/** Whom a field names, by number, e-mail address or the name of a contact; of a chat, those who are in it. */
export function readPerson(world: World, pointer: string, named: string, chat?: Chat): Identifier | ControlRefusal {
  const identifier = parseIdentifier(named);
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
  const identifier = named === undefined && only !== undefined ? only : readPerson(world, pointer, named ?? "", chat);
  if (identifier instanceof ControlRefusal) return identifier;
  if (identifier === chat.line) return ownLine(pointer, identifier);
  const details = { pointer, hint: inChat(chat) };
  return handleOf(chat, identifier) ?? refusal(422, "not_in_chat", `${identifier} is not in chat ${chat.id}`, details);
}

function inChat(chat: Chat): string {
  return `In chat ${chat.id} ${isGroup(chat) ? "are" : "is"} ${firstOf(participantsOf(chat))}.`;
}

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

/** As many as people read. */
function firstOf(items: readonly unknown[]): string {
  const shown = items.slice(0, SHOWN).join(", ");
  return items.length > SHOWN ? `${shown} and more` : shown;
}
