import { stringify as sortedJson } from "safe-stable-stringify";
import type { WebhookEvent } from "../../../contracts/generated/v2/operations";
import { formatEventTimestamp } from "../../../contracts/timestamp";
import type { Delivery } from "../../world/delivery-log";
import type { WorldEvent } from "../../world/events";
import type { World } from "../../world/world";
import { callCompletedPayload } from "./call-completed";
import { chatCreatedPayload } from "./chat-created";
import { contactDeletedPayload, contactPayload } from "./contact";
import { messagePayload } from "./message";
import { messageReadPayload } from "./message-read";
import { participantPayload } from "./participant";
import { reactionPayload } from "./reaction";
import { typingPayload } from "./typing";

type Kind = WorldEvent["kind"];
type Payload<K extends Kind> = (world: World, event: Extract<WorldEvent, { kind: K }>) => object;
type EventTable = { readonly [K in Kind]?: readonly [type: WebhookEvent, payload: Payload<K>] };

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

const events: Readonly<Record<string, readonly [WebhookEvent, (world: World, event: never) => object] | undefined>> = EVENTS;

/** The name of the vendor's event for what happened; undefined when there is none. Only others' typing has one. */
export function eventTypeOf(event: WorldEvent): WebhookEvent | undefined {
  const isOwnTyping = "handle" in event && event.handle.identifier === event.chat.line;
  return isOwnTyping ? undefined : events[event.kind]?.[0];
}

/** What an event says of what happened. */
export function payloadOf(world: World, event: WorldEvent): object {
  const payload = events[event.kind]?.[1];
  if (!payload) throw new Error(`there is no event for ${event.kind}`);
  return payload(world, event as never);
}

/** An event as it is delivered: JSON with its keys sorted at every level, because these bytes are what is signed. */
export function buildEvent(
  world: World,
  event: WorldEvent,
  type: WebhookEvent,
): Pick<Delivery, "eventId" | "eventType" | "body"> {
  const eventId = world.uuids.next();
  const envelope = {
    api_version: "v2",
    created_at: formatEventTimestamp(world.clock.now()),
    data: payloadOf(world, event),
    event_id: eventId,
    event_type: type,
  };
  return { eventId, eventType: type, body: sortedJson(envelope) };
}
