import { parseIdentifier } from "../../../contracts/identifier";
import type { Chat, Handle } from "../../../fixtures/records";
import { handleOf, participantsOf } from "../../domain/membership";
import type { World } from "../../state/world";
import { type ControlRefusal, refusal } from "../control-call";

const SHOWN = 5;

export function findChat(world: World, id: number): Chat | ControlRefusal {
  return world.chats.get(id) ?? refusal(404, "chat_unknown", `There is no chat ${id}`, chatsHint(world));
}

/** The handle of whoever is named or, where only one person can be meant, of that person. */
export function findParticipant(chat: Chat, named: string | undefined): Handle | ControlRefusal {
  const participants = participantsOf(chat);
  const inIt = `In chat ${chat.id} are ${firstOf(participants)}.`;
  const [only] = participants;
  if (named === undefined && participants.length > 1)
    return invalid("/from", `from must be given: chat ${chat.id} is a group`, inIt);
  const identifier = named === undefined ? only : parseIdentifier(named);
  if (identifier === undefined) return invalid("/from", "from is neither a phone number nor an e-mail address");
  if (identifier === chat.line)
    return refusal(422, "own_line", `${identifier} is your own line`, "What your side does goes through the API.");
  return handleOf(chat, identifier) ?? refusal(422, "not_in_chat", `${identifier} is not in chat ${chat.id}`, inIt);
}

/** A field of the body that cannot be used. */
export function invalid(pointer: string, message: string, hint?: string): ControlRefusal {
  return { status: 422, error: { code: "invalid", message, pointer, hint } };
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
