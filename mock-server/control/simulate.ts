import { lookup } from "mime-types";
import { type Identifier, parseIdentifier, parsePhoneNumber } from "../../contracts/identifiers";
import { MAX_FILE_BYTES } from "../../contracts/limits";
import { formatTimestamp } from "../../contracts/timestamps";
import { sampleFile } from "../placeholders/samples";
import type { RecordViews } from "../server/api-version";
import { linkedAttachment, type NewAttachment } from "../world/attachments";
import { addParticipant, findOrOpenChat, removeParticipant } from "../world/chats";
import { endCall } from "../world/lines";
import {
  decideOutcome,
  failNext,
  letNextPass,
  type NewMessage,
  readMessages,
  receiveMessage,
  sendToChat,
  unreadMessages,
} from "../world/messages";
import type { Chat, Handle, Message, WhyFailed } from "../world/model";
import { handleOf, isGroup, ownHandle, participantsOf, withoutLine } from "../world/participants";
import { addReaction, removeReaction } from "../world/reactions";
import { hideTyping, showTyping } from "../world/typing";
import type { World } from "../world/world";
import { type ControlCall, ControlRefusal, refusal } from "./control-call";
import { fileUnknown } from "./files";
import { chatById, findLine, findParticipant, findRepliedTo, invalid, OWN_SIDE, ownLine, readPerson } from "./find-named";
import type { components } from "./generated/types";
import { viewOfChat, viewOfMessage } from "./views";

type MessageBody = components["schemas"]["SimulatedMessage"];

/** Somebody writes: into a chat, or to a line, which opens a chat if need be. What the line writes itself is sent, not received. */
export const simulateMessage: ControlCall<"simulateMessage"> = (context, { body }) => {
  const { world } = context.sandbox;
  const attachments = readAttachments(world, body);
  if (attachments instanceof ControlRefusal) return attachments;
  const { text = "" } = body;
  if (text.trim() === "" && attachments.length === 0) return invalid("/text", "text must not be blank without an attachment");
  const place = body.chat === undefined ? findOrOpen(world, body) : inChat(world, body.chat, body);
  if (place instanceof ControlRefusal) return place;
  const repliedTo = findRepliedTo(world, place.chat, body.replied_to);
  if (repliedTo instanceof ControlRefusal) return repliedTo;
  const { chat, sender } = place;
  const isOwn = sender.identifier === chat.line;
  if (isOwn && repliedTo) return invalid("/replied_to", "replied_to goes with what is received only");
  const content = { text, attachments };
  const message = isOwn ? sendFromLine(world, chat, content) : receiveMessage(world, chat, sender, content, repliedTo);
  if (message instanceof ControlRefusal) return message;
  const [{ views }] = context.versions;
  return {
    status: 201,
    body: {
      chat: chatAnswer(world, chat, views),
      message: { ...views.message(world, chat, message), v3_id: world.publicIds.uuidOf("message", message.id) },
    },
  };
};

/** A chat as the first version shows it, and how V3 calls it. */
function chatAnswer(world: World, chat: Chat, views: RecordViews) {
  return { ...views.chat(world, chat), v3_id: world.publicIds.uuidOf("chat", chat.id) };
}

/** What a user of the organization sends without the API. */
function sendFromLine(world: World, chat: Chat, content: NewMessage): Message | ControlRefusal {
  const sent = sendToChat(world, chat, content);
  if (sent.kind !== "refused") return sent.message;
  return refusal(409, "impossible", `The magic value ${sent.magic.value} has it refused`, { pointer: "/text" });
}

interface Place {
  readonly chat: Chat;
  readonly sender: Handle;
}

function inChat(world: World, id: number, { from, line, participants }: MessageBody): Place | ControlRefusal {
  if (line !== undefined) return invalid("/line", "line does not go with chat: a chat has its line");
  if (participants) return invalid("/participants", "participants does not go with chat: a chat has its participants");
  const chat = joinedChat(world, id);
  if (chat instanceof ControlRefusal) return chat;
  const isOwn = from !== undefined && (from === OWN_SIDE || parseIdentifier(from) === chat.line);
  const sender = isOwn ? ownHandle(chat) : findParticipant(world, chat, from);
  if (sender instanceof ControlRefusal) return sender;
  return refusalOfBlocked(world, sender.identifier) ?? { chat, sender };
}

