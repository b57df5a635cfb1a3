import { lookup } from "mime-types";
import { MAX_FILE_BYTES } from "../../../contracts/attachment-limits";
import { parseIdentifier } from "../../../contracts/identifier";
import { chatView } from "../../v2/operations/chats/chat-view";
import { messageView } from "../../v2/operations/messages/message-view";
import { linkedAttachment, type NewAttachment } from "../../world/attachments";
import { findOrOpenChat } from "../../world/chats";
import { receiveMessage } from "../../world/messages";
import type { Chat, Handle } from "../../world/model";
import { handleOf, withoutLine } from "../../world/participants";
import type { World } from "../../world/world";
import type { ControlCall, ControlRefusal } from "../control-call";
import type { components } from "../generated/types";
import { findChat, findLine, findParticipant, invalid, noIdentifier, ownLine } from "./participant";

type Body = components["schemas"]["SimulatedMessage"];

/** Somebody writes: into a chat, or to a line, which opens a chat if need be. */
export const simulateMessage: ControlCall<"simulateMessage"> = ({ sandbox: { world }, attachmentsUrl }, { body }) => {
  const attachments = readAttachments(body, attachmentsUrl);
  if ("error" in attachments) return attachments;
  const { text = "" } = body;
  if (text.trim() === "" && attachments.length === 0) return invalid("/text", "text must not be blank without an attachment");
  const place = body.chat === undefined ? findOrOpen(world, body) : inChat(world, body.chat, body);
  if ("error" in place) return place;
  const message = receiveMessage(world, place.chat, place.sender, { text, attachments });
  return {
    status: 201,
    body: { chat: { ...chatView(world, place.chat) }, message: { ...messageView(world, place.chat, message) } },
  };
};

interface Place {
  readonly chat: Chat;
  readonly sender: Handle;
}

function inChat(world: World, id: number, { from, line, participants }: Body): Place | ControlRefusal {
  if (line !== undefined) return invalid("/line", "line does not go with chat: a chat has its line");
  if (participants) return invalid("/participants", "participants does not go with chat: a chat has its participants");
  const chat = findChat(world, id);
  if ("error" in chat) return chat;
  const sender = findParticipant(chat, from);
  return "error" in sender ? sender : { chat, sender };
}

/** The chat that the line has with exactly these people, or a new one. */
function findOrOpen(world: World, { line: written, from, participants = [] }: Body): Place | ControlRefusal {
  if (written === undefined) return invalid("", "chat is missing, or line and from");
  if (from === undefined) return invalid("/from", "from is missing");
  const line = findLine(world, written);
  if ("error" in line) return line;
  const identifiers = [from, ...participants].map(parseIdentifier);
  const unread = identifiers.indexOf(undefined);
  if (unread === 0) return noIdentifier("/from", "from");
  if (unread > 0) return noIdentifier(`/participants/${unread - 1}`, `participants[${unread - 1}]`);
  const people = withoutLine(
    line.phoneNumber,
    identifiers.filter((identifier) => identifier !== undefined),
  );
  const [sender] = people;
  if (sender === undefined || sender !== identifiers[0]) return ownLine("/from", from);
  const { chat } = findOrOpenChat(world, line, people, null);
  return { chat, sender: handleOf(chat, sender) as Handle };
}

function readAttachments({ attachments = [] }: Body, servedBelow: string): NewAttachment[] | ControlRefusal {
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
