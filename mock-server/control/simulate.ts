import { isEmoji } from "../../contracts/emoji";
import { parsePhoneNumber } from "../../contracts/identifiers";
import { DELIVERY_MS } from "../../contracts/limits";
import { formatTimestamp } from "../../contracts/timestamps";
import { addToChat, removeFromChat } from "../world/chats";
import { endCall } from "../world/lines";
import { decideOutcome } from "../world/message-delivery";
import { failNext, letNextPass, readMessages, unreadMessages } from "../world/messages";
import type { WhyFailed } from "../world/model";
import { handleOf, isGroup, ownHandle, participantsOf } from "../world/participants";
import { addReaction, removeReaction } from "../world/reactions";
import { hideTyping, showTyping } from "../world/typing";
import { type ControlCall, ControlRefusal, refusal } from "./control-call";
import {
  chatById,
  findLine,
  findParticipant,
  findRepliedTo,
  invalid,
  joinedChat,
  readPerson,
  refusalOfBlocked,
  refusalOfLeft,
} from "./find-by-name";
import { chatAnswer, viewOfChat, viewOfMessage } from "./views";

/** Somebody begins to type, or stops. */
export const simulateTyping: ControlCall<"simulateTyping"> = ({ sandbox: { world } }, { body }) => {
  const chat = chatById(world, body.chat);
  if (chat instanceof ControlRefusal) return chat;
  if (isGroup(chat))
    return refusal(409, "impossible", `Chat ${chat.id} is a group, and nobody is told who types in one`, { pointer: "/chat" });
  const handle = findParticipant(world, chat, body.from);
  if (handle instanceof ControlRefusal) return handle;
  const blocked = refusalOfBlocked(world, handle.identifier, false);
  if (blocked) return blocked;
  const { typing = true } = body;
  const until = typing ? formatTimestamp(showTyping(world, chat, handle).until) : null;
  if (!typing) hideTyping(world, chat, handle);
  return { status: 200, body: { chat_id: chat.id, from: handle.identifier, typing, until } };
};

/** Somebody reacts to a message, or takes it back. */
export const simulateReaction: ControlCall<"simulateReaction"> = ({ sandbox: { world }, versions: [{ views }] }, { body }) => {
  const message = world.messages.get(body.message);
  const chat = message && world.chats.get(message.chatId);
  if (!chat) return refusal(404, "message_unknown", `There is no message ${body.message}`, { pointer: "/message" });
  const left = refusalOfLeft(chat, "/message");
  if (left) return left;
  const by = findParticipant(world, chat, body.from);
  if (by instanceof ControlRefusal) return by;
  const blocked = refusalOfBlocked(world, by.identifier, isGroup(chat));
  if (blocked) return blocked;
  const repliedTo = findRepliedTo(world, chat, body.replied_to);
  if (repliedTo instanceof ControlRefusal) return repliedTo;
  const { type, custom_emoji: emoji } = body;
  if (type === "custom" && emoji === undefined)
    return invalid("/custom_emoji", "custom_emoji is missing: a custom reaction has one");
  if (emoji !== undefined && !isEmoji(emoji)) return invalid("/custom_emoji", "custom_emoji is one emoji");
  if (type !== "custom" && emoji !== undefined) return invalid("/custom_emoji", "custom_emoji goes with custom only");
  const place = { chat, message, by, repliedTo };
  const reaction =
    body.operation === "remove" ? removeReaction(world, place, type, emoji) : addReaction(world, place, type, emoji);
  if (!reaction) return refusal(409, "impossible", `${by.identifier} has no ${emoji ?? type} on message ${message.id}`);
  return {
    status: 201,
    body: { reaction: { ...views.reaction(chat, reaction, world), ...(emoji !== undefined && { custom_emoji: emoji }) } },
  };
};

/** Somebody reads what the line has sent, and what has arrived. */
export const simulateRead: ControlCall<"simulateRead"> = ({ sandbox: { world } }, { body }) => {
  const chat = joinedChat(world, body.chat);
  if (chat instanceof ControlRefusal) return chat;
  const isAnybody = body.from === undefined && isGroup(chat);
  const reader = isAnybody ? undefined : findParticipant(world, chat, body.from);
  if (reader instanceof ControlRefusal) return reader;
  const own = ownHandle(chat);
  const sent = unreadMessages(world, chat).filter(({ handleId }) => handleId === own.id);
  const undelivered = sent.filter(({ deliveryStatus }) => deliveryStatus !== "delivered").map(({ id }) => id);
  const read = readMessages(world, chat, ({ id, handleId }) => handleId === own.id && !undelivered.includes(id));
  const onTheirWay = sent.filter(({ deliveryStatus, deliveredAt }) => deliveryStatus === "pending" && deliveredAt !== null);
  return {
    status: 200,
    body: { chat_id: chat.id, read: read.map(({ id }) => id), undelivered },
    ...(onTheirWay.length > 0 && { hints: [notYetDelivered(onTheirWay.map(({ id }) => id))] }),
  };
};

function notYetDelivered(ids: readonly number[]): string {
  const what = ids.length === 1 ? `Message ${ids[0]} is` : `Messages ${ids.slice(0, 10).join(", ")} are`;
  return `${what} not delivered yet, so that nobody reads them: advance the clock by ${DELIVERY_MS} ms, or wait as long.`;
}

