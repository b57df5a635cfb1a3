import { ownHandle } from "../../../world/participants";
import { addReaction, removeReaction } from "../../../world/reactions";
import { failure, messageNotFound } from "../../errors";
import { hints } from "../../hints";
import type { Operation } from "../../operation";
import { reactionView } from "./view";

/** Adds or removes the line's reaction to a message. */
export const createReaction: Operation<"createReaction"> = (world, { path, body: { type, operation } }) => {
  const message = world.messages.get(path.chat_message_id);
  const chat = message && world.chats.get(message.chatId);
  if (!chat) return messageNotFound;
  const place = { chat, message, by: ownHandle(chat) };
  if (operation === "add") {
    const before = world.reactions.count("message", message.id);
    const data = reactionView(chat, addReaction(world, place, type));
    const isNew = world.reactions.count("message", message.id) > before;
    return { status: 201, body: { data }, assuming: isNew ? ["A-reaction-one"] : ["A-reaction-one", "A-reaction-repeat"] };
  }
  const removed = removeReaction(world, place, type);
  if (!removed) return failure(404, "Reaction not found", { assuming: ["A-reaction-one"], hint: hints.reactionNotThere(type) });
  return { status: 201, body: { data: reactionView(chat, removed) }, assuming: ["A-reaction-repeat"] };
};
