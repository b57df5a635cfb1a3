import type { Identifier } from "../../contracts/identifiers";
import { DELIVERY_MS } from "../../contracts/limits";
import { attachmentId } from "../../fixtures/resolve/attachments";
import { fileCalled } from "./announced-files";
import { attach, type NewAttachment } from "./attachments";
import { findOrOpenChat } from "./chats";
import { FAILED_DELIVERY, type MagicDelivery, type MagicMessage, magicMessage } from "./magic-values";
import type { Attachment, Chat, Handle, Line, Message, MessagePart, WhyFailed } from "./model";
import { noteOptOut } from "./opt-out";
import { ownHandle, participantsOf } from "./participants";
import { reactionsTo } from "./reactions";
import { dueOf } from "./seed";
import { keepThread } from "./threads";
import { hideTyping } from "./typing";
import { keepDeletedKey, sentWithKey } from "./version-visibility";
import type { World } from "./world";

const USUAL_DELIVERY: MagicDelivery = { deliveredAfterMs: DELIVERY_MS, failsAfterMs: null };

export interface NewMessage extends Partial<Pick<Message, "effect" | "replyTo" | "service" | "preferredService">> {
  readonly text: string;
  readonly idempotencyKey?: string | undefined;
  readonly attachments: readonly NewAttachment[];
  /** How it is put together, where it is not its text followed by its attachments. */
  readonly parts?: readonly NewPart[] | undefined;
  /** Decides over its delivery, where no magic value does. */
  readonly delivery?: MagicDelivery | undefined;
}

/** A part as it is sent: a file is one of the attachments, by its position. */
export type NewPart = Exclude<MessagePart, { type: "media" }> | { readonly type: "media"; readonly attachment: number };

/** What became of a message that was to be sent. */
export type SendOutcome =
  | { readonly kind: "sent"; readonly chat: Chat; readonly message: Message; readonly isNewChat: boolean }
  /** Its idempotency key was used before, in whichever chat (A-idempotency-scope). */
  | { readonly kind: "replayed"; readonly chat: Chat; readonly message: Message }
  | { readonly kind: "refused"; readonly magic: MagicMessage };

/** Sends a message from a chat's line; it is pending first (A-delivery). Ends the line's typing. */
export function sendToChat(world: World, chat: Chat, content: NewMessage): SendOutcome {
  return send(world, content, participantsOf(chat), () => ({ chat, isNew: false }));
}

/** As {@link sendToChat}, to participants: in the chat that the line has with them, or in a new one of that name. */
export function sendToParticipants(
  world: World,
  { line, participants, name, mayReuse, previousChatId }: Addressees,
  content: NewMessage,
): SendOutcome {
  const place = { name, event: "chat.created", mayReuse, service: content.service } as const;
  return send(world, content, participants, () => ({
    ...findOrOpenChat(world, line, participants, place),
    previousChatId,
  }));
}

interface Addressees {
  readonly line: Line;
  readonly participants: readonly Identifier[];
  readonly name: string | null;
  /** Which of the chats with exactly these may be used; all when it does not say. */
  readonly mayReuse?: ((chat: Chat) => boolean) | undefined;
  /** The chat on another line that it takes the place of. */
  readonly previousChatId?: number | undefined;
}

function send(
  world: World,
  content: NewMessage,
  participants: readonly Identifier[],
  placeOf: () => { readonly chat: Chat; readonly isNew: boolean; readonly previousChatId?: number | undefined },
): SendOutcome {
  const { idempotencyKey: key } = content;
  const earlier = key === undefined ? undefined : sentWithKey(world.cause?.version, world, key);
  if (earlier) return { kind: "replayed", chat: chatOf(world, earlier), message: earlier };
  const magic = magicMessage(content.text, participants);
  if (magic?.message === "refused") return { kind: "refused", magic };

  const { chat: found, isNew: isNewChat, previousChatId } = placeOf();
  const { nextFailure } = found;
  const chat = nextFailure ? letNextPass(world, found) : found;
  const own = ownHandle(chat);
  hideTyping(world, chat, own);
  const sentAt = world.clock.now();
  const usual = magic?.message ?? content.delivery ?? USUAL_DELIVERY;
  const hasFailed = nextFailure !== undefined || chat.leftAt !== undefined; // of a group that was left: A-group-left
  const {
    deliveredAfterMs,
    failsAfterMs,
    status = "pending",
    ...why
  } = hasFailed ? { ...FAILED_DELIVERY, ...nextFailure } : usual;
  const message = addMessage(world, chat, own, content, {
    deliveryStatus: status,
    deliveredAt: deliveredAfterMs === null ? null : sentAt + deliveredAfterMs,
    ...(failsAfterMs !== null && { failsAt: sentAt + failsAfterMs }),
    ...why,
    ...(key !== undefined && { asSent: { chat, isNewChat, ...(previousChatId !== undefined && { previousChatId }) } }),
  });
  const due = dueOf(message);
  if (due) world.deliverySchedule.add(due);
  world.announce({ kind: "message.sent", chat, message });
  if (status === "paused") world.announce({ kind: "message.failed", chat, message });
  return { kind: "sent", chat, message, isNewChat };
}

