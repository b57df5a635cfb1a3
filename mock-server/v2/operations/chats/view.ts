import type { components } from "../../../../contracts/generated/v2/types";
import { formatTimestamp } from "../../../../contracts/timestamps";
import { joinNames } from "../../../world/contacts";
import type { Chat, Handle, Message } from "../../../world/model";
import { isGroup, participantsOf, presentHandles } from "../../../world/participants";
import { messagesShownBy } from "../../../world/version-visibility";
import type { World } from "../../../world/world";
import { attachmentView } from "../messages/view";

type Schemas = components["schemas"];

/** A chat as the API shows it. */
export function chatView(world: World, chat: Chat): Schemas["Chat"] {
  const participants = participantsOf(chat);
  return {
    id: chat.id,
    display_name: chat.name ?? joinNames(world, participants),
    service: chat.service,
    group: isGroup(chat),
    message_count: messagesShownBy("v2", world, chat)?.length ?? world.messages.count("chat", chat.id),
    chat_handles: presentHandles(chat).map(handleView),
  };
}

/** A chat as Create Chat shows it: no count, and one message in a field whose name is a plural. */
export function createdChatView(world: World, chat: Chat, message: Message): Schemas["CreatedChat"] {
  const { message_count: _, ...view } = chatView(world, chat);
  return { ...view, chat_messages: createdMessageView(world, message) };
}

function handleView({ id, identifier, service, joinedAt }: Handle): Schemas["ChatHandle"] {
  return { id, phone_number: identifier, service, joined_at: formatTimestamp(joinedAt) };
}

function createdMessageView(world: World, message: Message): Schemas["CreatedMessage"] {
  const { deliveryStatus, deliveredAt, ...sent } = message;
  return {
    id: sent.id,
    text: sent.text,
    sent_at: formatTimestamp(sent.sentAt),
    delivered_at: deliveredAt === null || deliveryStatus === "pending" ? null : formatTimestamp(deliveredAt),
    delivery_status: deliveryStatus === "service_unavailable" ? "paused" : deliveryStatus, // A-create-undeliverable
    is_read: sent.isRead,
    attachments: sent.attachments.map((one) => attachmentView(world, one)),
  };
}
