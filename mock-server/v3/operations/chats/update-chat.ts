import { Failure } from "../../../server/failure";
import { changeGroup } from "../../../world/chats";
import { isGroup } from "../../../world/participants";
import { refuse } from "../../errors";
import { chatAt } from "../../find-or-404";
import { wrongImage } from "../../media-formats";
import { readFile } from "../../message-input";
import type { Operation } from "../../operation";

/** Gives a group another name or picture; empty takes it away (A-v3-group-clear). What became of it comes as an event. */
export const updateChat: Operation<"updateChat"> = (world, { path: { chatId }, body: { display_name, group_chat_icon } }) => {
  const chat = chatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  if (!isGroup(chat)) return refuse("1006");
  const icon = group_chat_icon === "" ? null : group_chat_icon;
  const file = icon && readFile(world, { url: icon });
  if (file instanceof Failure)
    return refuse(file.status === 404 ? "5007" : "1005", { hint: file.hint ?? "The mock has no such file." });
  const wrong = file && file.kind === "known" ? wrongImage(file.attachment.mimeType) : undefined; // of another URL it is known before
  if (wrong) return wrong;
  const name = display_name?.trim() === "" ? null : display_name;
  changeGroup(world, chat, { ...(name !== undefined && { name }), ...(icon !== undefined && { icon }) });
  return { status: 200, body: { chat_id: chatId.toLowerCase(), status: "pending" } };
};
