import type { Identifier, Service } from "../../contracts/identifiers";
import { formatTimestamp } from "../../contracts/timestamps";
import { FrozenCollection } from "./frozen-collection";
import type {
  AnnouncedFile,
  BlockedHandle,
  Chat,
  Contact,
  FaultRule,
  Line,
  Message,
  Reaction,
  Subscription,
  Typing,
  User,
  WorldRecords,
} from "./model";
import { chatKey, participantsOf } from "./participants";
import type { PinnedId } from "./public-ids";
import type { Due } from "./schedule";

/** A world at rest, indexed for every lookup that operations need. Frozen: all sandboxes share it. */
export interface Seed {
  readonly users: FrozenCollection<User, "email">;
  readonly lines: FrozenCollection<Line, "phoneNumber">;
  readonly contacts: FrozenCollection<Contact, "all" | "identifier">;
  readonly chats: FrozenCollection<Chat, ChatIndex>;
  /** By the time of sending. */
  readonly messages: FrozenCollection<Message, "chat" | "unread" | "idempotencyKey" | "attachment">;
  /** When its newest message was sent; -Infinity without any. */
  readonly newestSentAt: number;
  /** The messages that were pending in its records. */
  readonly pendingIds: ReadonlySet<number>;
  /** When those are delivered, or fail, in order; without what has happened before the seed was made. */
  readonly scheduled: readonly Due[];
  readonly reactions: FrozenCollection<Reaction, "message">;
  readonly subscriptions: FrozenCollection<Subscription, "event">;
  readonly availability: ReadonlyMap<Identifier, Service>;
  readonly contactSharing: boolean;
  readonly foreignLineIds: ReadonlySet<number>;
  readonly typing: readonly Typing[];
  readonly faults: readonly FaultRule[];
  readonly pinnedIds: readonly PinnedId[];
  readonly idKey: string | undefined;
  readonly blockedHandles: readonly BlockedHandle[];
  readonly announcedFiles: readonly AnnouncedFile[];
  readonly deletedKeys: readonly string[];
  readonly lastHandleId: number;
  readonly lastCallId: number;
}

/** How chats are indexed: by the line and exactly who is in it; by each who is, and was; by who wants no more messages. */
export type ChatIndex = "key" | "member" | "former" | "optedOut";

const NO_KEYS: readonly string[] = []; // one for all: most messages have none

/** The one key of an index that holds every record. */
export const EVERY = "every";

/** What was pending in the records and has fallen due by `now` (ms since 1970) has happened. */
export function createSeed(records: WorldRecords, now: number): Seed {
  const { lastIds } = records;
  const pending = records.messages.filter(({ deliveryStatus }) => deliveryStatus === "pending");
  const due = pending.flatMap((message) => dueOf(message) ?? []).sort((a, b) => a.at - b.at);
  const scheduled = due.filter(({ at }) => at > now);
  return {
    users: new FrozenCollection(records.users, { email: (user) => [user.email.toLowerCase()] }, { lastId: lastIds.users }),
    lines: new FrozenCollection(records.lines, { phoneNumber: (line) => [line.phoneNumber] }, { lastId: lastIds.lines }),
    contacts: new FrozenCollection(
      records.contacts,
      { all: () => [EVERY], identifier: contactIdentifiers },
      { lastId: lastIds.contacts },
    ),
    chats: new FrozenCollection(
      records.chats,
      {
        key: (chat) => [chatKey(chat.line, participantsOf(chat))],
        member: (chat) => chat.handles.map((handle) => handle.identifier),
        former: ({ formerHandles }) => (formerHandles.length > 0 ? formerHandles.map(({ identifier }) => identifier) : NO_KEYS),
        optedOut: ({ optOuts }) =>
          optOuts ? optOuts.filter(({ until }) => until === undefined).map(({ person }) => person) : NO_KEYS,
      },
      { lastId: lastIds.chats },
    ),
    messages: new FrozenCollection(
      scheduled.length < due.length ? records.messages.map((message) => asOf(message, now)) : records.messages,
      {
        chat: (message) => [message.chatId],
        unread: (message) => (message.isRead ? [] : [message.chatId, unreadFrom(message.handleId)]),
        idempotencyKey: (message) => (message.idempotencyKey === null ? [] : [message.idempotencyKey]),
        attachment: ({ attachments }) => (attachments.length > 0 ? attachments.map(({ id }) => id) : NO_KEYS),
      },
      { orderOf: (message) => message.sentAt, lastId: lastIds.messages },
    ),
    newestSentAt: records.messages.reduce((newest, { sentAt }) => Math.max(newest, sentAt), Number.NEGATIVE_INFINITY),
    pendingIds: new Set(pending.map(({ id }) => id)),
    scheduled,
    reactions: new FrozenCollection(
      records.reactions,
      { message: (reaction) => [reaction.messageId] },
      { lastId: lastIds.reactions },
    ),
    subscriptions: new FrozenCollection(
      records.subscriptions,
      { event: (subscription) => (subscription.active ? subscription.events : []) },
      { lastId: lastIds.webhook_subscriptions },
    ),
    availability: new Map(Object.entries(records.availability) as [Identifier, Service][]),
    contactSharing: records.contactSharing,
    foreignLineIds: new Set(records.foreignLineIds),
    typing: records.typing,
    faults: records.faults,
    pinnedIds: records.pinnedIds ?? [],
    idKey: records.idKey,
    blockedHandles: records.blockedHandles ?? [],
    announcedFiles: records.announcedFiles ?? [],
    deletedKeys: records.deletedKeys ?? [],
    lastHandleId: Math.max(lastHandleId(records.chats), lastIds.handles ?? 0),
    lastCallId: lastIds.calls ?? 0,
  };
}

/** The key of the index `unread` that has what somebody wrote; chats have their ids there. */
export function unreadFrom(handleId: number): number {
  return -handleId;
}

/** What is odd about a clock (ms since 1970) that was set before the data; undefined when nothing is. */
export function futureOfData({ newestSentAt }: Seed, now: number): string | undefined {
  if (newestSentAt <= now) return undefined;
  return `At ${formatTimestamp(now)}, messages of the data are yet to come: the newest is of ${formatTimestamp(newestSentAt)}. What is sent now stands before them.`;
}

function contactIdentifiers(contact: Contact): Identifier[] {
  const email = contact.email?.toLowerCase() as Identifier | undefined; // A-email-case
  return [contact.phoneNumber, email].filter((identifier) => identifier != null);
}

/** The highest id of a handle. */
export function lastHandleId(chats: readonly Chat[]): number {
  let last = 0;
  for (const { handles, formerHandles } of chats) {
    for (const { id } of handles) last = Math.max(last, id);
    for (const { id } of formerHandles) last = Math.max(last, id);
  }
  return last;
}

/** When a pending message is delivered, or fails; undefined when it never is or does. */
export function dueOf({ id, deliveryStatus, deliveredAt, failsAt }: Message): Due | undefined {
  const at = deliveredAt ?? failsAt;
  return deliveryStatus === "pending" && at !== undefined ? { at, id } : undefined;
}

/** A pending message, once it has fallen due. */
export function concluded(message: Message): Message {
  return { ...message, deliveryStatus: message.deliveredAt === null ? "service_unavailable" : "delivered" };
}

function asOf(message: Message, now: number): Message {
  const due = dueOf(message);
  return due && due.at <= now ? concluded(message) : message;
}
