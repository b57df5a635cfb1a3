import { Failure } from "../../../server/failure";
import { changeText } from "../../../world/message-parts";
import { ownHandle } from "../../../world/participants";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";
import { findMessage } from "./view";

export const editMessage: Operation<"editMessage"> = (world, { path, body: { text } }) => {
  const found = findMessage(world, path);
  if (found instanceof Failure) return found;
  const { chat, message } = found;
  if (message.handleId !== ownHandle(chat).id) return refuse("messageOfOthers");
  if (text.trim() === "" && message.attachments.length === 0) return refuse("textBlank", { field: "text" });
  changeText(world, chat, message, text);
  return {
    status: 200,
    body: { message: "Message edited successfully", data: { id: message.id, text } },
    details: { messages: [message] },
  };
};
