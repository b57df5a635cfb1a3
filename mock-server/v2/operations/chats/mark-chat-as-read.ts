import { readMessages } from "../../../world/messages";
import { isShownBy } from "../../../world/version-visibility";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";

/** Marks every message of the chat as read, those of the line too. */
export const markChatAsRead: Operation<"markChatAsRead"> = (world, { path }) => {
  const chat = world.chats.get(path.chat_id);
  if (!chat) return refuse("chatNotFound");
  readMessages(world, chat, (message) => isShownBy("v2", world, message));
  return { status: 204, body: undefined };
};
