import { Failure } from "../../../server/failure";
import { chatAt } from "../../find";
import type { Operation } from "../../operation";
import { chatView } from "../../views";

/** One chat. */
export const getChat: Operation<"getChat"> = (world, { path: { chatId } }) => {
  const chat = chatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  return { status: 200, body: chatView(world, chat) };
};
