import { Failure } from "../../../server/failure";
import { anyChatAt } from "../../find-or-404";
import type { Operation } from "../../operation";
import { chatView } from "./view";

/** One chat. */
export const getChat: Operation<"getChat"> = (world, { path: { chatId } }) => {
  const chat = anyChatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  const assumptions = chat.leftAt === undefined ? [] : ["A-v3-leave-visibility"];
  return { status: 200, body: chatView(world, chat), details: { assumptions } };
};