/** Makes the next message fail that the line sends in a chat. */
export function failNext(world: World, chat: Chat, nextFailure: WhyFailed): Chat {
  return world.chats.replace({ ...chat, nextFailure });
}

/** Takes back that the next message of a chat fails. */
export function letNextPass(world: World, { nextFailure: _, ...chat }: Chat): Chat {
  return world.chats.replace(chat);
}

/** Takes a message from a participant, which may reply to another; it is there at once, and unread. Ends the participant's typing. */
export function receiveMessage(world: World, chat: Chat, sender: Handle, content: NewMessage, repliedTo?: Message): Message {
  hideTyping(world, chat, sender);
  const replyTo = repliedTo && { messageId: repliedTo.id, partIndex: 0 };
  const written = { ...content, ...(replyTo && { replyTo }) };
  const message = addMessage(world, chat, sender, written, { deliveryStatus: "delivered", deliveredAt: world.clock.now() });
  noteOptOut(world, chat, sender, content);
  world.announce({ kind: "message.received", chat: world.chats.get(chat.id) ?? chat, message, repliedTo });
  return message;
}

function addMessage(
  world: World,
  chat: Chat,
  sender: Handle,
  { text, idempotencyKey, attachments: given, parts, delivery: _, effect, ...others }: NewMessage,
  delivery: Pick<Message, "deliveredAt" | "deliveryStatus" | "failsAt" | "asSent" | keyof WhyFailed>,
): Message {
  const isDecorated = (others.service ?? chat.service) === "iMessage"; // documented: elsewhere effects and decorations are ignored
  const sentAt = world.clock.now();
  const { cause } = world;
  return world.messages.add((id) => {
    const attachments = given.map((attachment, i) => {
      const isUpload = attachment.kind === "upload" || attachment.kind === "earlier"; // whoever knows its id may have it, so that nobody may guess it
      return attach(world.files, isUpload ? world.uuids.next() : attachmentId(id, i), attachment);
    });
    return {
      id,
      chatId: chat.id,
      handleId: sender.id,
      text,
      sentAt,
      ...delivery,
      editedAt: null,
      isRead: false,
      idempotencyKey: idempotencyKey ?? null,
      attachments,
      ...others,
      ...(effect && isDecorated && { effect }),
      ...(parts && { parts: parts.map((part) => placed(isDecorated ? part : undecorated(part), attachments)) }),
      ...(cause && { causedBy: cause }),
    };
  });
}

function undecorated(part: NewPart): NewPart {
  if (part.type !== "text") return part;
  const { decorations: _, ...plain } = part;
  return plain;
}

function placed(part: NewPart, attachments: readonly Attachment[]): MessagePart {
  return part.type === "media" ? { type: "media", attachmentId: attachments[part.attachment]?.id ?? "" } : part;
}

/** Deletes a message, its reactions and its files (A-message-delete). */
export function removeMessage(world: World, chat: Chat, message: Message): void {
  const { id: messageId, handleId, sentAt } = message;
  for (const { id } of reactionsTo(world, message)) world.reactions.delete(id);
  keepThread(world, message);
  world.messages.delete(messageId);
  if (dueOf(message)) world.deletedPending.set(messageId, message);
  for (const { id } of message.attachments) if (!fileCalled(world, id)) world.files.delete(id); // others may have it, too
  keepDeletedKey(world, message);
  const { handleIds = [], lastSentAt = sentAt } = chat.deleted ?? {};
  const deleted = { handleIds: [...new Set([...handleIds, handleId])], lastSentAt: Math.max(lastSentAt, sentAt) };
  world.announce({ kind: "message.deleted", chat: world.chats.replace({ ...chat, deleted }), message });
}

/** How many messages are looked at together. */
const LOOKED_AT = 100;

/** Whether somebody who fits has ever written in a chat. Reads no further than to the first message that they have. */
export function hasWrittenIn({ messages }: World, { id, deleted }: Chat, fits: (handleId: number) => boolean): boolean {
  if (deleted?.handleIds.some(fits)) return true;
  const count = messages.count("chat", id);
  for (let i = 0; i < count; i += LOOKED_AT) {
    if (messages.slice("chat", id, i, i + LOOKED_AT).some(({ handleId }) => fits(handleId))) return true;
  }
  return false;
}

/** Marks those messages of a chat as read that are not yet and fit. Says so once for each (A-read-event). */
export function readMessages(world: World, chat: Chat, fits: (message: Message) => boolean): Message[] {
  return unreadMessages(world, chat)
    .filter(fits)
    .map((message) => setRead(world, chat, message));
}

export function setRead(world: World, chat: Chat, message: Message): Message {
  const readAt = world.clock.now();
  const read = world.messages.replace({ ...message, isRead: true, readAt });
  world.announce({ kind: "message.read", chat, message: read, readAt });
  return read;
}

/** The messages of a chat that are not read yet, by ascending id. */
export function unreadMessages(world: World, chat: Chat): Message[] {
  return world.messages.slice("unread", chat.id);
}

export function chatOf(world: World, { id, chatId }: Message): Chat {
  const chat = world.chats.get(chatId);
  if (!chat) throw new Error(`the message ${id} is in no chat`);
  return chat;
}