/** The chat that the line has with exactly these people, or a new one. */
function findOrOpen(world: World, { line: written, from, participants = [] }: MessageBody): Place | ControlRefusal {
  if (written === undefined) return invalid("", "chat is missing, or line and from");
  if (from === undefined) return invalid("/from", "from is missing");
  const line = findLine(world, written);
  if (line instanceof ControlRefusal) return line;
  const identifiers: Identifier[] = [];
  for (const [i, named] of [from === OWN_SIDE ? line.phoneNumber : from, ...participants].entries()) {
    const identifier = readPerson(world, i === 0 ? "/from" : `/participants/${i - 1}`, named);
    if (identifier instanceof ControlRefusal) return identifier;
    identifiers.push(identifier);
  }
  const people = withoutLine(line.phoneNumber, identifiers);
  if (people.length === 0) return ownLine("/from", from);
  const blocked = refusalOfBlocked(world, identifiers[0]);
  if (blocked) return blocked;
  const mayReuse = ({ leftAt }: Chat): boolean => leftAt === undefined;
  const { chat } = findOrOpenChat(world, line, people, { name: null, event: "chat.opened", mayReuse });
  return { chat, sender: handleOf(chat, identifiers[0] as Identifier) as Handle };
}

/** A chat that its line is in, as nobody hears of what is done in one that it has left. */
function joinedChat(world: World, id: number): Chat | ControlRefusal {
  const chat = chatById(world, id);
  return chat instanceof ControlRefusal ? chat : (refusalOfLeft(chat, "/chat") ?? chat);
}

function refusalOfLeft({ id, leftAt }: Chat, pointer: string): ControlRefusal | undefined {
  if (leftAt === undefined) return undefined;
  const hint = "Nobody is told of what is done there.";
  return refusal(409, "impossible", `Your line has left chat ${id}`, { pointer, hint });
}

/** What somebody does whom the organization has blocked never arrives. */
function refusalOfBlocked({ blockedHandles }: World, person: Identifier | undefined): ControlRefusal | undefined {
  if (person === undefined || !blockedHandles.has(person)) return undefined;
  const hint = "It is dropped before anybody is told of it. Unblock the handle first.";
  return refusal(409, "blocked", `${person} is blocked`, { pointer: "/from", hint });
}

function readAttachments(world: World, { attachments = [] }: MessageBody): NewAttachment[] | ControlRefusal {
  const read: NewAttachment[] = [];
  for (const [i, { id, url, filename, mime_type, content_base64 }] of attachments.entries()) {
    const pointer = `/attachments/${i}`;
    if (id !== undefined) {
      if (url !== undefined || content_base64 !== undefined || filename !== undefined || mime_type !== undefined)
        return invalid(`${pointer}/id`, "id stands alone: the file is known by it");
      const known = fileCalled(world, id);
      if (!known) return fileUnknown(`${pointer}/id`, id);
      read.push(known);
      continue;
    }
    if (content_base64 !== undefined) {
      if (url !== undefined) return invalid(`${pointer}/url`, "url does not go with content_base64");
      if (filename === undefined) return invalid(`${pointer}/filename`, "filename is missing");
      const bytes = Buffer.from(content_base64, "base64");
      if (!isBase64(content_base64)) return invalid(`${pointer}/content_base64`, "content_base64 is not base64");
      if (bytes.length > MAX_FILE_BYTES) return invalid(`${pointer}/content_base64`, "The file is over the limit of 10 MB");
      const mimeType = mime_type ?? (lookup(filename) || "application/octet-stream");
      read.push({ kind: "upload", file: { filename, mimeType, bytes } });
      continue;
    }
    const link = url === undefined ? undefined : linkedAttachment(url);
    if (!link)
      return invalid(`${pointer}/url`, "An attachment needs an id, an http or https url, or filename and content_base64");
    read.push({
      ...link,
      ...(filename !== undefined && { filename }),
      ...(mime_type !== undefined && { mimeType: mime_type }),
    });
  }
  return read;
}

/** A file that was uploaded to `/__mock/files`, or sent before, or a sample. */
function fileCalled({ files }: World, id: string): NewAttachment | undefined {
  const file = files.get(id);
  if (file) return { kind: "earlier", id, file };
  const sample = sampleFile(id);
  if (!sample) return undefined;
  const { id: _, ...known } = sample;
  return { kind: "made-up", ...known };
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
  const blocked = refusalOfBlocked(world, handle.identifier);
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
  const blocked = refusalOfBlocked(world, by.identifier);
  if (blocked) return blocked;
  const repliedTo = findRepliedTo(world, chat, body.replied_to);
  if (repliedTo instanceof ControlRefusal) return repliedTo;
  const { type, custom_emoji: emoji } = body;
  if (type === "custom" && emoji === undefined)
    return invalid("/custom_emoji", "custom_emoji is missing: a custom reaction has one");
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
  return { status: 200, body: { chat_id: chat.id, read: read.map(({ id }) => id), undelivered } };
};

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
  const view = chatAnswer(world, addParticipant(world, chat, participant), views);
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
  return { status: 200, body: { chat: chatAnswer(world, removeParticipant(world, chat, handle), views) } };
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
