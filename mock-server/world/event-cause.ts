import { fullName } from "../../contracts/contacts";
import { participantName } from "./contacts";
import type { WorldEvent } from "./events";
import type { World } from "./world";

const MAX_EVENT_IDS = 100;

/** A request to the API, as what makes things happen. */
export interface Cause {
  readonly requestId: string;
  /** The name of the API's version. */
  readonly version: string;
  /** What has happened because of it, up to now, by the ids of the sandbox's feed. At most 100. */
  readonly eventIds: number[];
  /** The first chat and message that it changed, if it has changed any. */
  chatId: number | undefined;
  messageId: number | undefined;
}

export function causeOf(requestId: string, version: string): Cause {
  return { requestId, version, eventIds: [], chatId: undefined, messageId: undefined };
}

/** What an event is about, and why it happened. */
export interface Subject {
  readonly chatId: number | undefined;
  readonly messageId: number | undefined;
  /** Undefined when it was no request to the API. */
  readonly cause: Cause | undefined;
}

/** What becomes of a message later is caused by the request that has sent it. */
export function subjectOf(world: World, event: WorldEvent): Subject {
  const message = "message" in event ? event.message : undefined;
  const isLater = event.kind === "message.delivered" || event.kind === "message.failed";
  return {
    chatId: "chat" in event ? event.chat.id : undefined,
    messageId: message?.id,
    cause: world.cause ?? (isLater ? message?.causedBy : undefined),
  };
}

/** The person whom an event is about that is about no chat. */
export function personOf(world: World, event: WorldEvent): string | undefined {
  switch (event.kind) {
    case "contact.created":
    case "contact.updated":
    case "contact.deleted": {
      const { phoneNumber, email } = event.contact;
      return fullName(event.contact) || (phoneNumber ?? email ?? undefined);
    }
    case "call.completed": {
      const { from, to, direction } = event.call;
      return participantName(world, direction === "inbound" ? from : to);
    }
    default:
      return undefined;
  }
}

const BEGINNING = 80;

/** How the message begins that an event is about, in whole characters. */
export function beginningOf(event: WorldEvent): string | undefined {
  if (!("message" in event)) return undefined;
  const { text } = event.message;
  return text.length <= BEGINNING ? text : text.slice(0, BEGINNING).replace(/[\ud800-\udbff]$/, "");
}

/** Notes that an event has happened because of a request. */
export function noteEffect({ cause, chatId, messageId }: Subject, eventId: number): void {
  if (!cause) return;
  if (cause.eventIds.length < MAX_EVENT_IDS) cause.eventIds.push(eventId);
  cause.chatId ??= chatId;
  cause.messageId ??= messageId;
}
