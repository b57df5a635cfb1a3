import { reactionView } from "../../v2/operations/reactions/reaction-view";
import { addReaction, removeReaction } from "../../world/reactions";
import { type ControlCall, refusal } from "../control-call";
import { findParticipant } from "./participant";

/** Somebody reacts to a message, or takes it back. */
export const simulateReaction: ControlCall<"simulateReaction"> = ({ sandbox: { world } }, { body }) => {
  const message = world.messages.get(body.message);
  const chat = message && world.chats.get(message.chatId);
  if (!chat) return refusal(404, "message_unknown", `There is no message ${body.message}`, { pointer: "/message" });
  const by = findParticipant(chat, body.from);
  if ("error" in by) return by;
  const place = { chat, message, by };
  const reaction = body.operation === "remove" ? removeReaction(world, place, body.type) : addReaction(world, place, body.type);
  if (!reaction) return refusal(409, "impossible", `${by.identifier} has no ${body.type} on message ${message.id}`);
  return { status: 201, body: { reaction: { ...reactionView(chat, reaction) } } };
};
