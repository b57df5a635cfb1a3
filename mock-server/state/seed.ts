import type { Identifier } from "../../contracts/identifier";
import type { Service } from "../../contracts/service";
import type { Chat, Contact, Line, Message, Reaction, Subscription, Typing, User, WorldRecords } from "../../fixtures/records";
import { chatKey, participantsOf } from "../domain/membership";
import { FrozenCollection } from "./collection";

/** A world at rest, indexed for every lookup that operations need. Frozen: all sandboxes share it. */
export interface Seed {
  readonly users: FrozenCollection<User, "email">;
  readonly lines: FrozenCollection<Line, "phoneNumber">;
  readonly contacts: FrozenCollection<Contact, "all" | "identifier">;
  readonly chats: FrozenCollection<Chat, "key" | "member">;
  /** By the time of sending. */
  readonly messages: FrozenCollection<Message, "chat" | "unread" | "idempotencyKey">;
  readonly reactions: FrozenCollection<Reaction, "message">;
  readonly subscriptions: FrozenCollection<Subscription, "event">;
  readonly availability: ReadonlyMap<Identifier, Service>;
  readonly contactSharing: boolean;
  readonly foreignLineIds: ReadonlySet<number>;
  readonly typing: readonly Typing[];
  readonly lastHandleId: number;
}

/** The one key of an index that holds every record. */
export const EVERY = "every";

export function createSeed(records: WorldRecords): Seed {
  return {
    users: new FrozenCollection(records.users, { email: (user) => [user.email.toLowerCase()] }),
    lines: new FrozenCollection(records.lines, { phoneNumber: (line) => [line.phoneNumber] }),
    contacts: new FrozenCollection(records.contacts, { all: () => [EVERY], identifier: contactIdentifiers }),
    chats: new FrozenCollection(records.chats, {
      key: (chat) => [chatKey(chat.line, participantsOf(chat))],
      member: (chat) => chat.handles.map((handle) => handle.identifier),
    }),
    messages: new FrozenCollection(
      records.messages,
      {
        chat: (message) => [message.chatId],
        unread: (message) => (message.isRead ? [] : [message.chatId]),
        idempotencyKey: (message) => (message.idempotencyKey === null ? [] : [message.idempotencyKey]),
      },
      (message) => message.sentAt,
    ),
    reactions: new FrozenCollection(records.reactions, { message: (reaction) => [reaction.messageId] }),
    subscriptions: new FrozenCollection(records.subscriptions, {
      event: (subscription) => (subscription.active ? subscription.events : []),
    }),
    availability: new Map(Object.entries(records.availability) as [Identifier, Service][]),
    contactSharing: records.contactSharing,
    foreignLineIds: new Set(records.foreignLineIds),
    typing: records.typing,
    lastHandleId: lastHandleId(records.chats),
  };
}

function contactIdentifiers(contact: Contact): Identifier[] {
  const email = contact.email?.toLowerCase() as Identifier | undefined; // A-email-case
  return [contact.phoneNumber, email].filter((identifier) => identifier != null);
}

function lastHandleId(chats: readonly Chat[]): number {
  let last = 0;
  for (const { handles, formerHandles } of chats) {
    for (const { id } of handles) last = Math.max(last, id);
    for (const { id } of formerHandles) last = Math.max(last, id);
  }
  return last;
}
