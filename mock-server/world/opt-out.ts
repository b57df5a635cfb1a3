import type { Identifier } from "../../contracts/identifiers";
import type { Chat, Handle } from "./model";
import { isGroup, participantsOf } from "./participants";
import type { World } from "./world";

/** Documented: alone in a message, in capitals; `opt out` in any case, with spaces or hyphens. */
const OPT_OUT = /^\s*(?:STOP|UNSUBSCRIBE|OPTOUT|CANCEL|END|QUIT|[oO][pP][tT][\s-]*[oO][uU][tT])\s*$/;

/**
 * Notes that a person wants no more messages, by what they have just written in a chat, be it a group; anything else takes it back, in whichever
 * chat they have said so (A-v3-opt-out).
 */
export function noteOptOut(world: World, chat: Chat, { identifier }: Handle, text: string): void {
  if (OPT_OUT.test(text)) return optOut(world, chat, identifier);
  for (const { optedOutAt, optedOutBy, ...known } of optedOutChats(world, identifier)) {
    const others = optedOutBy?.filter((person) => person !== identifier) ?? [];
    const isOver = optedOutAt === undefined || others.length === 0;
    world.chats.replace(isOver ? { ...known, optedInAt: world.clock.now() } : { ...known, optedOutAt, optedOutBy: others });
  }
}

function optOut(world: World, chat: Chat, identifier: Identifier): void {
  const { optedOutAt = world.clock.now() } = chat;
  const before = whoOptedOut(chat);
  if (before.includes(identifier)) return;
  world.chats.replace({ ...chat, optedOutAt, ...(isGroup(chat) && { optedOutBy: [...before, identifier] }) });
}

/** Whether somebody wants no more messages, from whichever line. */
export function hasOptedOut(world: World, identifier: Identifier): boolean {
  return optedOutChats(world, identifier).length > 0;
}

/** The chats in which somebody has said so. */
function optedOutChats({ chats }: World, identifier: Identifier): Chat[] {
  const all = chats.slice("member", identifier, 0, chats.count("member", identifier));
  return all.filter((chat) => whoOptedOut(chat).includes(identifier));
}

function whoOptedOut(chat: Chat): readonly Identifier[] {
  return chat.optedOutAt === undefined ? [] : (chat.optedOutBy ?? participantsOf(chat));
}
