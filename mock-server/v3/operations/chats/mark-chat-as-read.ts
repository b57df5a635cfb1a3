import { Failure } from "../../../server/failure";
import { readMessages } from "../../../world/messages";
import { chatAt } from "../../find";
import type { Operation } from "../../operation";
import { chatRefusal } from "../../sending";
import { isFromMe } from "../../views";

/** Marks all that was received in a chat as read. */
export const markChatAsRead: Operation<"markChatAsRead"> = (world, { path: { chatId } }) => {
  const chat = chatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  const refusal = chatRefusal(chat);
  if (refusal) return refusal;
  readMessages(world, chat, (message) => !isFromMe(chat, message));
  return { status: 204, body: undefined };
};
