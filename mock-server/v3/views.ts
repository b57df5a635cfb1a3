import type { components } from "../../contracts/generated/v3/types";
import type { Service } from "../../contracts/identifiers";
import { keepLately } from "../../contracts/lately";
import { UNKNOWN_TYPE } from "../../fixtures/resolve/attachments";
import { activityPlaceOf } from "../world/activity";
import { attachmentUrl } from "../world/attachments";
import type { Attachment, Chat, ContactCard, Handle, Message, MessagePart, Reaction } from "../world/model";
import { optOutOf } from "../world/opt-out";
import { handleById, isGroup } from "../world/participants";
import { partsOf } from "../world/parts";
import { reactionsTo } from "../world/reactions";
import type { World } from "../world/world";
import { contentTypeOf } from "./content-type";

type Schemas = components["schemas"];

const MOST_KEPT = 2048;
/** What was written lately: a message has the same instant several times. */
const lately = new Map<number, string>();

/** An instant (ms since 1970) as V3 writes it (A-v3-timestamps). */
export function timeView(instant: number): string {
  return lately.get(instant) ?? keepLately(lately, instant, new Date(instant).toISOString(), MOST_KEPT);
}

export function timeOrNull(instant: number | null | undefined): string | null {
  return instant == null ? null : timeView(instant);
}

/** Somebody who is or was in a chat. */
export function handleView(world: World, chat: Chat, handle: Handle): Schemas["ChatHandle"] {
  const isMe = handle.identifier === chat.line;
  const hasLeft = isMe ? chat.leftAt !== undefined : !chat.handles.includes(handle);
  return {
    id: world.publicIds.uuidOf("handle", handle.id),
    handle: handle.identifier,
    joined_at: timeView(handle.joinedAt),
    service: handle.service,
    is_me: isMe,
    left_at: timeOrNull(isMe ? chat.leftAt : handle.leftAt),
    status: hasLeft ? (isMe ? "left" : "removed") : "active",
  };
}

/** The line first, then the others in the order in which they came (A-v3-handles-order), then those who are gone. */
export function handleViews(world: World, chat: Chat): Schemas["ChatHandle"][] {
  const own = chat.handles.filter(({ identifier }) => identifier === chat.line);
  const others = chat.handles.filter(({ identifier }) => identifier !== chat.line);
  return [...own, ...others, ...chat.formerHandles].map((handle) => handleView(world, chat, handle));
}

const HEALTH_PAGE = "https://docs.linqapp.com/guides/chats/chat-health";

export function healthView(chat: Chat): Schemas["HealthStatus"] {
  const { isOptedOut, since = createdAt(chat) } = optOutOf(chat);
  const status = isOptedOut ? "OPTED_OUT" : "HEALTHY";
  const anchor = status.toLowerCase().replace("_", "-");
  return {
    doc_url: `${HEALTH_PAGE}#${anchor}`,
    status,
    updated_at: timeView(since),
  };
}

/** When a chat began: nobody was in it before. */
export function createdAt({ handles, formerHandles }: Chat): number {
  return [...handles, ...formerHandles].reduce((first, { joinedAt }) => Math.min(first, joinedAt), Number.POSITIVE_INFINITY);
}

/** When anything of a chat changed last: its messages, those included that are gone, its people, name or picture (A-v3-chat-updated). */
export function updatedAt(world: World, chat: Chat): number {
  const { handles, formerHandles, leftAt = 0, changedAt = 0 } = chat;
  const people = [...handles, ...formerHandles].map(({ joinedAt, leftAt: gone = 0 }) => Math.max(joinedAt, gone));
  return Math.max(activityPlaceOf(world, chat).at, leftAt, changedAt, ...people);
}

/** The name that a chat was given, else its handles, the own line included (A-v3-display-name). */
export function displayName(chat: Chat): string {
  if (chat.name !== null) return chat.name;
  const others = chat.handles.filter(({ identifier }) => identifier !== chat.line).map(({ identifier }) => identifier);
  return [chat.line, ...others].join(", ");
}

