import { formatTimestamp } from "../../contracts/timestamps";
import { type ApiVersions, type RecordViews, secretOf, versionOf } from "../server/api-version";
import { chatPage } from "../server/page-address";
import { sandboxPath } from "../server/paths";
import { attachmentUrl, imageUrl } from "../world/attachments";
import { unreadCount } from "../world/chat-order";
import { contactName, joinNames } from "../world/contacts";
import type { Call } from "../world/events";
import { isWords } from "../world/message-parts";
import type { Attachment, Chat, Contact, Handle, Line, Message, Reaction, Subscription } from "../world/model";
import { handleById, isGroup, participantsOf } from "../world/participants";
import { reactionsTo } from "../world/reactions";
import type { World } from "../world/world";
import type { components } from "./generated/types";

/* Records of a world as the control API shows them: in the world's words, whatever versions of the API are served. */

type Schemas = components["schemas"];

export function viewOfLine(world: World, { id, phoneNumber }: Line): Schemas["Line"] {
  let [chats, unread] = [0, 0];
  for (const chat of world.chats.slice("member", phoneNumber, 0, world.chats.size)) {
    if (chat.line !== phoneNumber) continue; // there, it is one of the others
    chats += 1;
    unread += unreadCount(world, chat);
  }
  return { id, identifier: phoneNumber, unread, chats };
}

/** A chat of the sandbox of that name. */
export function viewOfChat(world: World, sandbox: string, chat: Chat): Schemas["Chat"] {
  const { id, line, name, service, handles, formerHandles } = chat;
  const last = world.messages.last("chat", id);
  return {
    id,
    line,
    name,
    title: titleOf(world, chat),
    service,
    group: isGroup(chat),
    participants: handles.map((handle) => viewOfHandle(world, chat, handle)),
    former_participants: formerHandles.map((handle) => viewOfHandle(world, chat, handle)),
    last_message: last ? viewOfMessage(world, chat, last) : null,
    unread: unreadCount(world, chat),
    message_count: world.messages.count("chat", id),
    next_fails: chat.nextFailure !== undefined,
    v3_id: world.publicIds.uuidOf("chat", id),
    url: chatPage(sandboxPath(sandbox), id),
  };
}

/** What people call a chat. */
function titleOf(world: World, chat: Chat): string {
  return chat.name ?? joinNames(world, participantsOf(chat));
}

function viewOfHandle(world: World, chat: Chat, handle: Handle): Schemas["Participant"] {
  const { id, identifier, service, joinedAt } = handle;
  const typing = world.typing.get(id);
  const own = identifier === chat.line;
  return {
    handle_id: id,
    identifier,
    name: contactName(world, identifier) || null,
    service,
    own,
    typing: typing !== undefined && typing.until > world.clock.now(),
    joined_at: formatTimestamp(joinedAt),
    left_at: timeOrNull((own ? chat.leftAt : handle.leftAt) ?? null),
  };
}

export function viewOfMessage(world: World, chat: Chat, message: Message): Schemas["Message"] {
  const { id, handleId, text, attachments, deliveryStatus, deliveredAt, causedBy } = message;
  const { identifier } = handleById(chat, handleId);
  const own = identifier === chat.line;
  return {
    id,
    v3_id: world.publicIds.uuidOf("message", id),
    chat_id: chat.id,
    handle_id: handleId,
    from: identifier,
    own,
    text,
    decorations: decorationsOf(message),
    attachments: attachments.map((attachment) => viewOfFile(world, attachment)),
    reactions: reactionsTo(world, message).map((reaction) => viewOfReaction(chat, reaction)),
    status: own ? statusOf(message) : "received",
    failure: own && isFailed(message) ? (message.failureReason ?? deliveryStatus) : null,
    effect: message.effect?.name ?? null,
    reply_to: message.replyTo?.messageId ?? null,
    service: message.service ?? chat.service,
    sent_at: formatTimestamp(message.sentAt),
    delivered_at: deliveryStatus === "pending" ? null : timeOrNull(deliveredAt),
    edited_at: timeOrNull(message.editedAt),
    read: message.isRead,
    caused_by: causedBy ? { request_id: causedBy.requestId, version: causedBy.version } : null,
  };
}

