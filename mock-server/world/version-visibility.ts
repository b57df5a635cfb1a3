import type { Chat, Message } from "./model";
import type { World } from "./world";

/** Whether a version of the API shows a message: what the other has sent is not shown, where the two are isolated (A-v3-v2-visibility). */
export function isShownBy(version: string | undefined, { settings }: World, { causedBy }: Message): boolean {
  return !settings.isolateVersions || causedBy === undefined || causedBy.version === version;
}

/** The messages of a chat that a version shows, where the two are isolated; undefined where it shows all. */
export function messagesShownBy(version: string, world: World, { id }: Chat): Message[] | undefined {
  if (!world.settings.isolateVersions) return undefined;
  const all = world.messages.slice("chat", id);
  return all.filter((message) => isShownBy(version, world, message));
}

/** The message that was sent with an idempotency key, if the version shows it: where the two are isolated, each has keys of its own. */
export function sentWithKey(version: string | undefined, world: World, key: string): Message | undefined {
  const { messages, settings } = world;
  if (!settings.isolateVersions) return messages.first("idempotencyKey", key);
  const all = messages.slice("idempotencyKey", key);
  return all.find((message) => isShownBy(version, world, message));
}

/** Whether a message with an idempotency key was deleted that the version showed. */
export function wasKeyDeleted(version: string, { deletedKeys }: World, key: string): boolean {
  return deletedKeys.has(key) || deletedKeys.has(keyOfVersion(version, key));
}

/** Remembers the key of a message that is deleted. */
export function keepDeletedKey({ deletedKeys, settings }: World, { idempotencyKey: key, causedBy }: Message): void {
  if (key !== null) deletedKeys.add(settings.isolateVersions && causedBy ? keyOfVersion(causedBy.version, key) : key);
}

function keyOfVersion(version: string, key: string): string {
  return `${version} ${key}`;
}
