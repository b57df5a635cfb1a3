import { ownHandle } from "../../../world/participants";
import { addReaction, removeReaction } from "../../../world/reactions";
import { isShownBy } from "../../../world/version-visibility";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";
import { reactionView } from "./view";

/** Adds or removes the line's reaction to a message. */
export const createReaction: Operation<"createReaction"> = (world, { path, body: { type, operation } }) => {
  const message = world.messages.get(path.chat_message_id);
  const chat = message && isShownBy("v2", world, message) ? world.chats.get(message.chatId) : undefined;
  if (!message || !chat) return refuse("messageNotFound");
  const place = { chat, message, by: ownHandle(chat) };
  if (operation === "add") {
    const before = world.reactions.count("message", message.id);
    const data = reactionView(chat, addReaction(world, place, type));
    const outcome = world.reactions.count("message", message.id) > before ? "changed" : "unchanged";
    return { status: 201, body: { data }, details: { outcome } };
  }
  const removed = removeReaction(world, place, type);
  if (!removed) return refuse("reactionNotThere", { given: type });
  return { status: 201, body: { data: reactionView(chat, removed) } };
};
