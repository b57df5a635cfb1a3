import type { LastIds, WorldRecords } from "./model";
import { lastHandleId } from "./seed";
import type { World } from "./world";

/** Everything in a world by now, by ascending id. */
export function recordsOf(world: World): WorldRecords {
  const now = world.clock.now();
  const chats = [...world.chats.values()];
  const { seed, blockedHandles, announcedFiles, deletedKeys } = world;
  return {
    users: [...world.users.values()],
    lines: [...world.lines.values()],
    contacts: [...world.contacts.values()],
    availability: Object.fromEntries(world.availability),
    contactSharing: seed.contactSharing,
    foreignLineIds: [...seed.foreignLineIds],
    chats,
    messages: [...world.messages.values()],
    reactions: [...world.reactions.values()],
    typing: [...world.typing.values()].filter(({ until }) => until > now),
    subscriptions: [...world.subscriptions.values()],
    faults: world.faults.rules,
    lastIds: lastIdsBeyond(world, lastHandleId(chats)),
    idKey: world.publicIds.name,
    ...(seed.pinnedIds.length > 0 && { pinnedIds: seed.pinnedIds }),
    ...(blockedHandles.size > 0 && { blockedHandles: [...blockedHandles.values()] }),
    ...(announcedFiles.size > 0 && { announcedFiles: [...announcedFiles.values()] }),
    ...(deletedKeys.size > 0 && { deletedKeys: [...deletedKeys] }),
  };
}

/** By kind, where the record with the highest id is no more. */
function lastIdsBeyond({ collections, lastIds }: World, handleId: number): LastIds {
  const beyond: Record<string, number> = {};
  for (const [kind, collection] of Object.entries(collections)) {
    if (collection.lastId > 0 && !collection.get(collection.lastId)) beyond[kind] = collection.lastId;
  }
  if (lastIds.handle > handleId) beyond["handles"] = lastIds.handle;
  if (lastIds.call > 0) beyond["calls"] = lastIds.call;
  return beyond;
}
