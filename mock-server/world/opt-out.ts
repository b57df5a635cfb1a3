import type { Identifier } from "../../contracts/identifiers";
import type { Chat, Handle, OptOut } from "./model";
import type { World } from "./world";

/** Documented: alone in a message, so without files (A-v3-opt-out), in capitals; `opt out` in any case, with spaces or hyphens. */
const OPT_OUT = /^\s*(?:STOP|UNSUBSCRIBE|OPTOUT|CANCEL|END|QUIT|[oO][pP][tT][\s-]*[oO][uU][tT])\s*$/;

interface Written {
  readonly text: string;
  readonly attachments: readonly unknown[];
}

/**
 * Notes that a person wants no more messages, by what they have just written in a chat, be it a group; anything else takes it back, in whichever
 * chat they have said so (A-v3-opt-out).
 */
export function noteOptOut(world: World, chat: Chat, { identifier }: Handle, { text, attachments }: Written): void {
  const now = world.clock.now();
  if (attachments.length > 0 || !OPT_OUT.test(text)) {
    const ended = (one: OptOut): OptOut => (isOf(identifier)(one) ? { ...one, until: now } : one);
    for (const one of optedOutChats(world, identifier))
      world.chats.replace({ ...one, optOuts: (one.optOuts ?? []).map(ended) });
    return;
  }
  const { optOuts = [] } = chat;
  if (optOuts.some(isOf(identifier))) return;
  world.chats.replace({ ...chat, optOuts: [...optOuts, { person: identifier, at: now }] });
}

/** Whether somebody wants no more messages, from whichever line. */
export function hasOptedOut(world: World, identifier: Identifier): boolean {
  return world.chats.count("optedOut", identifier) > 0;
}

/** Whether anybody in a chat wants no more messages, and since when that is so; nobody has ever said so where there is no `since`. */
export function optOutOf({ optOuts = [] }: Chat): { readonly isOptedOut: boolean; readonly since?: number | undefined } {
  const lastFirst = optOuts
    .map(({ at, until = Number.POSITIVE_INFINITY }) => ({ at, until }))
    .sort((a, b) => b.until - a.until);
  const end = lastFirst[0]?.until;
  if (end !== Number.POSITIVE_INFINITY) return { isOptedOut: false, since: end };
  const since = lastFirst.reduce((first, { at, until }) => (until > first ? Math.min(first, at) : first), Number.MAX_VALUE);
  return { isOptedOut: true, since };
}

/** The chats in which somebody has said so, those included that they have left. */
function optedOutChats({ chats }: World, identifier: Identifier): Chat[] {
  return chats.slice("optedOut", identifier);
}

/** What is not over, of one person. */
function isOf(identifier: Identifier): (optOut: OptOut) => boolean {
  return ({ person, until }) => person === identifier && until === undefined;
}
