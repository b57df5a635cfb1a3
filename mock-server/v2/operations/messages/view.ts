import type { components } from "../../../../contracts/generated/v2/types";
import { formatTimestamp } from "../../../../contracts/timestamps";
import type { Failure } from "../../../server/failure";
import { attachmentUrl } from "../../../world/attachments";
import type { Attachment, Chat, Message } from "../../../world/model";
import { handleById } from "../../../world/participants";
import { isTapback, reactionsTo } from "../../../world/reactions";
import { isShownBy } from "../../../world/version-visibility";
import type { World } from "../../../world/world";
import { refuse } from "../../errors";
import { reactionView } from "../reactions/view";

/** A message as the API shows it. */
export function messageView(world: World, chat: Chat, message: Message): components["schemas"]["ChatMessage"] {
  const { deliveryStatus, deliveredAt, editedAt, ...sent } = message;
  return {
    id: sent.id,
    text: sent.text,
    sent_at: formatTimestamp(sent.sentAt),
    delivered_at: deliveredAt === null || deliveryStatus === "pending" ? null : formatTimestamp(deliveredAt),
    delivery_status: deliveryStatus,
    edited_at: editedAt === null ? null : formatTimestamp(editedAt),
    is_read: sent.isRead,
    sent_from: handleById(chat, sent.handleId).identifier,
    chat_handle_id: sent.handleId,
    attachments: sent.attachments.map((one) => attachmentView(world, one)),
    reactions: reactionsTo(world, message)
      .filter(isTapback)
      .map((reaction) => reactionView(chat, reaction)),
  };
}

/** An attachment as the API shows it. */
export function attachmentView(world: World, attachment: Attachment): components["schemas"]["Attachment"] {
  const { id, filename, mimeType, fileSize } = attachment;
  return { id, url: attachmentUrl(world, attachment), filename, mime_type: mimeType, file_size: fileSize };
}

/** A message and the chat that it belongs to, by the ids in a path. */
export function findMessage(
  world: World,
  path: { chat_id: number; id: number },
): { readonly chat: Chat; readonly message: Message } | Failure<404> {
  const chat = world.chats.get(path.chat_id);
  if (!chat) return refuse("chatNotFound");
  const message = world.messages.get(path.id);
  return message?.chatId === chat.id && isShownBy("v2", world, message) ? { chat, message } : refuse("messageNotFound");
}
