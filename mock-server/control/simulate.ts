import { lookup } from "mime-types";
import { type Identifier, parsePhoneNumber } from "../../contracts/identifiers";
import { MAX_FILE_BYTES } from "../../contracts/limits";
import { formatTimestamp } from "../../contracts/timestamps";
import { thereAre } from "../../contracts/wording";
import { linkedAttachment, type NewAttachment } from "../world/attachments";
import { addParticipant, findOrOpenChat, removeParticipant } from "../world/chats";
import { endCall, lineNumbers } from "../world/lines";
import { readMessages, receiveMessage, unreadMessages } from "../world/messages";
import type { Chat, Handle, Line, Message } from "../world/model";
import { handleOf, isGroup, ownHandle, participantsOf, withoutLine } from "../world/participants";
import { addReaction, removeReaction } from "../world/reactions";
import { hideTyping, showTyping } from "../world/typing";
import type { World } from "../world/world";
import { type ControlCall, ControlRefusal, refusal } from "./control-call";
import type { components } from "./generated/types";
import { findParticipant, invalid, ownLine, readPerson } from "./people";

type MessageBody = components["schemas"]["SimulatedMessage"];

/** Somebody writes: into a chat, or to a line, which opens a chat if need be. */
export const simulateMessage: ControlCall<"simulateMessage"> = (context, { body }) => {
  const { world } = context.sandbox;
  const attachments = readAttachments(body, context.attachmentsUrl);
  if (attachments instanceof ControlRefusal) return attachments;
  const { text = "" } = body;
  if (text.trim() === "" && attachments.length === 0) return invalid("/text", "text must not be blank without an attachment");
  const place = body.chat === undefined ? findOrOpen(world, body) : inChat(world, body.chat, body);
  if (place instanceof ControlRefusal) return place;
  const repliedTo = findRepliedTo(world, place.chat, body.replied_to);
  if (repliedTo instanceof ControlRefusal) return repliedTo;
  const message = receiveMessage(world, place.chat, place.sender, { text, attachments }, repliedTo);
  const [{ views }] = context.versions;
  return {
    status: 201,
    body: { chat: { ...views.chat(world, place.chat) }, message: { ...views.message(world, place.chat, message) } },
  };
};

interface Place {
  readonly chat: Chat;
  readonly sender: Handle;
}

function inChat(world: World, id: number, { from, line, participants }: MessageBody): Place | ControlRefusal {
  if (line !== undefined) return invalid("/line", "line does not go with chat: a chat has its line");
  if (participants) return invalid("/participants", "participants does not go with chat: a chat has its participants");
  const chat = chatById(world, id);
  if (chat instanceof ControlRefusal) return chat;
  const sender = findParticipant(world, chat, from);
  return sender instanceof ControlRefusal ? sender : { chat, sender };
}

/** The chat that the line has with exactly these people, or a new one. */
function findOrOpen(world: World, { line: written, from, participants = [] }: MessageBody): Place | ControlRefusal {
  if (written === undefined) return invalid("", "chat is missing, or line and from");
  if (from === undefined) return invalid("/from", "from is missing");
  const line = findLine(world, written);
  if (line instanceof ControlRefusal) return line;
  const identifiers: Identifier[] = [];
  for (const [i, named] of [from, ...participants].entries()) {
    const identifier = readPerson(world, i === 0 ? "/from" : `/participants/${i - 1}`, named);
    if (identifier instanceof ControlRefusal) return identifier;
    identifiers.push(identifier);
  }
  const people = withoutLine(line.phoneNumber, identifiers);
  const [sender] = people;
  if (sender === undefined || sender !== identifiers[0]) return ownLine("/from", from);
  const { chat } = findOrOpenChat(world, line, people, { name: null, event: "chat.opened" });
  return { chat, sender: handleOf(chat, sender) as Handle };
}

function readAttachments({ attachments = [] }: MessageBody, servedBelow: string): NewAttachment[] | ControlRefusal {
  const read: NewAttachment[] = [];
  for (const [i, { url, filename, mime_type, content_base64 }] of attachments.entries()) {
    const pointer = `/attachments/${i}`;
    if (content_base64 !== undefined) {
      if (url !== undefined) return invalid(`${pointer}/url`, "url does not go with content_base64");
      if (filename === undefined) return invalid(`${pointer}/filename`, "filename is missing");
      const bytes = Buffer.from(content_base64, "base64");
      if (!isBase64(content_base64)) return invalid(`${pointer}/content_base64`, "content_base64 is not base64");
      if (bytes.length > MAX_FILE_BYTES) return invalid(`${pointer}/content_base64`, "The file is over the limit of 10 MB");
      const mimeType = mime_type ?? (lookup(filename) || "application/octet-stream");
      read.push({ kind: "upload", file: { filename, mimeType, bytes }, servedBelow });
      continue;
    }
    const link = url === undefined ? undefined : linkedAttachment(url);
    if (!link) return invalid(`${pointer}/url`, "An attachment needs an http or https url, or filename and content_base64");
    read.push({
      ...link,
      ...(filename !== undefined && { filename }),
      ...(mime_type !== undefined && { mimeType: mime_type }),
    });
  }
  return read;
}

