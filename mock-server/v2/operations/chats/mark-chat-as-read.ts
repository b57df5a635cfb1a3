import { readMessages } from "../../../world/messages";
import { ownHandle } from "../../../world/participants";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";

/** Marks every message of the chat as read, those of the line too, as far as they are delivered (A-read-event). */
export const markChatAsRead: Operation<"markChatAsRead"> = (world, { path }) => {
  const chat = world.chats.get(path.chat_id);
  if (!chat) return refuse("chatNotFound");
  const own = ownHandle(chat).id;
  readMessages(world, chat, ({ handleId, deliveryStatus }) => handleId !== own || deliveryStatus === "delivered");
  return { status: 204, body: undefined };
};