/** Where in the whole text its parts are decorated. */
function decorationsOf({ parts = [] }: Message): Schemas["Message"]["decorations"] {
  let next = 0;
  return parts.filter(isWords).flatMap((part) => {
    const start = next;
    next += part.value.length + 1;
    const decorations = part.type === "text" ? (part.decorations ?? []) : [];
    return decorations.map(({ range: [from, to], style, animation }) => ({
      start: start + from,
      end: start + to,
      style: style ?? animation ?? "",
    }));
  });
}

function statusOf(message: Message): Schemas["Message"]["status"] {
  const { deliveryStatus, isRead } = message;
  if (deliveryStatus === "pending") return "pending";
  if (isFailed(message)) return "failed";
  return isRead ? "read" : "delivered";
}

function isFailed({ deliveryStatus }: Message): boolean {
  return deliveryStatus !== "pending" && deliveryStatus !== "delivered";
}

export function viewOfReaction(chat: Chat, { id, handleId, type, customEmoji, partIndex }: Reaction): Schemas["Reaction"] {
  return {
    id,
    handle_id: handleId,
    from: handleById(chat, handleId).identifier,
    type,
    ...(customEmoji !== undefined && { custom_emoji: customEmoji }),
    ...(partIndex !== undefined && { part_index: partIndex }),
  };
}

export function viewOfFile(world: World, file: Attachment): Schemas["File"] {
  const { id, filename, mimeType, fileSize } = file;
  return { id, url: attachmentUrl(world, file), filename, mime_type: mimeType, file_size: fileSize };
}

export function viewOfContact(world: World, contact: Contact): Schemas["Contact"] {
  return {
    id: contact.id,
    first_name: contact.firstName,
    last_name: contact.lastName,
    email: contact.email,
    phone_number: contact.phoneNumber,
    company: contact.company,
    title: contact.title,
    location: contact.location,
    image_url: imageUrl(world, contact),
    owner_id: contact.ownerId,
    created_at: formatTimestamp(contact.createdAt),
    updated_at: formatTimestamp(contact.updatedAt),
  };
}

/** Without its secret. */
export function viewOfSubscription(
  { seed, publicIds }: World,
  versions: ApiVersions,
  subscription: Subscription,
): Schemas["Subscription"] {
  const { id, url, events, active, deliveryAttempts, lastDeliveredAt, origin } = subscription;
  const version = versionOf(versions, subscription);
  return {
    ...{ id, v3_id: publicIds.uuidOf("subscription", id), url, events: [...events], active, version: version.name },
    signed: secretOf(version, subscription) !== null,
    delivery_attempts: deliveryAttempts,
    last_delivered_at: timeOrNull(lastDeliveredAt),
    origin: origin ?? (id > seed.subscriptions.lastId ? "api" : "fixture"),
  };
}

export function viewOfCall(call: Call): Schemas["Call"] {
  const { id, from, to, status, direction, type, voicemail } = call;
  return {
    ...{ id, from, to, status, direction, type, voicemail },
    started_at: formatTimestamp(call.startedAt),
    ended_at: formatTimestamp(call.endedAt),
    forwarded_from: call.forwardedFrom,
    answered_by: call.answeredBy,
    recording: call.recording && { ...call.recording },
  };
}

function timeOrNull(instant: number | null): string | null {
  return instant === null ? null : formatTimestamp(instant);
}

/** A chat as the first version shows it, and how V3 calls it. */
export function chatAnswer(world: World, chat: Chat, views: RecordViews) {
  return { ...views.chat(world, chat), v3_id: world.publicIds.uuidOf("chat", chat.id) };
}
