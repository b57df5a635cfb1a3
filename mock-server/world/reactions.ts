import type { Chat, Handle, Message, Reaction, ReactionType, Tapback } from "./model";
import type { World } from "./world";

/** The message reacted to, its chat, and who reacts. */
export interface ReactionPlace {
  readonly chat: Chat;
  readonly message: Message;
  readonly by: Handle;
  /** What the message reacted to is a reply to. */
  readonly repliedTo?: Message | undefined;
  /** The part of the message reacted to. Default: where they have reacted already, else the first. */
  readonly partIndex?: number;
}

/** Adds a reaction. A person has one per part of a message, so another type replaces it (A-reaction-one); the same again changes nothing. */
export function addReaction<T extends ReactionType>(
  world: World,
  place: ReactionPlace,
  type: T,
  customEmoji?: string,
): Reaction & { readonly type: T } {
  const { chat, message, by, repliedTo, partIndex = 0 } = place;
  const now = world.clock.now();
  const existing = reactionOf(world, place, type);
  if (existing?.type === type && existing.customEmoji === customEmoji) return { ...existing, type };
  const kind = { type, ...(customEmoji !== undefined && { customEmoji }), updatedAt: now };
  const reaction = existing
    ? world.reactions.replace({ ...withoutEmoji(existing), ...kind })
    : world.reactions.add((id) => ({
        ...{ id, messageId: message.id, handleId: by.id, sentAt: now },
        ...(partIndex > 0 && { partIndex }),
        ...kind,
      }));
  const event = by.identifier === chat.line ? "reaction.sent" : "reaction.received";
  world.announce({ kind: event, chat, message, reaction, repliedTo });
  return { ...reaction, type };
}

/** Removes a reaction, if somebody has one of this type on the message, and returns what was removed. */
export function removeReaction<T extends ReactionType>(
  world: World,
  place: ReactionPlace,
  type: T,
  customEmoji?: string,
): (Reaction & { readonly type: T }) | undefined {
  const { chat, message } = place;
  const reaction = reactionOf(world, place, type);
  if (reaction?.type !== type || reaction.customEmoji !== customEmoji) return undefined;
  world.reactions.delete(reaction.id);
  world.announce({ kind: "reaction.removed", chat, message, reaction });
  return { ...reaction, type };
}

/** The reactions to a message, by ascending id. */
export function reactionsTo(world: World, message: Message): Reaction[] {
  return world.reactions.slice("message", message.id);
}

/** Moves the reactions to a message to where its parts are now. Of two of one person on one part, the newer stays. */
export function moveReactions(world: World, message: Message, placeOf: (partIndex: number) => number): void {
  const kept = new Map<string, number>();
  for (const { partIndex: before = 0, ...reaction } of reactionsTo(world, message)) {
    const partIndex = placeOf(before);
    if (partIndex !== before) world.reactions.replace({ ...reaction, ...(partIndex > 0 && { partIndex }) });
    const place = `${reaction.handleId} ${partIndex}`;
    const older = kept.get(place);
    if (older !== undefined) world.reactions.delete(older);
    kept.set(place, reaction.id);
  }
}

function reactionOf(world: World, { message, by, partIndex: index }: ReactionPlace, type: ReactionType): Reaction | undefined {
  const own = reactionsTo(world, message).filter(({ handleId }) => handleId === by.id);
  if (index !== undefined) return own.find(({ partIndex = 0 }) => partIndex === index);
  return own.find((reaction) => reaction.type === type) ?? own[0];
}

function withoutEmoji({ customEmoji: _, ...reaction }: Reaction): Reaction {
  return reaction;
}

/** Whether a reaction is one of the six that V2 has, too. */
export function isTapback(reaction: Reaction): reaction is Reaction & { readonly type: Tapback } {
  return reaction.type !== "custom";
}
