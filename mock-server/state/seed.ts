import type { Identifier } from "../../contracts/identifier";
import type { Service } from "../../contracts/service";
import type { Chat, Contact, Line, Message, User, WorldRecords } from "../../fixtures/records";
import { chatKey, participantsOf } from "../domain/membership";
import { FrozenCollection } from "./collection";

/** A world at rest, indexed for every lookup that operations need. Frozen: all sandboxes share it. */
export interface Seed {
  readonly users: FrozenCollection<User, never>;
  readonly lines: FrozenCollection<Line, "phoneNumber">;
  readonly contacts: FrozenCollection<Contact, "identifier">;
  readonly chats: FrozenCollection<Chat, "key" | "member">;
  readonly messages: FrozenCollection<Message, "chat" | "idempotencyKey">;
  readonly availability: ReadonlyMap<Identifier, Service>;
  readonly lastHandleId: number;
}

export function createSeed(records: WorldRecords): Seed {
  return {
    users: new FrozenCollection(records.users, {}),
    lines: new FrozenCollection(records.lines, { phoneNumber: (line) => [line.phoneNumber] }),
    contacts: new FrozenCollection(records.contacts, { identifier: contactIdentifiers }),
    chats: new FrozenCollection(records.chats, {
      key: (chat) => [chatKey(chat.line, participantsOf(chat))],
      member: (chat) => chat.handles.map((handle) => handle.identifier),
    }),
    messages: new FrozenCollection(records.messages, {
      chat: (message) => [message.chatId],
      idempotencyKey: (message) => (message.idempotencyKey === null ? [] : [message.idempotencyKey]),
    }),
    availability: new Map(Object.entries(records.availability) as [Identifier, Service][]),
    lastHandleId: records.chats.reduce((last, chat) => chat.handles.reduce((max, handle) => Math.max(max, handle.id), last), 0),
  };
}

function contactIdentifiers(contact: Contact): Identifier[] {
  const email = contact.email?.toLowerCase() as Identifier | undefined; // A-email-case
  return [contact.phoneNumber, email].filter((identifier) => identifier != null);
}
