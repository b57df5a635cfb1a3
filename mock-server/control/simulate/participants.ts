import { parseIdentifier } from "../../../contracts/identifier";
import { chatView } from "../../v2/operations/chats/chat-view";
import { addParticipant, removeParticipant } from "../../world/chats";
import { handleOf, participantsOf } from "../../world/participants";
import { type ControlCall, refusal } from "../control-call";
import { findChat, findParticipant, noIdentifier } from "./participant";

/** Somebody is added to a chat. */
export const simulateParticipantAdded: ControlCall<"simulateParticipantAdded"> = ({ sandbox: { world } }, { body }) => {
  const chat = findChat(world, body.chat);
  if ("error" in chat) return chat;
  const participant = parseIdentifier(body.participant);
  if (participant === undefined) return noIdentifier("/participant", "participant");
  if (handleOf(chat, participant)) return refusal(409, "impossible", `${participant} is in chat ${chat.id} already`);
  return { status: 200, body: { chat: { ...chatView(world, addParticipant(world, chat, participant)) } } };
};

/** Somebody leaves a chat, or is removed. */
export const simulateParticipantRemoved: ControlCall<"simulateParticipantRemoved"> = ({ sandbox: { world } }, { body }) => {
  const chat = findChat(world, body.chat);
  if ("error" in chat) return chat;
  const handle = findParticipant(chat, body.participant, "participant");
  if ("error" in handle) return handle;
  if (participantsOf(chat).length === 1)
    return refusal(409, "impossible", `${handle.identifier} is the last participant of chat ${chat.id}`);
  return { status: 200, body: { chat: { ...chatView(world, removeParticipant(world, chat, handle)) } } };
};
