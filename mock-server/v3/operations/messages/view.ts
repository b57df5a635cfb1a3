import type { components } from "../../../../contracts/generated/v3/types";
import { UNKNOWN_TYPE } from "../../../../fixtures/resolve/attachments";
import { attachmentUrl } from "../../../world/attachments";
import { partsOf } from "../../../world/message-parts";
import type { Attachment, Chat, Message, MessagePart, Reaction } from "../../../world/model";
import { handleById, isGroup } from "../../../world/participants";
import { reactionsTo } from "../../../world/reactions";
import type { World } from "../../../world/world";
import { contentTypeOf } from "../../content-type";
import { timeOrNull, timeView } from "../../timestamps";
import { handleView, serviceOf } from "../chats/view";

type Schemas = components["schemas"];

export function isFromMe(chat: Chat, message: Message): boolean {
  return handleById(chat, message.handleId).identifier === chat.line;
}

/** SMS and groups give no receipts: there a message is never more than sent. */
export function hasReceipts(chat: Chat, message: Message): boolean {
  return !isGroup(chat) && serviceOf(chat, message) !== "SMS";
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
    updated_at: timeView(lastChange(chat, message, status)),
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
export function lastChange(chat: Chat, message: Message, status = statusOf(chat, message)): number {
  const { sentAt, editedAt, deliveredAt, readAt, failsAt } = message;
  const isDelivered = status === "delivered" || status === "read";
  const isRead = status === "received" || status === "read";
  return Math.max(
    sentAt,
    editedAt ?? 0,
    (isDelivered && deliveredAt) || 0,
    (isRead && readAt) || 0,
    (status === "failed" && failsAt) || 0,
  );
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
export function partView(world: World, { attachments }: Message, part: MessagePart, now?: number): PartView {
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
      return mediaView(attachment, part.attachmentId, attachment && presignedUrl(world, attachment, now ?? world.clock.now()));
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
