import { commonService, type Identifier, type Service } from "../../contracts/identifiers";
import { bestService } from "./magic-values";
import type { Chat, Handle, Line } from "./model";
import { chatKey, isGroup, ownHandle, participantsOf } from "./participants";
import { countNewChat } from "./reputation";
import { hideTyping } from "./typing";
import type { World } from "./world";

/** The chat that a line has with exactly these participants, or else a new one of that name, of which the event tells. */
export function findOrOpenChat(
  world: World,
  line: Pick<Line, "phoneNumber">,
  participants: readonly Identifier[],
  { name, event, mayReuse, service }: NewChat,
): { readonly chat: Chat; readonly isNew: boolean } {
  const existing = chatOfParticipants(world, line.phoneNumber, participants, mayReuse);
  return {
    chat: existing ?? openChat(world, line.phoneNumber, participants, { name, event, service }),
    isNew: existing === undefined,
  };
}

interface NewChat {
  readonly name: string | null;
  readonly event: "chat.created" | "chat.opened";
  /** What the message travels by that makes it, where that was chosen. */
  readonly service?: Service | undefined;
  /** Which of several with the same people may be used; all when it does not say. */
  readonly mayReuse?: ((chat: Chat) => boolean) | undefined;
}

/** The first chat that a line has with exactly these participants, of those that fit. */
export function chatOfParticipants(
  world: World,
  line: Identifier,
  participants: readonly Identifier[],
  fits?: (chat: Chat) => boolean,
): Chat | undefined {
  const all = chatsWith(world, line, participants);
  return fits ? all.find(fits) : all[0];
}

/** The chats that a line has with exactly these participants, by ascending id. */
export function chatsWith({ chats }: World, line: Identifier, participants: readonly Identifier[]): Chat[] {
  return chats.slice("key", chatKey(line, participants));
}

/** The line's handle comes last, as in the documented example. */
function openChat(
  world: World,
  line: Identifier,
  participants: readonly Identifier[],
  { name, event, service: travelsBy }: NewChat,
): Chat {
  const services = participants.map((identifier) => bestService(world, identifier) ?? "iMessage");
  const service = commonService(services);
  const joinedAt = world.clock.now();
  const join = (identifier: Identifier): Handle => ({ id: world.nextHandleId(), identifier, service, joinedAt });
  const handles = [...participants, line].map(join);
  const chat = world.chats.add((id) => ({
    ...{ id, line, name, service, handles },
    formerHandles: [],
    isMigratable: true,
  }));
  world.announce({ kind: event, chat, service: travelsBy });
  if (event === "chat.created") countNewChat(world, line);
  return chat;
}

/**
 * Adds somebody to a chat who is not in it, and returns the chat that has them. Who was in it before gets the same handle again. Somebody
 * without iMessage who joins a chat on iMessage makes another; one on RCS falls back to SMS where need be.
 */
export function addToChat(world: World, chat: Chat, participant: Identifier): Chat {
  const at = world.clock.now();
  const service = commonService([chat.service, bestService(world, participant) ?? "iMessage"]);
  if (chat.service === "iMessage" && service !== "iMessage") {
    const place = { name: chat.name, event: "chat.opened" } as const;
    const { chat: other, isNew } = findOrOpenChat(
      world,
      { phoneNumber: chat.line },
      [...participantsOf(chat), participant],
      place,
    );
    if (isNew) world.announce({ kind: "participant.added", chat: other, participant, at });
    return other;
  }
  if (!isGroup(chat)) for (const handle of chat.handles) hideTyping(world, chat, handle); // nobody is told of typing in groups
  const isTheirs = (handle: Handle): boolean => handle.identifier === participant;
  const id = chat.formerHandles.find(isTheirs)?.id ?? world.nextHandleId();
  const handle = { id, identifier: participant, service, joinedAt: at };
  const changed = world.chats.replace({
    ...{ ...chat, service },
    handles: [...chat.handles.map((one) => (one.service === service ? one : { ...one, service })), handle],
    isChanged: true,
    formerHandles: chat.formerHandles.filter((former) => !isTheirs(former)),
  });
  world.announce({ kind: "participant.added", chat: changed, participant, at });
  return changed;
}

/** Removes a participant from a chat; their messages stay. */
export function removeFromChat(world: World, chat: Chat, handle: Handle): Chat {
  hideTyping(world, chat, handle);
  const changed = world.chats.replace({
    ...chat,
    handles: chat.handles.filter(({ id }) => id !== handle.id),
    isChanged: true,
    formerHandles: [...chat.formerHandles, { ...handle, leftAt: world.clock.now() }],
  });
  world.announce({ kind: "participant.removed", chat: changed, participant: handle.identifier, at: world.clock.now() });
  return changed;
}

/** Gives a group another name or picture; null takes it away. Nobody is told of what it has already. */
export function changeGroup(
  world: World,
  chat: Chat,
  { name, icon }: { readonly name?: string | null; readonly icon?: string | null },
): Chat {
  const { icon: before, ...others } = chat;
  const isRenamed = name !== undefined && name !== chat.name;
  const isPictured = icon !== undefined && icon !== (before ?? null);
  if (!isRenamed && !isPictured) return chat;
  const at = world.clock.now();
  const kept = icon === undefined ? before : (icon ?? undefined);
  const changed = world.chats.replace({
    ...others,
    ...(name !== undefined && { name }),
    changedAt: at,
    ...(kept !== undefined && { icon: kept }),
  });
  if (isRenamed) world.announce({ kind: "chat.renamed", chat: changed, before: chat.name, now: name, at });
  if (isPictured) world.announce({ kind: "chat.icon_changed", chat: changed, before: before ?? null, now: icon, at });
  return changed;
}

/** Takes the line out of a group. Its handle stays, as do the messages; nothing more can be done in the chat. */
export function leaveGroup(world: World, chat: Chat): Chat {
  const at = world.clock.now();
  hideTyping(world, chat, ownHandle(chat));
  const left = world.chats.replace({ ...chat, leftAt: at });
  world.announce({ kind: "participant.removed", chat: left, participant: chat.line, at });
  return left;
}