/** With or without the filling at its end. */
function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.replace(/=+$/, "").length % 4 !== 1;
}

/** Somebody begins to type, or stops. */
export const simulateTyping: ControlCall<"simulateTyping"> = ({ sandbox: { world } }, { body }) => {
  const chat = chatById(world, body.chat);
  if (chat instanceof ControlRefusal) return chat;
  if (isGroup(chat))
    return refusal(409, "impossible", `Chat ${chat.id} is a group, and nobody is told who types in one`, { pointer: "/chat" });
  const handle = findParticipant(world, chat, body.from);
  if (handle instanceof ControlRefusal) return handle;
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
  const by = findParticipant(world, chat, body.from);
  if (by instanceof ControlRefusal) return by;
  const repliedTo = findRepliedTo(world, chat, body.replied_to);
  if (repliedTo instanceof ControlRefusal) return repliedTo;
  const place = { chat, message, by, repliedTo };
  const reaction = body.operation === "remove" ? removeReaction(world, place, body.type) : addReaction(world, place, body.type);
  if (!reaction) return refusal(409, "impossible", `${by.identifier} has no ${body.type} on message ${message.id}`);
  return { status: 201, body: { reaction: { ...views.reaction(chat, reaction) } } };
};

/** Somebody reads what the line has sent, and what has arrived. */
export const simulateRead: ControlCall<"simulateRead"> = ({ sandbox: { world } }, { body }) => {
  const chat = chatById(world, body.chat);
  if (chat instanceof ControlRefusal) return chat;
  const isAnybody = body.from === undefined && isGroup(chat);
  const reader = isAnybody ? undefined : findParticipant(world, chat, body.from);
  if (reader instanceof ControlRefusal) return reader;
  const own = ownHandle(chat);
  const sent = unreadMessages(world, chat).filter(({ handleId }) => handleId === own.id);
  const undelivered = sent.filter(({ deliveryStatus }) => deliveryStatus !== "delivered").map(({ id }) => id);
  const read = readMessages(world, chat, ({ id, handleId }) => handleId === own.id && !undelivered.includes(id));
  return { status: 200, body: { chat_id: chat.id, read: read.map(({ id }) => id), undelivered } };
};

/** Somebody is added to a chat. */
export const simulateParticipantAdded: ControlCall<"simulateParticipantAdded"> = (
  { sandbox: { world }, versions: [{ views }] },
  { body },
) => {
  const chat = chatById(world, body.chat);
  if (chat instanceof ControlRefusal) return chat;
  const participant = readPerson(world, "/participant", body.participant);
  if (participant instanceof ControlRefusal) return participant;
  if (handleOf(chat, participant)) return refusal(409, "impossible", `${participant} is in chat ${chat.id} already`);
  return { status: 200, body: { chat: { ...views.chat(world, addParticipant(world, chat, participant)) } } };
};

/** Somebody leaves a chat, or is removed. */
export const simulateParticipantRemoved: ControlCall<"simulateParticipantRemoved"> = (
  { sandbox: { world }, versions: [{ views }] },
  { body },
) => {
  const chat = chatById(world, body.chat);
  if (chat instanceof ControlRefusal) return chat;
  const handle = findParticipant(world, chat, body.participant, "participant");
  if (handle instanceof ControlRefusal) return handle;
  if (participantsOf(chat).length === 1)
    return refusal(409, "impossible", `${handle.identifier} is the last participant of chat ${chat.id}`);
  return { status: 200, body: { chat: { ...views.chat(world, removeParticipant(world, chat, handle)) } } };
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

/** The message that something is a reply to; undefined when it is none. */
function findRepliedTo(world: World, chat: Chat, id: number | undefined): Message | ControlRefusal | undefined {
  const message = id === undefined ? undefined : world.messages.get(id);
  if (id === undefined || message?.chatId === chat.id) return message;
  return refusal(404, "message_unknown", `There is no message ${id} in chat ${chat.id}`, { pointer: "/replied_to" });
}

const SHOWN = 5;

function chatById(world: World, id: number): Chat | ControlRefusal {
  const details = { pointer: "/chat", hint: chatsHint(world) };
  return world.chats.get(id) ?? refusal(404, "chat_unknown", `There is no chat ${id}`, details);
}

/** The line that a field `line` names. */
function findLine(world: World, named: string): Line | ControlRefusal {
  const hint = thereAre([...lineNumbers(world)], SHOWN);
  return (
    world.lines.first("phoneNumber", parsePhoneNumber(named) ?? named) ??
    refusal(404, "line_unknown", `${named} is not one of your phone numbers`, { pointer: "/line", hint })
  );
}

function chatsHint(world: World): string {
  const ids: number[] = [];
  for (const { id } of world.chats.values()) if (ids.push(id) > SHOWN) break;
  if (ids.length === 0) return "There are no chats; write to a line with {line, from, text}.";
  return thereAre(ids, SHOWN);
}
