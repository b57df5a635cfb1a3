import { DELIVERY_MS } from "../../contracts/delivery";
import { attachmentId } from "../../fixtures/attachment-id";
import type { Attachment, Chat, Handle, Message } from "../../fixtures/records";
import type { Upload } from "../state/file-store";
import type { World } from "../state/world";
import { ownHandle } from "./membership";
import { stopTyping } from "./typing";

/** A file that comes with a message: the bytes themselves, or a link to it. */
export type NewAttachment = Omit<Attachment, "id"> | Upload;

export interface NewMessage {
  readonly text: string;
  readonly idempotencyKey?: string | null;
  readonly attachments: readonly NewAttachment[];
}

/** Sends a message from the chat's line; it is pending first (A-delivery). Ends the line's typing. */
export function sendMessage(world: World, chat: Chat, content: NewMessage): Message {
  const own = ownHandle(chat);
  stopTyping(world, chat, own);
  const message = addMessage(world, chat, own, content);
  world.announce({ kind: "message.sent", chat, message });
  return message;
}

/** Takes a message from a participant; it is there at once, and unread. Ends the participant's typing. */
export function receiveMessage(world: World, chat: Chat, sender: Handle, content: NewMessage): Message {
  stopTyping(world, chat, sender);
  const message = addMessage(world, chat, sender, content);
  world.announce({ kind: "message.received", chat, message });
  return message;
}

function addMessage(
  world: World,
  chat: Chat,
  sender: Handle,
  { text, idempotencyKey = null, attachments }: NewMessage,
): Message {
  const sentAt = world.clock.now();
  const isOwn = sender.identifier === chat.line;
  return world.messages.add((id) => ({
    id,
    chatId: chat.id,
    handleId: sender.id,
    text,
    sentAt,
    deliveredAt: isOwn ? sentAt + DELIVERY_MS : sentAt,
    deliveryStatus: isOwn ? "pending" : "delivered",
    editedAt: null,
    isRead: false,
    idempotencyKey,
    attachments: attachments.map((attachment, i) => attach(world, attachmentId(id, i), attachment)),
  }));
}

function attach(world: World, id: string, attachment: NewAttachment): Attachment {
  if (!("upload" in attachment)) return { id, ...attachment };
  const { upload, servedBelow } = attachment;
  const filename = wellFormed(upload.filename);
  world.files.add(id, upload);
  const url = `${servedBelow}/${id}/${encodeURIComponent(filename)}`;
  return { id, url, filename, mimeType: upload.mimeType, fileSize: upload.bytes.length };
}

/** A name may come in UTF-16; one with half a character can stand in no URL. */
function wellFormed(filename: string): string {
  return Buffer.from(filename).toString();
}
