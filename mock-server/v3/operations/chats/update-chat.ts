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
  const name = display_name?.trim() === "" ? null : display_name;
  changeGroup(world, chat, { ...(name !== undefined && { name }), ...(icon !== undefined && { icon }) });
  return { status: 200, body: { chat_id: chatId.toLowerCase(), status: "pending" } };
};
