import { formatTimestamp } from "../../../contracts/timestamp";
import { startTyping, stopTyping } from "../../world/typing";
import type { ControlCall } from "../control-call";
import { findChat, findParticipant } from "./participant";

/** Somebody begins to type, or stops. */
export const simulateTyping: ControlCall<"simulateTyping"> = ({ sandbox: { world } }, { body }) => {
  const chat = findChat(world, body.chat);
  if ("error" in chat) return chat;
  const handle = findParticipant(chat, body.from);
  if ("error" in handle) return handle;
  const { typing = true } = body;
  const until = typing ? formatTimestamp(startTyping(world, chat, handle).until) : null;
  if (!typing) stopTyping(world, chat, handle);
  return { status: 200, body: { chat_id: chat.id, from: handle.identifier, typing, until } };
};
