import { stringify as sortedJson } from "safe-stable-stringify";
import type { WebhookEvent } from "../../contracts/generated/v2/operations";
import type { components } from "../../contracts/generated/v2/types";
import type { Identifier } from "../../contracts/identifiers";
import { formatEventTimestamp, formatSpacedTimestamp } from "../../contracts/timestamps";
import { joinNames, participantName } from "../world/contacts";
import type { Delivery } from "../world/delivery-log";
import type { Call, WorldEvent } from "../world/events";
import type { Chat, Contact, Message, Reaction } from "../world/model";
import { handleById, ownHandle, participantsOf } from "../world/participants";
import type { World } from "../world/world";
import { contactView } from "./operations/contacts/view";

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

type Row = readonly [type: WebhookEvent, payload: (world: World, event: WorldEvent) => object];
const events = EVENTS as unknown as Readonly<Record<string, Row | undefined>>; // a row is looked up by the kind of its event

/** The name of the vendor's event for what happened; undefined when there is none. Only others' typing has one. */
export function eventTypeOf(event: WorldEvent): WebhookEvent | undefined {
  const isOwnTyping = "handle" in event && event.handle.identifier === event.chat.line;
  return isOwnTyping ? undefined : events[event.kind]?.[0];
}

/** What an event says of what happened. */
export function payloadOf(world: World, event: WorldEvent): object {
  const payload = events[event.kind]?.[1];
  if (!payload) throw new Error(`there is no event for ${event.kind}`);
  return payload(world, event);
}

/** An event as it is delivered: JSON with its keys sorted at every level, because these bytes are what is signed. */
export function buildEvent(world: World, event: WorldEvent, type: string): Pick<Delivery, "eventId" | "eventType" | "body"> {
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

/** The data of message.sent and message.received. */
function messagePayload(
  world: World,
  { chat, message }: { chat: Chat; message: Message },
): components["schemas"]["MessageEventData"] {
  return {
    id: String(message.id),
    chat_id: String(chat.id),
    text: message.text,
    sent_at: formatSpacedTimestamp(message.sentAt),
    is_read: message.isRead,
    from_phone: handleById(chat, message.handleId).identifier,
    service: chat.service,
    reaction_id: null,
    chat_handles: eventHandles(world, chat),
    attachments: message.attachments.map(({ id, url, filename, mimeType }) => ({ id, url, filename, mime_type: mimeType })),
  };
}

/** The data of message.read. */
function messageReadPayload(
  _world: World,
  { chat, message, readAt }: { chat: Chat; message: Message; readAt: number },
): components["schemas"]["MessageReadEventData"] {
  return { id: String(message.id), chat_id: String(chat.id), read_at: formatEventTimestamp(readAt) };
}

/** The data of reaction.sent and reaction.received. */
function reactionPayload(
  world: World,
  { chat, message, reaction }: { chat: Chat; message: Message; reaction: Reaction },
): components["schemas"]["ReactionEventData"] {
  const { id, identifier } = handleById(chat, reaction.handleId);
  const sentAt = formatSpacedTimestamp(reaction.sentAt);
  return {
    id: String(reaction.id),
    chat_message_id: String(message.id),
    chat_id: String(chat.id),
    reaction: reaction.type,
    is_from_me: identifier === chat.line,
    sent_at: sentAt,
    created_at: sentAt,
    chat_handle: { id: String(id), identifier },
    chat_handles: eventHandles(world, chat),
    associated_message: { id: String(message.id), text: message.text, sent_at: formatSpacedTimestamp(message.sentAt) },
  };
}

/** The data of typing_indicator.received and typing_indicator.removed. */
function typingPayload(
  world: World,
  { kind, chat, at }: { kind: "typing.started" | "typing.stopped"; chat: Chat; at: number },
): components["schemas"]["TypingEventData"] {
  return {
    chat_id: String(chat.id),
    display: kind === "typing.started",
    timestamp: formatEventTimestamp(at),
    chat_handles: eventHandles(world, chat),
  };
}

/** The data of chat.created (A-event-chat). */
function chatCreatedPayload(world: World, { chat }: { chat: Chat }): components["schemas"]["ChatCreatedEventData"] {
  const participants = participantsOf(chat);
  return {
    id: String(chat.id),
    display_name: chat.name ?? joinNames(world, participants),
    service: chat.service,
    group: participants.length > 1,
    chat_handles: eventHandles(world, chat),
    created_at: formatEventTimestamp(ownHandle(chat).joinedAt),
  };
}

/** The data of participant.added and participant.removed (A-event-participant). */
function participantPayload(
  world: World,
  { chat, participant, at }: { chat: Chat; participant: Identifier; at: number },
): components["schemas"]["ParticipantEventData"] {
  return {
    chat_id: String(chat.id),
    participant: { identifier: participant, display_name: participantName(world, participant) },
    chat_handles: eventHandles(world, chat),
    timestamp: formatEventTimestamp(at),
  };
}

/** The data of contact.created and contact.updated: the contact as REST shows it, its id an integer. */
function contactPayload(world: World, { contact }: { contact: Contact }): components["schemas"]["Contact"] {
  return contactView(world, contact);
}

/** The data of contact.deleted: the id alone, an integer. */
function contactDeletedPayload(
  _world: World,
  { contact }: { contact: Contact },
): components["schemas"]["ContactDeletedEventData"] {
  return { id: contact.id };
}

/** The data of call.completed; `recording_data` is there even when there is no recording (A-call-fields). */
function callCompletedPayload(_world: World, { call }: { call: Call }): components["schemas"]["CallEventData"] {
  const { recording } = call;
  return {
    id: String(call.id),
    to: call.to,
    from: call.from,
    status: call.status,
    direction: call.direction,
    start_time: formatSpacedTimestamp(call.startedAt),
    end_time: formatSpacedTimestamp(call.endedAt),
    duration: Math.round((call.endedAt - call.startedAt) / 1000),
    call_type: call.type,
    forwarded_from: call.forwardedFrom,
    answered_by: call.answeredBy,
    voicemail: call.voicemail,
    has_recording: recording !== null,
    recording_data: {
      id: recording?.id ?? "",
      url: recording?.url ?? "about:blank",
      duration: recording?.duration ?? 0,
      transcribed: recording !== null && recording.transcription !== "",
      transcript_available: recording !== null && recording.transcription !== "",
      transcription: recording?.transcription ?? "",
      summary: recording?.summary ?? "",
    },
  };
}

type EventHandle = components["schemas"]["EventHandle"];

/** Who is in a chat, as events show it: the own line first. */
function eventHandles(world: World, chat: Chat): EventHandle[] {
  const others = participantsOf(chat).map((identifier): EventHandle => {
    return { identifier, display_name: participantName(world, identifier), is_me: false };
  });
  return [{ identifier: chat.line, display_name: "You", is_me: true }, ...others];
}
