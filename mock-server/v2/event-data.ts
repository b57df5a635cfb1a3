import type { components } from "../../contracts/generated/v2/types";
import type { Identifier } from "../../contracts/identifiers";
import { formatEventTimestamp, formatSpacedTimestamp } from "../../contracts/timestamps";
import { attachmentUrl } from "../world/attachments";
import { joinNames, participantName } from "../world/contacts";
import type { Call, Recording, WorldEvent } from "../world/events";
import type { Chat, Contact, Handle, Message, Reaction } from "../world/model";
import { handleById, handleOf, isGroup, ownHandle, participantsOf, presentHandles } from "../world/participants";
import { isTapback } from "../world/reactions";
import type { World } from "../world/world";
import { contactView } from "./operations/contacts/view";

export type EventKind = WorldEvent["kind"];
export type Payload<K extends EventKind> = (world: World, event: Extract<WorldEvent, { kind: K }>) => object;

/** The data of message.sent and message.received. */
export function messagePayload(
  world: World,
  { chat, message, repliedTo }: { chat: Chat; message: Message; repliedTo?: Message | undefined },
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
    attachments: message.attachments.map((attachment) => {
      const { id, filename, mimeType } = attachment;
      return { id, url: attachmentUrl(world, attachment), filename, mime_type: mimeType };
    }),
    ...replyOf(repliedTo),
  };
}

/** What tells that something is a reply (A-replied-to). */
function replyOf(repliedTo: Message | undefined): { replied_to_chat_message_id?: string } {
  return repliedTo ? { replied_to_chat_message_id: String(repliedTo.id) } : {};
}

/** The data of message.read. */
export function messageReadPayload(
  _world: World,
  { chat, message, readAt }: { chat: Chat; message: Message; readAt: number },
): components["schemas"]["MessageReadEventData"] {
  return { id: String(message.id), chat_id: String(chat.id), read_at: formatEventTimestamp(readAt) };
}

/** The data of reaction.sent and reaction.received. */
export function reactionPayload(
  world: World,
  { chat, message, reaction, repliedTo }: { chat: Chat; message: Message; reaction: Reaction; repliedTo?: Message | undefined },
): components["schemas"]["ReactionEventData"] {
  if (!isTapback(reaction)) throw new Error("V2 has no event for a custom reaction");
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
    ...replyOf(repliedTo),
  };
}

/** The data of typing_indicator.received and typing_indicator.removed. */
export function typingPayload(
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

/** The data of chat.created. */
export function chatCreatedPayload(world: World, { chat }: { chat: Chat }): components["schemas"]["ChatCreatedEventData"] {
  return {
    chat_id: String(chat.id),
    service: chat.service,
    is_direct: !isGroup(chat),
    is_group: isGroup(chat),
    display_name: chat.name ?? joinNames(world, participantsOf(chat)),
    chat_handles: chatEventHandles(world, chat),
    created_at: formatEventTimestamp(ownHandle(chat).joinedAt),
  };
}

/** The data of participant.added and participant.removed (A-event-participant). */
export function participantPayload(
  world: World,
  { chat, participant, at }: { chat: Chat; participant: Identifier; at: number },
): components["schemas"]["ParticipantEventData"] {
  const former = chat.formerHandles.find(({ identifier }) => identifier === participant);
  const handle = former ?? (handleOf(chat, participant) as Handle);
  return {
    chat_id: String(chat.id),
    participant: chatEventHandle(world, chat, handle),
    chat_handles: chatEventHandles(world, chat),
    timestamp: formatEventTimestamp(at),
  };
}

type ChatEventHandle = components["schemas"]["ChatEventHandle"];
/** Who is in a chat now: the own line first. */
function chatEventHandles(world: World, chat: Chat): ChatEventHandle[] {
  return ownFirst(chat).map((handle) => chatEventHandle(world, chat, handle));
}

function ownFirst(chat: Chat): Handle[] {
  const isOwn = ({ identifier }: Handle): boolean => identifier === chat.line;
  const present = presentHandles(chat);
  return [...present.filter(isOwn), ...present.filter((handle) => !isOwn(handle))];
}

function chatEventHandle(world: World, chat: Chat, handle: Handle): ChatEventHandle {
  return {
    id: String(handle.id),
    ...eventHandle(world, chat, handle.identifier),
    is_departed: !presentHandles(chat).includes(handle),
  };
}

/** The data of contact.created and contact.updated: the contact as REST shows it, but for the form of its times. */
export function contactPayload(world: World, { contact }: { contact: Contact }): components["schemas"]["ContactEventData"] {
  const { createdAt, updatedAt } = contact;
  return {
    ...contactView(world, contact),
    created_at: formatEventTimestamp(createdAt),
    updated_at: formatEventTimestamp(updatedAt),
  };
}

/** The data of contact.deleted: the id alone, an integer. */
export function contactDeletedPayload(
  _world: World,
  { contact }: { contact: Contact },
): components["schemas"]["ContactDeletedEventData"] {
  return { id: contact.id };
}

/** The data of call.completed. */
export function callCompletedPayload(_world: World, { call }: { call: Call }): components["schemas"]["CallEventData"] {
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
    recording_data: recording && recordingView(recording), // null without one: A-call-fields
  };
}

function recordingView({ id, url, duration, transcription, summary }: Recording): components["schemas"]["CallRecording"] {
  const isTranscribed = transcription !== "";
  return {
    ...{ id: String(id), url, duration, transcription, summary },
    transcribed: isTranscribed,
    transcript_available: isTranscribed,
  };
}

type EventHandle = components["schemas"]["EventHandle"];
/** Who is in a chat, as events show it: the own line first. */
function eventHandles(world: World, chat: Chat): EventHandle[] {
  return ownFirst(chat).map(({ identifier }) => eventHandle(world, chat, identifier));
}

function eventHandle(world: World, { line }: Chat, identifier: Identifier): EventHandle {
  const isOwn = identifier === line;
  return { identifier, display_name: isOwn ? "You" : participantName(world, identifier), is_me: isOwn };
}
