import { createHmac } from "node:crypto";
import { stringify as sortedJson } from "safe-stable-stringify";
import type { WebhookEvent } from "../../contracts/generated/v2/operations";
import { formatEventTimestamp } from "../../contracts/timestamps";
import type { NamedWebhook, WebhookSignature } from "../server/api-version";
import type { WorldEvent } from "../world/events";
import { isGroup } from "../world/participants";
import { isTapback } from "../world/reactions";
import type { World } from "../world/world";
import {
  callCompletedPayload,
  chatCreatedPayload,
  contactDeletedPayload,
  contactPayload,
  type EventKind,
  messagePayload,
  messageReadPayload,
  type Payload,
  participantPayload,
  reactionPayload,
  typingPayload,
} from "./event-data";

type EventTable = { readonly [K in EventKind]?: readonly [type: WebhookEvent, payload: Payload<K>] };

/** What the vendor calls that which happened, and what it says of it. For the rest it has no event (A-event-none). */
const EVENTS = {
  "message.sent": ["message.sent", messagePayload],
  "message.received": ["message.received", messagePayload],
  "message.read": ["message.read", messageReadPayload],
  "call.completed": ["call.completed", callCompletedPayload],
  "reaction.sent": ["reaction.sent", reactionPayload],
  "reaction.received": ["reaction.received", reactionPayload],
  "typing.started": ["typing_indicator.received", typingPayload],
  "typing.stopped": ["typing_indicator.removed", typingPayload],
  "chat.created": ["chat.created", chatCreatedPayload],
  "contact.created": ["contact.created", contactPayload],
  "contact.updated": ["contact.updated", contactPayload],
  "contact.deleted": ["contact.deleted", contactDeletedPayload],
  "participant.added": ["participant.added", participantPayload],
  "participant.removed": ["participant.removed", participantPayload],
} satisfies EventTable;

/** The vendor's names of all its events. */
export const eventTypes: readonly WebhookEvent[] = Object.values(EVENTS).map(([type]) => type);

type Row = readonly [type: WebhookEvent, payload: (world: World, event: WorldEvent) => object];
const events = EVENTS as unknown as Readonly<Record<string, Row | undefined>>; // a row is looked up by the kind of its event

/** The name of the vendor's event for what happened; undefined when there is none. Only others' typing has one, and not in groups. */
export function eventTypeOf(event: WorldEvent): WebhookEvent | undefined {
  if ("reaction" in event && !isTapback(event.reaction)) return undefined; // V2 does not know it
  if (event.kind !== "typing.started" && event.kind !== "typing.stopped") return events[event.kind]?.[0];
  const { chat, handle } = event;
  const isTold = handle.identifier !== chat.line && !isGroup(chat);
  return isTold ? events[event.kind]?.[0] : undefined;
}

/** What an event says of what happened. */
export function payloadOf(world: World, event: WorldEvent): object {
  const payload = events[event.kind]?.[1];
  if (!payload) throw new Error(`there is no event for ${event.kind}`);
  return payload(world, event);
}

/** An event as it is delivered: JSON with its keys sorted at every level, because these bytes are what is signed. */
export function webhookBody(world: World, event: WorldEvent, { type, eventId }: NamedWebhook): string {
  const envelope = {
    api_version: "v2",
    created_at: formatEventTimestamp(world.clock.now()),
    data: payloadOf(world, event),
    event_id: eventId,
    event_type: type,
  };
  return sortedJson(envelope);
}

export const signatures: readonly WebhookSignature[] = [
  {
    header: "X-Webhook-Signature",
    method: "the HMAC-SHA256 of the raw body by this secret",
    sign: (secret, { body }) => `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  },
];
