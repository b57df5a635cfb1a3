import { ownHandle } from "../../../world/participants";
import { hideTyping } from "../../../world/typing";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";

export const stopTyping: Operation<"stopTyping"> = (world, { path }) => {
  const chat = world.chats.get(path.chat_id);
  if (!chat) return refuse("chatNotFound");
  hideTyping(world, chat, ownHandle(chat));
  return { status: 204, body: undefined };
};
