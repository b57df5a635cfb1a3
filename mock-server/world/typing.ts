import { contactName } from "./contacts";
import type { Chat, Handle, Typing } from "./model";
import { handleById } from "./participants";
import type { World } from "./world";

const TYPING_MS = 60_000;

/** Shows that somebody types, for 60 s from now, or as long as it says. Whoever types already is given the time anew. */
export function showTyping(world: World, chat: Chat, handle: Handle, lastsMs = TYPING_MS): Typing {
  const at = world.clock.now();
  const typesAlready = world.typing.has(handle.id);
  const typing = { chatId: chat.id, handleId: handle.id, until: at + lastsMs };
  world.typing.set(handle.id, typing);
  endInTime(world, typing);
  if (!typesAlready) world.announce({ kind: "typing.started", chat, handle, at });
  return typing;
}

/** Hides that somebody types. Does nothing when they do not. */
export function hideTyping(world: World, chat: Chat, handle: Handle): void {
  const typing = world.typing.get(handle.id);
  if (!typing) return;
  world.typing.delete(handle.id);
  forgetEnd(world, handle.id);
  const { isInherited = false } = typing;
  world.announce({ kind: "typing.stopped", chat, handle, at: world.clock.now(), isInherited });
}

/** Sets the clock for the typing that a world begins with; what has ended before is no more. */
export function resumeTyping(world: World): void {
  const now = world.clock.now();
  for (const typing of world.typing.values()) {
    if (typing.until > now) endInTime(world, typing);
    else world.typing.delete(typing.handleId);
  }
}

function endInTime(world: World, { chatId, handleId, until }: Typing): void {
  forgetEnd(world, handleId);
  const what = (): string => {
    const chat = world.chats.get(chatId);
    const { identifier } = chat ? handleById(chat, handleId) : {};
    return `${identifier === undefined ? "somebody" : contactName(world, identifier) || identifier} stops typing`;
  };
  const cancel = world.clock.at(until, what, () => {
    const chat = world.chats.get(chatId);
    if (chat) hideTyping(world, chat, handleById(chat, handleId));
  });
  world.typingEnds.set(handleId, cancel);
}

function forgetEnd(world: World, handleId: number): void {
  world.typingEnds.get(handleId)?.();
  world.typingEnds.delete(handleId);
}
