import { ownHandle } from "../../../world/participants";
import { showTyping } from "../../../world/typing";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";

/** Shows that the line types, for 60 s or until it sends a message. */
export const startTyping: Operation<"startTyping"> = (world, { path }) => {
  const chat = world.chats.get(path.chat_id);
  if (!chat) return refuse("chatNotFound");
  showTyping(world, chat, ownHandle(chat));
  return { status: 201, body: undefined, details: { chats: [chat] } };
};
