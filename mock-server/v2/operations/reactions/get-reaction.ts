import { isTapback } from "../../../world/reactions";
import { isShownBy } from "../../../world/version-visibility";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";
import { reactionView } from "./view";

export const getReaction: Operation<"getReaction"> = (world, { path }) => {
  const reaction = world.reactions.get(path.reaction_id);
  const message = reaction && world.messages.get(reaction.messageId);
  const chat = message && world.chats.get(message.chatId);
  return chat && isShownBy("v2", world, message) && isTapback(reaction)
    ? { status: 200, body: { data: reactionView(chat, reaction) } }
    : refuse("reactionNotFound");
};
