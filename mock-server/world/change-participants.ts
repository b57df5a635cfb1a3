import type { Identifier } from "../../contracts/identifier";
import type { Chat, Handle } from "./model";
import { stopTyping } from "./typing";
import type { World } from "./world";

/** Adds somebody to a chat who is not in it. Who was in it before gets the same handle again. */
export function addParticipant(world: World, chat: Chat, participant: Identifier): Chat {
  const at = world.clock.now();
  const isTheirs = (handle: Handle): boolean => handle.identifier === participant;
  const id = chat.formerHandles.find(isTheirs)?.id ?? world.nextHandleId();
  const handle = { id, identifier: participant, service: chat.service, joinedAt: at };
  const changed = world.chats.replace({
    ...chat,
    handles: [...chat.handles, handle],
    formerHandles: chat.formerHandles.filter((former) => !isTheirs(former)),
  });
  world.announce({ kind: "participant.added", chat: changed, participant, at });
  return changed;
}

/** Removes a participant from a chat; their messages stay. */
export function removeParticipant(world: World, chat: Chat, handle: Handle): Chat {
  stopTyping(world, chat, handle);
  const changed = world.chats.replace({
    ...chat,
    handles: chat.handles.filter(({ id }) => id !== handle.id),
    formerHandles: [...chat.formerHandles, handle],
  });
  world.announce({ kind: "participant.removed", chat: changed, participant: handle.identifier, at: world.clock.now() });
  return changed;
}
