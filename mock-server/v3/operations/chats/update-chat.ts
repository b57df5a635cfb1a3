import { Failure } from "../../../server/failure";
import { changeGroup } from "../../../world/chats";
import { isGroup } from "../../../world/participants";
import { refuse } from "../../errors";
import { chatAt } from "../../find";
import type { Operation } from "../../operation";
import { chatRefusal } from "../../sending";

/** Gives a group another name or picture; empty takes it away (A-v3-group-clear). What became of it comes as an event. */
export const updateChat: Operation<"updateChat"> = (world, { path: { chatId }, body: { display_name, group_chat_icon } }) => {
  const chat = chatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  const refusal = chatRefusal(chat);
  if (refusal) return refusal;
  if (!isGroup(chat)) return refuse("1006");
  const isUrl = group_chat_icon === undefined || group_chat_icon === "" || /^https:\/\//i.test(group_chat_icon);
  if (!isUrl) return refuse("1005", { hint: "group_chat_icon is an https URL." });
  changeGroup(world, chat, {
    ...(display_name !== undefined && { name: display_name.trim() === "" ? null : display_name }),
    ...(group_chat_icon !== undefined && { icon: group_chat_icon === "" ? null : group_chat_icon }),
  });
  return { status: 200, body: { chat_id: chatId.toLowerCase(), status: "pending" } };
};