/** What becomes of a message that the line has sent. */
export const simulateDelivery: ControlCall<"simulateDelivery"> = ({ sandbox: { world } }, { body }) => {
  const { status, reason, code } = body;
  const message = world.messages.get(body.message);
  const chat = message && world.chats.get(message.chatId);
  if (!chat) return refusal(404, "message_unknown", `There is no message ${body.message}`, { pointer: "/message" });
  if (message.handleId !== ownHandle(chat).id) {
    const hint = "Only what your line has sent is delivered to somebody.";
    return refusal(409, "impossible", `Message ${message.id} was received`, { pointer: "/message", hint });
  }
  if (reason !== undefined && status !== "failed") return invalid("/reason", "reason goes with failed only");
  if (code !== undefined && status !== "failed") return invalid("/code", "code goes with failed only");
  if (status !== "failed" && message.deliveryStatus === "service_unavailable" && isGroup(chat)) {
    const reason = `Message ${message.id} has failed in a group, where nobody is told of a delivery`;
    return refusal(409, "impossible", reason, { pointer: "/status" });
  }
  const decided = decideOutcome(world, message, status, whyFailed(body));
  if (decided) return { status: 200, body: { message: viewOfMessage(world, chat, decided) } };
  const isRead = message.deliveryStatus === "delivered" && message.isRead;
  return refusal(409, "impossible", `Message ${message.id} was ${isRead ? "read" : status} already`, { pointer: "/status" });
};

/** What becomes of the next message that the line will send. */
export const simulateNextFailure: ControlCall<"simulateNextFailure"> = ({ sandbox }, { body }) => {
  const found = chatById(sandbox.world, body.chat);
  if (found instanceof ControlRefusal) return found;
  const isTakenBack = body.fails === false;
  if (isTakenBack && body.reason !== undefined) return invalid("/reason", "reason goes with a failure only");
  if (isTakenBack && body.code !== undefined) return invalid("/code", "code goes with a failure only");
  const chat = isTakenBack ? letNextPass(sandbox.world, found) : failNext(sandbox.world, found, whyFailed(body));
  const view = viewOfChat(sandbox.world, sandbox.name, chat);
  sandbox.tell("chat.next_failure", () => ({ chat: view }));
  return { status: 200, body: { chat: view } };
};

function whyFailed({ reason, code }: { readonly reason?: string; readonly code?: WhyFailed["failureCode"] }): WhyFailed {
  return { ...(reason !== undefined && { failureReason: reason }), ...(code !== undefined && { failureCode: code }) };
}

/** Said of somebody who joins one other person. */
const ONE_TO_ONE = "That was a one-to-one chat: V3 refuses to add anybody to one (409, code 2015).";

/** Somebody is added to a chat. */
export const simulateParticipantAdded: ControlCall<"simulateParticipantAdded"> = (
  { sandbox: { world }, versions: [{ views }] },
  { body },
) => {
  const chat = joinedChat(world, body.chat);
  if (chat instanceof ControlRefusal) return chat;
  const participant = readPerson(world, "/participant", body.participant);
  if (participant instanceof ControlRefusal) return participant;
  if (handleOf(chat, participant)) return refusal(409, "impossible", `${participant} is in chat ${chat.id} already`);
  const view = chatAnswer(world, addToChat(world, chat, participant), views);
  return { status: 200, body: { chat: view }, hints: isGroup(chat) ? [] : [ONE_TO_ONE] };
};

/** Somebody leaves a chat, or is removed. */
export const simulateParticipantRemoved: ControlCall<"simulateParticipantRemoved"> = (
  { sandbox: { world }, versions: [{ views }] },
  { body },
) => {
  const chat = joinedChat(world, body.chat);
  if (chat instanceof ControlRefusal) return chat;
  const handle = findParticipant(world, chat, body.participant, "participant");
  if (handle instanceof ControlRefusal) return handle;
  if (participantsOf(chat).length === 1)
    return refusal(409, "impossible", `${handle.identifier} is the last participant of chat ${chat.id}`);
  return { status: 200, body: { chat: chatAnswer(world, removeFromChat(world, chat, handle), views) } };
};

/** A call with a line has ended, just now. */
export const simulateCall: ControlCall<"simulateCall"> = ({ sandbox: { world }, versions: [version] }, { body }) => {
  const line = findLine(world, body.line);
  if (line instanceof ControlRefusal) return line;
  const other = readPerson(world, "/with", body.with);
  if (other instanceof ControlRefusal) return other;
  if (other === line.phoneNumber) return refusal(409, "impossible", "A line cannot call itself");
  const forwardedFrom = body.forwarded_from === undefined ? null : parsePhoneNumber(body.forwarded_from);
  if (forwardedFrom === undefined) return invalid("/forwarded_from", "forwarded_from is not a valid phone number");

  const { duration_s, call_type, answered_by, direction, status, voicemail, recording } = body;
  const call = endCall(world, line, other, {
    ...{ direction, status, voicemail, recording, forwardedFrom },
    durationMs: duration_s === undefined ? undefined : duration_s * 1000,
    type: call_type,
    answeredBy: answered_by,
  });
  return { status: 201, body: { call: { ...version.eventData(world, { kind: "call.completed", call }) } } };
};
