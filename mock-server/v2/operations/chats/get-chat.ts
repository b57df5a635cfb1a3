import { refuse } from "../../errors";
import type { Operation } from "../../operation";
import { chatView } from "./view";

export const getChat: Operation<"getChat"> = (world, { path }) => {
  const chat = world.chats.get(path.chat_id);
  if (!chat) return refuse("chatNotFound");
  return { status: 200, body: { data: chatView(world, chat) }, details: { chats: [chat] } };
};
