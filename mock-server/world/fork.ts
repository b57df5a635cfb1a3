import type { ClockSetting } from "./clock-setting";
import type { Chat, Handle, Message, OptOut, WorldRecords } from "./model";
import { ownHandle } from "./participants";
import { recordsOf } from "./records-of";
import { createSeed } from "./seed";
import type { WorldSettings } from "./settings";
import { World } from "./world";

/**
 * A world of its own that goes on from another, as that is now or, with a message, as it was just after it was sent or received. Journal and
 * deliveries are not part of it, its events have other ids than those of the other, and webhooks tell of nothing that began before it.
 */
export function forkWorld(source: World, settings: WorldSettings, name: string, after?: Message): World {
  const uuids = source.uuids.fork(name);
  if (!after) return new World(source.seed, settings, source, { uuids, isFork: true });
  const at = after.sentAt;
  const records = recordsAfter(source, after);
  const clock = clockAt(source, at);
  const world = new World(createSeed(records, at), { ...settings, faults: [] }, undefined, { uuids, clock, isFork: true });
  for (const { attachments } of records.messages) for (const { id } of attachments) world.files.share(id, source.files);
  for (const { id } of records.announcedFiles ?? []) world.files.share(id, source.files);
  return world;
}

function clockAt({ clock }: World, instant: number): ClockSetting {
  const { setting } = clock;
  if (setting.mode === "frozen") return { mode: "frozen", instant };
  return { mode: "real", offset: setting.offset + instant - clock.now() };
}

/** What the records say of how it was then: they know no earlier text, nothing that was deleted, and not always who had left when. */
function recordsAfter(world: World, after: Message): WorldRecords {
  const records = recordsOf(world);
  const at = after.sentAt;
  const chats = new Map(records.chats.map((chat) => [chat.id, chat]));
  const messages = records.messages
    .filter((message) => hadCome(world, message, after))
    .map((message) => messageAt(message, chats.get(message.chatId), after));
  const there = new Set(messages.map(({ id }) => id));
  const reactions = records.reactions
    .filter(({ messageId, sentAt }) => there.has(messageId) && messageId !== after.id && sentAt <= at)
    .map((reaction) => ({ ...reaction, updatedAt: Math.min(reaction.updatedAt, at) }));
  const active = new Set([...messages, ...reactions].map(({ handleId }) => handleId));
  const { messages: _, chats: __, reactions: ___, ...lastIds } = records.lastIds;
  return {
    ...records,
    messages,
    reactions,
    chats: records.chats.flatMap((chat) => chatAt(chat, at, active) ?? []),
    typing: [],
    lastIds,
    blockedHandles: records.blockedHandles?.filter(({ blockedAt }) => blockedAt <= at) ?? [],
    announcedFiles: records.announcedFiles?.filter(({ announcedAt }) => announcedAt <= at) ?? [],
  };
}

/** The ids of what was sent since the start tell what came first, though the clock went back; what the start brought has only its times. */
function hadCome({ seed }: World, { id, sentAt }: Message, after: Message): boolean {
  if (after.id > seed.messages.lastId) return id <= after.id;
  return id <= seed.messages.lastId && (sentAt < after.sentAt || (sentAt === after.sentAt && id <= after.id));
}

function messageAt(message: Message, chat: Chat | undefined, after: Message): Message {
  const { deliveredAt, editedAt, deliveryStatus, failsAt = null } = message;
  const at = after.sentAt;
  const isUnderway =
    (deliveryStatus === "delivered" || deliveryStatus === "service_unavailable") &&
    message.sentAt <= at && // else the clock has gone back since
    (deliveredAt ?? failsAt ?? at) > at &&
    chat &&
    ownHandle(chat).id === message.handleId;
  const { readAt, edits, ...others } = message;
  const isEdited = editedAt !== null && editedAt <= at;
  const isRead = message.isRead && !isUnderway && message.id !== after.id && (readAt ?? 0) <= at;
  return {
    ...others,
    deliveryStatus: isUnderway ? "pending" : deliveryStatus,
    editedAt: isEdited ? editedAt : null,
    isRead,
    ...(isRead && readAt !== undefined && { readAt }),
    ...(isEdited && edits !== undefined && { edits }),
  };
}

/** Undefined when it was made later. Who had joined, or written something, is in it; of whom nothing is known, all are. */
function chatAt(chat: Chat, at: number, active: ReadonlySet<number>): Chat | undefined {
  const own = ownHandle(chat);
  const wasThere = ({ id, joinedAt }: Handle): boolean => joinedAt <= at || active.has(id);
  const isBack = ({ leftAt = at }: Handle): boolean => leftAt > at;
  const back = chat.formerHandles
    .filter((handle) => wasThere(handle) && isBack(handle))
    .map(({ leftAt: _, ...handle }) => handle);
  const others = [...chat.handles, ...back].filter((handle) => handle.id !== own.id && wasThere(handle));
  if (!wasThere(own) && others.length === 0) return undefined;
  const { optOuts, leftAt, changedAt, deleted, ...known } = chat;
  const then = {
    ...known,
    ...(optOuts && { optOuts: optOuts.filter((one) => one.at <= at).map((one) => optOutAt(one, at)) }),
    ...(leftAt !== undefined && leftAt <= at && { leftAt }),
    ...(changedAt !== undefined && changedAt <= at && { changedAt }),
    ...(deleted && deleted.lastSentAt <= at && { deleted }),
  };
  if (others.length === 0) return then;
  const isThere = new Set([own.id, ...others.map(({ id }) => id)]);
  return {
    ...then,
    handles: [...chat.handles, ...back].filter(({ id }) => isThere.has(id)),
    formerHandles: chat.formerHandles.filter((handle) => wasThere(handle) && !isBack(handle)),
  };
}

function optOutAt({ until, ...begun }: OptOut, at: number): OptOut {
  return until !== undefined && until <= at ? { ...begun, until } : begun;
}
