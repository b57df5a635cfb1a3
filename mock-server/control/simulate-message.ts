import { lookup } from "mime-types";
import { type Identifier, parseIdentifier } from "../../contracts/identifiers";
import { MAX_FILE_BYTES } from "../../contracts/limits";
import { sampleFile } from "../placeholders/samples";
import { linkedAttachment, type NewAttachment } from "../world/attachments";
import { findOrOpenChat } from "../world/chats";
import { type NewMessage, receiveMessage, sendToChat } from "../world/messages";
import type { Chat, Handle, Message } from "../world/model";
import { handleOf, isGroup, ownHandle, withoutLine } from "../world/participants";
import type { World } from "../world/world";
import { type ControlCall, ControlRefusal, refusal } from "./control-call";
import { fileUnknown } from "./files";
import {
  findLine,
  findParticipant,
  findRepliedTo,
  invalid,
  joinedChat,
  OWN_SIDE,
  ownLine,
  readPerson,
  refusalOfBlocked,
} from "./find-by-name";
import type { components } from "./generated/types";
import { chatAnswer } from "./views";

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
  return refusalOfBlocked(world, sender.identifier, isGroup(chat)) ?? { chat, sender };
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
  const blocked = refusalOfBlocked(world, identifiers[0] as Identifier, people.length > 1);
  if (blocked) return blocked;
  const mayReuse = ({ leftAt }: Chat): boolean => leftAt === undefined;
  const { chat } = findOrOpenChat(world, line, people, { name: null, event: "chat.opened", mayReuse });
  return { chat, sender: handleOf(chat, identifiers[0] as Identifier) as Handle };
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
