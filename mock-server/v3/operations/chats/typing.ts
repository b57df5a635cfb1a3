import { Failure } from "../../../server/failure";
import type { Chat } from "../../../world/model";
import { isGroup, ownHandle } from "../../../world/participants";
import { hideTyping, showTyping } from "../../../world/typing";
import { chatAt } from "../../find-or-404";
import type { Operation, ReplyFacts } from "../../operation";

/** Documented: 85 to 90 s. */
const TYPING_MS = 85_000;

/** Shows that the line types; without effect in groups (A-v3-typing-group) and off iMessage. */
export const startTyping: Operation<"startTyping"> = (world, { path: { chatId } }) => {
  const chat = chatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  if (!isGroup(chat) && chat.service === "iMessage") showTyping(world, chat, ownHandle(chat), TYPING_MS);
  return { status: 204, body: undefined, facts: factsOf(chat) };
};

/** Hides that the line types. */
export const stopTyping: Operation<"stopTyping"> = (world, { path: { chatId } }) => {
  const chat = chatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  hideTyping(world, chat, ownHandle(chat));
  return { status: 204, body: undefined, facts: factsOf(chat) };
};

function factsOf(chat: Chat): ReplyFacts {
  return { assumptions: isGroup(chat) ? ["A-v3-typing-group"] : [] };
}
