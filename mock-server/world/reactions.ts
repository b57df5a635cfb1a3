import type { Chat, Handle, Message, Reaction, ReactionType } from "./model";
import type { World } from "./world";

/** The message reacted to, its chat, and who reacts. */
export interface ReactionPlace {
  readonly chat: Chat;
  readonly message: Message;
  readonly by: Handle;
  /** What the message reacted to is a reply to. */
  readonly repliedTo?: Message | undefined;
}

/** Adds a reaction. A person has one per message, so another type replaces it (A-reaction-one); the same again changes nothing. */
export function addReaction(world: World, { chat, message, by, repliedTo }: ReactionPlace, type: ReactionType): Reaction {
  const now = world.clock.now();
  const existing = reactionOf(world, message, by);
  if (existing?.type === type) return existing;
  const reaction = existing
    ? world.reactions.replace({ ...existing, type, updatedAt: now })
    : world.reactions.add((id) => ({ id, messageId: message.id, handleId: by.id, type, sentAt: now, updatedAt: now }));
  const kind = by.identifier === chat.line ? "reaction.sent" : "reaction.received";
  world.announce({ kind, chat, message, reaction, repliedTo });
  return reaction;
}

/** Removes a reaction, if somebody has one of this type on the message, and returns what was removed. */
export function removeReaction(world: World, { chat, message, by }: ReactionPlace, type: ReactionType): Reaction | undefined {
  const reaction = reactionOf(world, message, by);
  if (reaction?.type !== type) return undefined;
  world.reactions.delete(reaction.id);
  world.announce({ kind: "reaction.removed", chat, message, reaction });
  return reaction;
}

/** The reactions to a message, by ascending id. */
export function reactionsTo(world: World, message: Message): Reaction[] {
  return world.reactions.slice("message", message.id, 0, world.reactions.count("message", message.id));
}

function reactionOf(world: World, message: Message, by: Handle): Reaction | undefined {
  return reactionsTo(world, message).find((reaction) => reaction.handleId === by.id);
}
