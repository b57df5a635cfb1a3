import { Failure } from "../../../server/failure";
import { readMessages } from "../../../world/messages";
import { isGroup } from "../../../world/participants";
import { chatAt } from "../../find-or-404";
import type { Operation } from "../../operation";
import { isFromMe } from "../messages/view";

/** Marks all that was received in a direct chat as read; in groups it has no effect. */
export const markChatAsRead: Operation<"markChatAsRead"> = (world, { path: { chatId } }) => {
  const chat = chatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  if (!isGroup(chat)) readMessages(world, chat, (message) => !isFromMe(chat, message));
  return { status: 204, body: undefined };
};
