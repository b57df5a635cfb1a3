import { changeText } from "../../../world/messages";
import { ownHandle } from "../../../world/participants";
import { failure } from "../../errors";
import type { Operation } from "../../operation";
import { findMessage } from "./find-message";

export const editMessage: Operation<"editMessage"> = (world, { path, body: { text } }) => {
  const found = findMessage(world, path);
  if ("detail" in found) return found;
  const { chat, message } = found;
  if (message.handleId !== ownHandle(chat).id)
    return failure(422, "Only messages sent from your own phone number can be edited", { assuming: ["A-edit-own"] });
  const blank = text.trim() === "";
  if (blank && message.attachments.length === 0) return failure(422, "text must not be blank", { assuming: ["A-text-blank"] });
  changeText(world, chat, message, text);
  return {
    status: 200,
    body: { message: "Message edited", data: { id: message.id, text } },
    assuming: blank ? ["A-text-blank"] : [],
  };
};
