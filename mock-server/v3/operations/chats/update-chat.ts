import { linkedFile, UNKNOWN_TYPE } from "../../../../fixtures/resolve/attachments";
import { Failure } from "../../../server/failure";
import { changeGroup } from "../../../world/chats";
import { isGroup } from "../../../world/participants";
import { refuse } from "../../errors";
import { chatAt } from "../../find";
import type { Operation } from "../../operation";

/** Gives a group another name or picture; empty takes it away (A-v3-group-clear). What became of it comes as an event. */
export const updateChat: Operation<"updateChat"> = (world, { path: { chatId }, body: { display_name, group_chat_icon } }) => {
  const chat = chatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  if (!isGroup(chat)) return refuse("1006");
  const icon = group_chat_icon === "" ? null : group_chat_icon;
  if (icon && !(icon.startsWith("https://") && URL.canParse(icon)))
    return refuse("1005", { hint: "group_chat_icon is an https URL." });
  const type = icon ? linkedFile(icon).mimeType : UNKNOWN_TYPE; // A-v3-linked-file
  if (type !== UNKNOWN_TYPE && !type.startsWith("image/"))
    return refuse("5004", { hint: `group_chat_icon is a picture, and not ${type}.`, assumption: "A-v3-linked-file" });
  const name = display_name?.trim() === "" ? null : display_name;
  changeGroup(world, chat, { ...(name !== undefined && { name }), ...(icon !== undefined && { icon }) });
  return { status: 200, body: { chat_id: chatId.toLowerCase(), status: "pending" } };
};
