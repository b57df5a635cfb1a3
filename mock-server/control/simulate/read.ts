import { readMessages } from "../../world/messages";
import { ownHandle } from "../../world/participants";
import type { ControlCall } from "../control-call";
import { findChat, findParticipant } from "./participant";

/** Somebody reads what the line has sent. */
export const simulateRead: ControlCall<"simulateRead"> = ({ sandbox: { world } }, { body }) => {
  const chat = findChat(world, body.chat);
  if ("error" in chat) return chat;
  const isGroup = body.from === undefined && chat.handles.length > 2;
  const reader = isGroup ? undefined : findParticipant(chat, body.from); // in a group, whoever it is
  if (reader && "error" in reader) return reader;
  const own = ownHandle(chat);
  const read = readMessages(world, chat, (message) => message.handleId === own.id);
  return { status: 200, body: { chat_id: chat.id, read: read.map(({ id }) => id) } };
};