/** A chat as its own operations show it. */
export function chatView(world: World, chat: Chat): Schemas["Chat"] {
  return {
    id: world.publicIds.uuidOf("chat", chat.id),
    created_at: timeView(createdAt(chat)),
    display_name: displayName(chat),
    handles: handleViews(world, chat),
    health_status: healthView(chat),
    is_archived: false,
    is_group: isGroup(chat),
    updated_at: timeView(updatedAt(world, chat)),
    group_chat_icon: chat.icon ?? null,
    service: chatServiceOf(world, chat),
  };
}

/** What the newest of its messages that have not failed travels by; without any, what they would travel by (A-v3-chat-service). */
export function chatServiceOf({ messages }: World, chat: Chat): Service {
  for (let i = messages.count("chat", chat.id) - 1; i >= 0; i -= 1) {
    const [message] = messages.slice("chat", chat.id, i, i + 1);
    if (message && message.deliveryStatus !== "service_unavailable") return serviceOf(chat, message);
  }
  return chat.service;
}

/** A chat as the answer to creating it shows it. */
export function createdChatView(world: World, chat: Chat, message: Message): Schemas["CreatedChat"] {
  const { id, handles, health_status, is_group } = chatView(world, chat);
  return {
    id,
    display_name: displayName(chat),
    handles,
    health_status,
    is_group,
    message: sentMessageView(world, chat, message),
    service: serviceOf(chat, message),
  };
}

export function isFromMe(chat: Chat, message: Message): boolean {
  return handleById(chat, message.handleId).identifier === chat.line;
}

/** SMS and groups give no receipts: there a message is never more than sent. */
export function hasReceipts(chat: Chat, message: Message): boolean {
  return !isGroup(chat) && serviceOf(chat, message) !== "SMS";
}

export function serviceOf(chat: Chat, message: Message): Service {
  return message.service ?? chat.service;
}

type DeliveryStatus = Schemas["Message"]["delivery_status"];

/** How far a message has come. */
export function statusOf(chat: Chat, message: Message): DeliveryStatus {
  if (!isFromMe(chat, message)) return "received";
  if (message.deliveryStatus === "pending") return "sent"; // it leaves with the answer to sending it (A-v3-delays)
  if (message.deliveryStatus !== "delivered") return "failed";
  if (!hasReceipts(chat, message)) return "sent";
  const { isRead, deliveredAt, readAt = deliveredAt } = message; // V2 can mark as read what is not delivered
  return isRead && (readAt ?? 0) >= (deliveredAt ?? 0) ? "read" : "delivered";
}

/** A message as its own operations show it. */
export function messageView(world: World, chat: Chat, message: Message): Schemas["Message"] {
  const status = statusOf(chat, message);
  const sender = handleById(chat, message.handleId);
  const isDelivered = status === "delivered" || status === "read";
  const isRead = status === "received" ? message.isRead : status === "read";
  return {
    id: world.publicIds.uuidOf("message", message.id),
    chat_id: world.publicIds.uuidOf("chat", chat.id),
    created_at: timeView(message.sentAt),
    delivery_status: status,
    is_delivered: isDelivered || status === "received",
    is_from_me: sender.identifier === chat.line,
    is_read: isRead,
    updated_at: timeView(lastChange(chat, message)),
    delivered_at: isDelivered ? timeOrNull(message.deliveredAt) : null,
    effect: message.effect ?? null,
    from: sender.identifier,
    from_handle: handleView(world, chat, sender),
    parts: partViews(world, chat, message),
    preferred_service: message.preferredService ?? null,
    read_at: isRead ? timeOrNull(message.readAt ?? message.deliveredAt) : null,
    reply_to: replyView(world, message),
    sent_at: timeView(message.sentAt),
    service: serviceOf(chat, message),
  };
}

/** When a message was edited, delivered, read or failed last (A-v3-message-updated). */
export function lastChange(chat: Chat, message: Message): number {
  const { sentAt, editedAt, deliveredAt, readAt, failsAt } = message;
  const status = statusOf(chat, message);
  const isDelivered = status === "delivered" || status === "read";
  const isRead = status === "received" || status === "read";
  const times = [sentAt, editedAt, isDelivered && deliveredAt, isRead && readAt, status === "failed" && failsAt];
  return Math.max(...times.map((at) => at || 0));
}

