import { Failure } from "../../../server/failure";
import type { Operation } from "../../operation";
import { findMessage, messageView } from "./view";

export const getMessage: Operation<"getMessage"> = (world, { path }) => {
  const found = findMessage(world, path);
  if (found instanceof Failure) return found;
  const { chat, message } = found;
  return {
    status: 200,
    body: { data: messageView(world, chat, message) },
    details: { chats: [chat], messages: [message] },
  };
};
