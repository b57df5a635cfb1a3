import { DELIVERY_MS } from "../../contracts/delivery";
import { attachmentId } from "../../fixtures/attachment-id";
import type { Attachment, Chat, Message } from "../../fixtures/records";
import type { World } from "../state/world";

export interface OutgoingMessage {
  readonly text: string;
  readonly idempotencyKey: string | null;
  readonly attachments: readonly Omit<Attachment, "id">[];
}

/** Sends a message from the chat's line; it is pending first (A-delivery). */
export function sendMessage(world: World, chat: Chat, { text, idempotencyKey, attachments }: OutgoingMessage): Message {
  const sentAt = world.clock.now();
  const own = chat.handles.find((handle) => handle.identifier === chat.line);
  if (!own) throw new Error(`chat ${chat.id} has no handle of its line`);
  return world.messages.add((id) => ({
    id,
    chatId: chat.id,
    handleId: own.id,
    text,
    sentAt,
    deliveredAt: sentAt + DELIVERY_MS,
    deliveryStatus: "pending",
    editedAt: null,
    isRead: false,
    idempotencyKey,
    attachments: attachments.map((attachment, i) => ({ id: attachmentId(id, i), ...attachment })),
  }));
}
