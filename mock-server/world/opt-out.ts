import type { Identifier } from "../../contracts/identifiers";
import type { Chat, Handle } from "./model";
import { isGroup } from "./participants";
import type { World } from "./world";

/** Documented: alone in a message, in capitals; `opt out` in any case, with spaces or hyphens. */
const OPT_OUT = /^\s*(?:STOP|UNSUBSCRIBE|OPTOUT|CANCEL|END|QUIT|[oO][pP][tT][\s-]*[oO][uU][tT])\s*$/;

/** Notes that a person wants no more messages, by what they have just written in a chat of their own with a line; anything else takes it back. */
export function noteOptOut(world: World, chat: Chat, { identifier }: Handle, text: string): void {
  if (isGroup(chat)) return;
  if (OPT_OUT.test(text)) {
    if (chat.optedOutAt === undefined) world.chats.replace({ ...chat, optedOutAt: world.clock.now() });
    return;
  }
  for (const one of optedOutChats(world, identifier)) {
    const { optedOutAt: _, ...cleared } = one;
    world.chats.replace(cleared);
  }
}

/** Whether somebody wants no more messages, from whichever line. */
export function hasOptedOut(world: World, identifier: Identifier): boolean {
  return optedOutChats(world, identifier).length > 0;
}

function optedOutChats({ chats }: World, identifier: Identifier): Chat[] {
  const all = chats.slice("member", identifier, 0, chats.count("member", identifier));
  return all.filter((chat) => chat.optedOutAt !== undefined && !isGroup(chat));
}
