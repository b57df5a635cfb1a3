import { DELIVERY_MS } from "../../contracts/delivery";
import { attachmentId } from "../../fixtures/resolve/attachments";
import type { Upload } from "./attachments";
import { magicMessage } from "./magic-values";
import type { Attachment, Chat, Handle, Message } from "./model";
import { ownHandle, participantsOf } from "./participants";
import { reactionsTo } from "./reactions";
import { stopTyping } from "./typing";
import type { World } from "./world";

/** A file that comes with a message: the bytes themselves, or a link to it. */
export type NewAttachment = Omit<Attachment, "id"> | Upload;

interface NewMessage {
  readonly text: string;
  readonly idempotencyKey?: string | null;
  readonly attachments: readonly NewAttachment[];
}

/** Sends a message from the chat's line; it is pending first (A-delivery). Ends the line's typing. Whoever calls it has seen that no magic value refuses it. */
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
  return world.messages.add((id) => ({
    id,
    chatId: chat.id,
    handleId: sender.id,
    text,
    sentAt,
    ...(sender.identifier === chat.line ? onItsWay(chat, text, sentAt) : arrived(sentAt)),
    editedAt: null,
    isRead: false,
    idempotencyKey,
    attachments: attachments.map((attachment, i) => attach(world, attachmentId(id, i), attachment)),
  }));
}

/** What a participant wrote is there at once. */
function arrived(sentAt: number): Pick<Message, "deliveredAt" | "deliveryStatus"> {
  return { deliveredAt: sentAt, deliveryStatus: "delivered" };
}

/** When a message of the line is delivered; a magic value may have it fail. */
function onItsWay(chat: Chat, text: string, sentAt: number): Pick<Message, "deliveredAt" | "deliveryStatus" | "failsAt"> {
  const magic = magicMessage(text, participantsOf(chat))?.message;
  if (magic === undefined || magic === "refused") return { deliveredAt: sentAt + DELIVERY_MS, deliveryStatus: "pending" };
  const { deliveredAfterMs, failsAfterMs } = magic;
  return {
    deliveredAt: deliveredAfterMs === null ? null : sentAt + deliveredAfterMs,
    deliveryStatus: "pending",
    ...(failsAfterMs !== null && { failsAt: sentAt + failsAfterMs }),
  };
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

/** Changes the text of a message. Its id and the time it was sent stay. */
export function editMessage(world: World, chat: Chat, message: Message, text: string): Message {
  const edited = world.messages.replace({ ...message, text, editedAt: world.clock.now() });
  world.announce({ kind: "message.edited", chat, message: edited });
  return edited;
}

/** Deletes a message, its reactions and its files (A-message-delete). */
export function deleteMessage(world: World, chat: Chat, message: Message): void {
  for (const { id } of reactionsTo(world, message)) world.reactions.delete(id);
  for (const { id } of message.attachments) world.files.delete(id);
  world.messages.delete(message.id);
  world.announce({ kind: "message.deleted", chat, message });
}

/** Marks those messages of a chat as read that are not yet and fit. Says so once for each (A-read-event). */
export function readMessages(world: World, chat: Chat, fits: (message: Message) => boolean): Message[] {
  const readAt = world.clock.now();
  const unread = world.messages.slice("unread", chat.id, 0, world.messages.count("unread", chat.id));
  return unread.filter(fits).map((message) => {
    const read = world.messages.replace({ ...message, isRead: true });
    world.announce({ kind: "message.read", chat, message: read, readAt });
    return read;
  });
}
