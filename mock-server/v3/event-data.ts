import type { WebhookEvent } from "../../contracts/generated/v3/operations";
import type { components } from "../../contracts/generated/v3/types";
import type { Call, ContactCardChange, WorldEvent } from "../world/events";
import { partsOf } from "../world/message-parts";
import type { Chat, Handle, Line, Message, Subscription } from "../world/model";
import { handleById, handleOf, isGroup, ownHandle } from "../world/participants";
import type { World } from "../world/world";
import {
  chatServiceOf,
  createdAt,
  displayName,
  handleView,
  handleViews,
  healthView,
  serviceOf,
  updatedAt,
} from "./operations/chats/view";
import { contactCardView } from "./operations/contact-card/view";
import { isFromMe, partView, replyView } from "./operations/messages/view";
import { webhookSubscriptionView } from "./operations/webhook-subscriptions/view";
import { timeOrNull, timeView } from "./timestamps";

/* What webhooks of the version 2026-02-03 say, by what happened. */

type Schemas = components["schemas"];
type Kind = WorldEvent["kind"];
type Narrowed<E, K extends Kind> = E extends { readonly kind: infer Own extends Kind }
  ? [Own & K] extends [never]
    ? never
    : E & { readonly kind: Own & K }
  : never;
/** What happened, of these kinds. */
export type Happened<K extends Kind> = Narrowed<WorldEvent, K>;
export type MessageHappened = Happened<"message.sent" | "message.received" | "message.delivered" | "message.read">;

export function messageData(world: World, event: MessageHappened): Schemas["MessageEventData"] {
  const { chat, message } = event;
  const isOwn = isFromMe(chat, message);
  return {
    ...messageOf(world, event),
    parts: eventParts(world, message),
    service: serviceOf(chat, message),
    ...timesOf(event),
    effect: message.effect ?? null,
    reply_to: replyView(world, message),
    ...(isOwn && { idempotency_key: message.idempotencyKey, preferred_service: message.preferredService ?? null }),
  };
}

/** What was known when it happened. */
export function timesOf(event: MessageHappened): Record<"sent_at" | "delivered_at" | "read_at", string | null> {
  const { kind, message } = event;
  const isDelivered = kind === "message.delivered" || kind === "message.read";
  return {
    sent_at: timeView(message.sentAt),
    delivered_at: isDelivered ? timeOrNull(message.deliveredAt) : null,
    read_at: kind === "message.read" ? timeView(event.readAt) : null,
  };
}

export function eventParts(world: World, message: Message): Schemas["EventPart"][] {
  return partsOf(message).map((part) => partView(world, message, part));
}

/** Which message an event is about, and whose it is. */
function messageOf(world: World, { chat, message }: { readonly chat: Chat; readonly message: Message }) {
  return {
    id: world.publicIds.uuidOf("message", message.id),
    chat: {
      id: world.publicIds.uuidOf("chat", chat.id),
      is_group: isGroup(chat),
      owner_handle: handleView(world, chat, ownHandle(chat)),
      health_status: healthView(chat),
    },
    direction: isFromMe(chat, message) ? ("outbound" as const) : ("inbound" as const),
    sender_handle: handleView(world, chat, handleById(chat, message.handleId)),
  };
}

export function messageEditedData(world: World, event: Happened<"message.edited">): Schemas["MessageEditedEventData"] {
  const { message, partIndex } = event;
  const parts = partsOf(message);
  const index =
    partIndex ??
    Math.max(
      0,
      parts.findIndex(({ type }) => type === "text"),
    );
  const part = parts[index];
  return {
    ...messageOf(world, event),
    edited_at: timeView(message.editedAt ?? world.clock.now()),
    part: { index, text: part?.type === "text" ? part.value : message.text },
  };
}

const DELIVERY_FAILED = 4001;

export function messageFailedData(
  world: World,
  { chat, message }: Happened<"message.failed">,
): Schemas["MessageFailedEventData"] {
  return {
    code: message.failureCode ?? DELIVERY_FAILED,
    failed_at: timeView(message.failsAt ?? world.clock.now()),
    chat_id: world.publicIds.uuidOf("chat", chat.id),
    message_id: world.publicIds.uuidOf("message", message.id),
    reason: message.failureReason ?? "Delivery failed",
    detail_code: message.failureCode ?? DELIVERY_FAILED, // A-v3-detail-code
    preferred_service: message.preferredService ?? null,
    service: serviceOf(chat, message),
  };
}

export function reactionData(
  world: World,
  { kind, chat, message, reaction }: Happened<"reaction.sent" | "reaction.received" | "reaction.removed">,
): Schemas["ReactionEventData"] {
  const handle = handleById(chat, reaction.handleId);
  return {
    id: world.publicIds.uuidOf("reaction", reaction.id),
    chat_id: world.publicIds.uuidOf("chat", chat.id),
    message_id: world.publicIds.uuidOf("message", message.id),
    part_index: reaction.partIndex ?? 0,
    reaction_type: reaction.type,
    custom_emoji: reaction.customEmoji ?? null,
    is_from_me: handle.identifier === chat.line,
    from: handle.identifier,
    from_handle: handleView(world, chat, handle),
    service: serviceOf(chat, message),
    reacted_at: timeView(kind === "reaction.removed" ? world.clock.now() : reaction.updatedAt),
  };
}

