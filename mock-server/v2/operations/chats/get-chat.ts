import { chatNotFound } from "../../errors";
import type { Operation } from "../../operation";
import { magicChatHint } from "../magic/magic-chat-hint";
import { displayAssumptions } from "./display-assumptions";
import { chatView } from "./view";

export const getChat: Operation<"getChat"> = (world, { path }) => {
  const chat = world.chats.get(path.chat_id);
  if (!chat) return chatNotFound;
  return {
    status: 200,
    body: { data: chatView(world, chat) },
    assuming: displayAssumptions(world, chat),
    hint: magicChatHint(world, chat),
  };
};
