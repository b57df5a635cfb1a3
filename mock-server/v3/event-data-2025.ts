import type { components } from "../../contracts/generated/v3/types";
import { handleById, isGroup, ownHandle } from "../world/participants";
import type { World } from "../world/world";
import { eventParts, type MessageHappened, timesOf } from "./event-data";
import { handleView, serviceOf } from "./operations/chats/view";
import { isFromMe, lastChange, replyView } from "./operations/messages/view";
import { timeView } from "./timestamps";

/** What webhooks of the version 2025-01-01 say of messages; of all else they say the same as those after them, or nothing. */
export function messageData2025(world: World, event: MessageHappened): components["schemas"]["MessageEvent2025Data"] {
  const { kind, chat, message } = event;
  const sender = handleById(chat, message.handleId);
  const times = timesOf(event);
  const isOwn = isFromMe(chat, message);
  const own = { idempotency_key: message.idempotencyKey, preferred_service: message.preferredService ?? null };
  const received = {
    received_at: timeView(message.deliveredAt ?? message.sentAt),
    recipient_handle: handleView(world, chat, ownHandle(chat)),
  };
  const reply = replyView(world, message);
  const id = world.publicIds.uuidOf("message", message.id);
  return {
    chat_id: world.publicIds.uuidOf("chat", chat.id),
    from: sender.identifier,
    from_handle: handleView(world, chat, sender),
    is_from_me: isOwn,
    is_group: isGroup(chat),
    message: {
      id,
      created_at: timeView(message.sentAt),
      updated_at: timeView(lastChange(chat, message)),
      ...times,
      is_delivered: kind !== "message.sent",
      is_read: kind === "message.read",
      parts: eventParts(world, message),
      ...(message.effect && { effect: message.effect }),
      ...(reply && { reply_to: reply }),
    },
    recipient_phone: null,
    service: serviceOf(chat, message),
    ...(kind === "message.delivered" && times.delivered_at !== null && { message_id: id, delivered_at: times.delivered_at }),
    ...(kind === "message.read" && times.read_at !== null && { message_id: id, read_at: times.read_at }),
    ...(isOwn ? own : received),
  };
}
