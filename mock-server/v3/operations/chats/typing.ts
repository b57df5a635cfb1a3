import { Failure } from "../../../server/failure";
import type { Chat } from "../../../world/model";
import { isGroup, ownHandle } from "../../../world/participants";
import { hideTyping, showTyping } from "../../../world/typing";
import { chatAt } from "../../find-or-404";
import type { Operation, ReplyDetails } from "../../operation";

/** Documented: 85 to 90 s. */
const TYPING_MS = 85_000;

/** Shows that the line types; without effect in groups (A-v3-typing-group) and off iMessage. */
export const startTyping: Operation<"startTyping"> = (world, { path: { chatId } }) => {
  const chat = chatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  if (!isGroup(chat) && chat.service === "iMessage") showTyping(world, chat, ownHandle(chat), TYPING_MS);
  return { status: 204, body: undefined, details: detailsOf(chat) };
};

/** Hides that the line types. */
export const stopTyping: Operation<"stopTyping"> = (world, { path: { chatId } }) => {
  const chat = chatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  hideTyping(world, chat, ownHandle(chat));
  return { status: 204, body: undefined, details: detailsOf(chat) };
};

function detailsOf(chat: Chat): ReplyDetails {
  return { assumptions: isGroup(chat) ? ["A-v3-typing-group"] : [] };
}
