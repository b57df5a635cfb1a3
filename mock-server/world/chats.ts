import { commonService, type Identifier } from "../../contracts/identifiers";
import { bestService } from "./magic-values";
import type { Chat, Handle, Line } from "./model";
import { chatKey } from "./participants";
import { hideTyping } from "./typing";
import type { World } from "./world";

/** The chat that a line has with exactly these participants, or else a new one of that name. */
export function findOrOpenChat(
  world: World,
  line: Line,
  participants: readonly Identifier[],
  name: string | null,
): { readonly chat: Chat; readonly isNew: boolean } {
  const existing = world.chats.first("key", chatKey(line.phoneNumber, participants));
  return { chat: existing ?? openChat(world, line, participants, name), isNew: existing === undefined };
}

/** The line's handle comes last, as in the documented example. */
function openChat(world: World, line: Line, participants: readonly Identifier[], name: string | null): Chat {
  const services = participants.map((identifier) => bestService(world, identifier) ?? "iMessage");
  const service = commonService(services);
  const joinedAt = world.clock.now();
  const join = (identifier: Identifier): Handle => ({ id: world.nextHandleId(), identifier, service, joinedAt });
  const handles = [...participants, line.phoneNumber].map(join);
  const chat = world.chats.add((id) => ({
    ...{ id, line: line.phoneNumber, name, service, handles },
    formerHandles: [],
    isMigratable: true,
  }));
  world.announce({ kind: "chat.created", chat });
  return chat;
}

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
  hideTyping(world, chat, handle);
  const changed = world.chats.replace({
    ...chat,
    handles: chat.handles.filter(({ id }) => id !== handle.id),
    formerHandles: [...chat.formerHandles, handle],
  });
  world.announce({ kind: "participant.removed", chat: changed, participant: handle.identifier, at: world.clock.now() });
  return changed;
}
