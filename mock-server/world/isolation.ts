import type { Chat, Message } from "./model";
import type { World } from "./world";

/** Whether a version of the API shows a message: what the other has sent is not shown, where the two are isolated (A-v3-v2-visibility). */
export function isShownBy(version: string, { settings }: World, { causedBy }: Message): boolean {
  return !settings.isolateVersions || causedBy === undefined || causedBy.version === version;
}

/** The messages of a chat that a version shows, where the two are isolated; undefined where it shows all. */
export function messagesShownBy(version: string, world: World, { id }: Chat): Message[] | undefined {
  if (!world.settings.isolateVersions) return undefined;
  const all = world.messages.slice("chat", id, 0, world.messages.count("chat", id));
  return all.filter((message) => isShownBy(version, world, message));
}
