import { ownHandle } from "../../domain/membership";
import { addReaction, removeReaction } from "../../domain/react";
import { messageNotFound, reactionNotFound } from "../../errors";
import { hints } from "../../hints";
import type { Operation } from "../../operation";
import { reactionView } from "./reaction-view";

/** Adds or removes the line's reaction to a message. */
export const createReaction: Operation<"createReaction"> = (world, { path, body: { type, operation } }) => {
  const message = world.messages.get(path.chat_message_id);
  const chat = message && world.chats.get(message.chatId);
  if (!chat) return messageNotFound;
  const place = { chat, message, by: ownHandle(chat) };
  if (operation === "add")
    return { status: 201, body: { data: reactionView(chat, addReaction(world, place, type)) }, assuming: ["A-reaction-one"] };
  const removed = removeReaction(world, place, type);
  if (!removed) return { ...reactionNotFound, hint: hints.reactionNotThere(type) };
  return { status: 201, body: { data: reactionView(chat, removed) }, assuming: ["A-reaction-repeat"] };
};