/** A message as the answer to sending it shows it: it leaves with that (A-v3-delays). */
export function sentMessageView(world: World, chat: Chat, message: Message): Schemas["SentMessage"] {
  return {
    id: world.publicIds.uuidOf("message", message.id),
    created_at: timeView(message.sentAt),
    delivery_status: "pending",
    is_read: false,
    parts: partsOf(message).map((part) => Object.assign(partView(world, message, part, message.sentAt), { reactions: [] })),
    sent_at: null,
    delivered_at: null,
    effect: message.effect ?? null,
    from_handle: handleView(world, chat, handleById(chat, message.handleId)),
    preferred_service: message.preferredService ?? null,
    reply_to: replyView(world, message),
    service: null, // A-v3-service-initial
  };
}

export function replyView(world: World, { replyTo }: Message): Schemas["ReplyTo"] | null {
  if (!replyTo) return null;
  return { message_id: world.publicIds.uuidOf("message", replyTo.messageId), part_index: replyTo.partIndex };
}

function partViews(world: World, chat: Chat, message: Message): Schemas["MessagePart"][] {
  const reactions = reactionsTo(world, message);
  return partsOf(message).map((part, i) => {
    const own = reactions.filter(({ partIndex = 0 }) => partIndex === i);
    return Object.assign(partView(world, message, part), {
      reactions: own.map((reaction) => reactionView(world, chat, reaction)),
    });
  });
}

type WithoutReactions<Part> = Part extends { reactions: unknown } ? Omit<Part, "reactions"> : never;
export type PartView = WithoutReactions<Schemas["MessagePart"]>;

/** A part without the reactions to it, as events have it. */
export function partView(world: World, { attachments }: Message, part: MessagePart, now = world.clock.now()): PartView {
  switch (part.type) {
    case "text": {
      const [first] = part.mentions ?? [];
      return {
        type: "text",
        value: part.value,
        mention: first?.handle ?? null,
        mention_range: first?.range ? [...first.range] : null,
        ...(part.mentions && {
          mentions: part.mentions.map(({ handle, range }) => ({ handle, ...(range && { range: [...range] }) })),
        }),
        text_decorations: part.decorations?.map((decoration) => ({ ...decoration, range: [...decoration.range] })) ?? null,
      };
    }
    case "media": {
      const attachment = attachments.find(({ id }) => id === part.attachmentId);
      return mediaView(attachment, part.attachmentId, attachment && presignedUrl(world, attachment, now));
    }
    case "link":
      return { type: "link", value: part.value };
    default:
      return { ...part.content, type: part.type } as unknown as PartView; // as it came, which the contract has allowed
  }
}

/** Documented. */
const PRESIGNED_MS = 3_600_000;

/** Of a file that is gone, only its id is left. */
function mediaView(attachment: Attachment | undefined, id: string, url = ""): Extract<PartView, { type: "media" }> {
  const { mimeType = UNKNOWN_TYPE } = attachment ?? {};
  return {
    type: "media",
    id,
    filename: attachment?.filename ?? "",
    mime_type: contentTypeOf(mimeType) ?? mimeType,
    size_bytes: attachment?.fileSize ?? 0,
    url,
  };
}

/** Of a file that the mock serves the URL holds for an hour (A-v3-expired-url). */
function presignedUrl(world: World, attachment: Attachment, now: number): string {
  const url = attachmentUrl(world, attachment);
  return attachment.url === null ? `${url}?expires=${now + PRESIGNED_MS}` : url;
}

/** The card of a line. Every card is active: it was applied at once. */
export function contactCardView(phoneNumber: string, card: ContactCard): Schemas["ContactCard"] {
  const { firstName, lastName, imageUrl } = card;
  return {
    first_name: firstName,
    is_active: true,
    phone_number: phoneNumber,
    ...(imageUrl !== undefined && { image_url: imageUrl }),
    ...(lastName !== undefined && { last_name: lastName }),
  };
}

/** A reaction to a part of a message. */
export function reactionView(world: World, chat: Chat, { id, handleId, type, customEmoji }: Reaction): Schemas["Reaction"] {
  const handle = handleById(chat, handleId);
  return {
    id: world.publicIds.uuidOf("reaction", id),
    handle: handleView(world, chat, handle),
    is_me: handle.identifier === chat.line,
    type,
    custom_emoji: customEmoji ?? null,
  };
}