/** The data of an event about a participant. Of who has left, the handle is a former one, but for the line's own, which stays. */
export function participantData(
  world: World,
  { kind, chat, participant, at }: Happened<"participant.added" | "participant.removed">,
): Schemas["ParticipantEventData"] {
  const former = chat.formerHandles.find(({ identifier }) => identifier === participant);
  const handle = handleOf(chat, participant) ?? (former as Handle);
  return {
    chat_id: world.publicIds.uuidOf("chat", chat.id),
    handle: participant,
    participant: handleView(world, chat, handle),
    ...(kind === "participant.added" ? { added_at: timeView(at) } : { removed_at: timeView(at) }),
  };
}

export function chatCreatedData(
  world: World,
  { chat, service }: Happened<"chat.created" | "chat.opened">,
): Schemas["ChatCreatedEventData"] {
  return {
    id: world.publicIds.uuidOf("chat", chat.id),
    display_name: displayName(chat),
    service: service ?? chatServiceOf(world, chat),
    handles: handleViews(world, chat),
    is_group: isGroup(chat),
    created_at: timeView(createdAt(chat)),
    updated_at: timeView(updatedAt(world, chat)),
    health_status: healthView(chat),
  };
}

/** Only the line changes a group here. */
export function groupChangeData(
  world: World,
  { chat, before, now, at }: Happened<"chat.renamed" | "chat.icon_changed">,
): Schemas["GroupChangeEventData"] {
  return {
    chat_id: world.publicIds.uuidOf("chat", chat.id),
    old_value: before,
    new_value: now,
    changed_by_handle: handleView(world, chat, ownHandle(chat)),
    updated_at: timeView(at),
  };
}

export function typingData(
  world: World,
  { chat, handle }: Happened<"typing.started" | "typing.stopped">,
): Schemas["TypingEventData"] {
  return { chat_id: world.publicIds.uuidOf("chat", chat.id), actor_handle: handleView(world, chat, handle) };
}

export function forwardingData(world: World, { line }: { readonly line: Line }): Schemas["AccountChangeEventData"] {
  const { phoneNumber, forwardingNumber } = line;
  const change = forwardingNumber === null ? "ended" : `set to ${forwardingNumber}`;
  return { ...accountChange(world, `Forwarding of ${phoneNumber} was ${change}.`), phone_number: phoneNumber };
}

/** Only its reputation changes here (A-v3-reputation). */
export function lineStatusData(
  _world: World,
  { line: { phoneNumber, isFlagged }, before, now, at }: Happened<"line.reputation_changed">,
): Schemas["LineStatusEventData"] {
  const status = isFlagged ? "FLAGGED" : "ACTIVE";
  return {
    phone_number: phoneNumber,
    previous_status: status,
    new_status: status,
    previous_reputation: before,
    new_reputation: now,
    changed_at: timeView(at),
  };
}

/** The card is what the API shows of it, if it still has one (A-v3-account-objects). */
export function contactCardData(
  world: World,
  { kind, line: { phoneNumber, contactCard } }: Happened<ContactCardChange>,
): Schemas["AccountChangeEventData"] {
  const [, change] = kind.split(".");
  return {
    ...accountChange(world, `The contact card of ${phoneNumber} was ${change}.`),
    phone_number: phoneNumber,
    ...(contactCard && { contact_card: contactCardView(phoneNumber, contactCard) }),
  };
}

type SubscriptionEvent = Happened<"subscription.created" | "subscription.updated" | "subscription.deleted">;

/** What of a subscription was changed: of several at once the first; undefined when nothing was that there is an event for. */
export function subscriptionChange({ kind, subscription: now, before }: SubscriptionEvent): WebhookEvent | undefined {
  if (kind === "subscription.created") return "webhook_subscription.created";
  if (kind === "subscription.deleted") return "webhook_subscription.deleted";
  if (before === undefined) return undefined;
  const hasChanged = (field: keyof Subscription) => JSON.stringify(now[field]) !== JSON.stringify(before[field]);
  if (hasChanged("url")) return "webhook_subscription.target_url_changed";
  if (hasChanged("active")) return now.active ? "webhook_subscription.enabled" : "webhook_subscription.disabled";
  if (hasChanged("events")) return "webhook_subscription.events.updated";
  if (hasChanged("lines")) return "webhook_subscription.phone_numbers.updated";
  if (!hasChanged("routing")) return undefined;
  return now.routing ? "webhook_subscription.routing_headers_set" : "webhook_subscription.routing_headers_cleared";
}

/** The subscription is what the API shows of it (A-v3-account-objects). */
export function subscriptionData(world: World, event: SubscriptionEvent): Schemas["AccountChangeEventData"] {
  const { subscription } = event;
  const [, change = ""] = (subscriptionChange(event) ?? "").split(/\.(.*)/s);
  const summary = `The webhook subscription to ${subscription.url}: ${change.replaceAll(/[._]/g, " ")}.`;
  return { ...accountChange(world, summary), webhook_subscription: webhookSubscriptionView(world, subscription) };
}

/** What was changed by a call of the API, or by whoever steers the mock. */
function accountChange(world: World, summary: string): Schemas["AccountChangeEventData"] {
  const actor = { type: world.cause ? ("api" as const) : ("unknown" as const) };
  return { actor, occurred_at: timeView(world.clock.now()), origin: "api", summary };
}

/** Nothing is known of its fields (A-v3-event-unknown). */
export function callData(_world: World, { call }: { readonly call: Call }): Schemas["CallEventData"] {
  const { id, from, to, direction, status, startedAt, endedAt } = call;
  return {
    id: String(id),
    ...{ from, to, direction, status },
    started_at: timeView(startedAt),
    ended_at: timeView(endedAt),
    duration_seconds: Math.round((endedAt - startedAt) / 1000),
  };
}
