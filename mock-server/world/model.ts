import type { Identifier, Service } from "../../contracts/identifiers";
import type { FailureCode } from "../../contracts/message-rules";
import type { FixtureFaultRule } from "../../fixtures/generated/fixture-document";
import type { Cause } from "./event-cause";

import type { PinnedId } from "./public-ids";

/*
 * The records of a world: what a fixture says once every default is filled in and every reference is resolved.
 * Instants are milliseconds since 1970. Records are never changed in place; a change is a new record.
 */

export interface User {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly admin: boolean;
}

export interface Line {
  readonly id: number;
  readonly phoneNumber: Identifier;
  readonly forwardingNumber: Identifier | null;
  /** Messages per second. */
  readonly responseRate: number;
  readonly userId: number | null;
  /** What the other side sees of it once it is shared, if it was set up. */
  readonly contactCard: ContactCard | null;
  /** Whether V3 sends nothing from it. */
  readonly isFlagged?: true;
}

export interface ContactCard {
  readonly firstName: string;
  readonly lastName?: string;
  readonly imageUrl?: string;
}

export interface Contact {
  readonly id: number;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly phoneNumber: Identifier | null;
  readonly company: string | null;
  readonly title: string | null;
  readonly location: string | null;
  readonly imageUrl: string | null;
  /** A picture that the mock serves, instead of one at a URL. */
  readonly image?: ServedFile;
  readonly ownerId: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A participant's membership in one chat. The organization's line is a handle of each of its chats, too. */
export interface Handle {
  readonly id: number;
  readonly identifier: Identifier;
  readonly service: Service;
  readonly joinedAt: number;
  /** When a former participant left the chat, where it is known. */
  readonly leftAt?: number;
}

export interface Chat {
  readonly id: number;
  readonly line: Identifier;
  /** The name set by hand, if any. */
  readonly name: string | null;
  readonly service: Service;
  readonly handles: readonly Handle[];
  /** Who was in the chat and is no longer; their messages stay. */
  readonly formerHandles: readonly Handle[];
  /** Whether it can be taken over into V3. */
  readonly isMigratable: boolean;
  /** The URL of a group's picture. */
  readonly icon?: string;
  /** Who in it wanted no more messages, in the order in which they said so. */
  readonly optOuts?: readonly OptOut[];
  /** When the line has left the group. */
  readonly leftAt?: number;
  /** Whether other people are in it than at its beginning. */
  readonly isChanged?: boolean;
  /** When its name or picture was changed last. */
  readonly changedAt?: number;
  /** What is left of the messages that were deleted. */
  readonly deleted?: DeletedMessages;
  /** The next message that the line sends in it fails, with this. */
  readonly nextFailure?: WhyFailed;
}

/** Whose messages of a chat were deleted, by their handles, and when the newest of them was sent. */
interface DeletedMessages {
  readonly handleIds: readonly number[];
  readonly lastSentAt: number;
}

/** Somebody wants no more messages, or did, `until` they wrote again. */
export interface OptOut {
  readonly person: Identifier;
  readonly at: number;
  readonly until?: number;
}

export type MessageStatus = "pending" | "delivered" | "service_unavailable" | "paused";

/** Why a message could not be delivered, where that was said. */
export interface WhyFailed {
  readonly failureReason?: string;
  /** The code in the event of V3. */
  readonly failureCode?: FailureCode;
}

export interface Message extends WhyFailed {
  readonly id: number;
  readonly chatId: number;
  readonly handleId: number;
  readonly text: string;
  readonly sentAt: number;
  /** When it was delivered or, while pending, when it will be; null if never. */
  readonly deliveredAt: number | null;
  readonly deliveryStatus: MessageStatus;
  /** When it will turn out, or has, that it cannot be delivered. */
  readonly failsAt?: number;
  readonly editedAt: number | null;
  readonly isRead: boolean;
  readonly idempotencyKey: string | null;
  /** What was answered to a message that was sent here with a key, for whoever sends it again. */
  readonly asSent?: SentMessage;
  readonly attachments: readonly Attachment[];
  /** The request to the API that has sent it, if one of this world has. */
  readonly causedBy?: Cause;
  /** How it is put together, where it is not its text followed by its attachments. */
  readonly parts?: readonly MessagePart[];
  readonly effect?: MessageEffect;
  readonly replyTo?: ReplyTo;
  /** What it was asked to travel by. */
  readonly preferredService?: Service;
  /** What it travels by, where that is not the chat's service. */
  readonly service?: Service;
  /** When the other side has read it. */
  readonly readAt?: number;
  /** How often it was edited. */
  readonly edits?: number;
}

interface ReplyTo {
  readonly messageId: number;
  readonly partIndex: number;
  /** The message that the thread begins with, where the one replied to was a reply itself and is deleted. */
  readonly threadId?: number;
}

/** The chat as it was then, and what the message said before it was edited, if it was. */
interface SentMessage extends Partial<Pick<Message, "text" | "parts">> {
  readonly chat: Chat;
  readonly isNewChat: boolean;
  /** The chat that it would have gone to, were its line not flagged. */
  readonly previousChatId?: number;
}

export interface MessageEffect {
  readonly type: "screen" | "bubble";
  readonly name: string;
}

/** A part of a message; a file is one of its attachments. */
export type MessagePart =
  | {
      readonly type: "text";
      readonly value: string;
      readonly decorations?: readonly TextDecoration[];
      readonly mentions?: readonly Mention[];
    }
  | { readonly type: "media"; readonly attachmentId: string }
  | { readonly type: "link"; readonly value: string }
  /** What only V3 knows, as it came. */
  | { readonly type: "imessage_app" | "app_clip"; readonly content: Readonly<Record<string, unknown>> };

/** In UTF-16 units, from the first to before the last. */
type TextRange = readonly [start: number, end: number];

export interface TextDecoration {
  readonly range: TextRange;
  readonly style?: "bold" | "italic" | "strikethrough" | "underline";
  readonly animation?: "big" | "small" | "shake" | "nod" | "explode" | "ripple" | "bloom" | "jitter";
}

export interface Mention {
  readonly handle: Identifier;
  readonly range?: TextRange;
}

/** A file that the mock serves: the one beside a fixture or, where there is none, one that stands in for it. */
export interface ServedFile {
  readonly filename: string;
  /** The whole path of the one beside a fixture. */
  readonly path?: string;
}

export interface Attachment extends ServedFile {
  /** A UUID. */
  readonly id: string;
  /** Null where the mock serves it. */
  readonly url: string | null;
  readonly mimeType: string;
  /** Bytes. */
  readonly fileSize: number;
  /** Whether the file is no more, though what is known of it stays. */
  readonly isDeleted?: true;
}

export type Tapback = "love" | "like" | "dislike" | "laugh" | "emphasize" | "question";

/** A custom one is an emoji, which V2 does not have. */
export type ReactionType = Tapback | "custom";

/** What one person of the chat thinks of a part of one of its messages. */
export interface Reaction {
  readonly id: number;
  readonly messageId: number;
  readonly handleId: number;
  readonly type: ReactionType;
  /** The emoji of a custom reaction. */
  readonly customEmoji?: string;
  /** Which part of the message it is to; the first when it does not say. */
  readonly partIndex?: number;
  readonly sentAt: number;
  readonly updatedAt: number;
}

/** Somebody in a chat is typing. */
export interface Typing {
  readonly chatId: number;
  readonly handleId: number;
  /** When it ends by itself. */
  readonly until: number;
  /** It began before the sandbox was forked, so that no webhook tells of its end. */
  readonly isInherited?: boolean;
}

interface RoutingHeaders {
  /** The name of the one with the id of the chat, where it is not the usual. */
  readonly id: string | null;
  /** The name of the one with a key that is always the same for a chat; it is not sent when it has none. */
  readonly key: string | null;
}

export interface Subscription {
  readonly id: number;
  /** The version of the API that words its events; the first that is served when it says none. */
  readonly version?: string;
  readonly url: string;
  readonly events: readonly string[];
  /** What deliveries are signed with, if they are. */
  readonly secret: string | null;
  /** The only lines whose events it is sent; those of all when it does not say. */
  readonly lines?: readonly Identifier[] | undefined;
  /** The headers by which a load balancer may tell chats apart. */
  readonly routing?: RoutingHeaders | undefined;
  readonly active: boolean;
  readonly deliveryAttempts: number;
  readonly lastDeliveredAt: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Where it comes from, when neither the API nor a fixture has made it. */
  readonly origin?: "option" | "receiver";
}

/** Something that goes wrong, in the words of the fixture format; whom it names is resolved. */
export interface FaultRule extends Omit<FixtureFaultRule, "operation" | "line" | "participant"> {
  readonly name: string;
  readonly operation?: readonly Extract<FixtureFaultRule["operation"], string>[];
  readonly line?: Identifier;
  readonly participant?: Identifier;
}

/** The highest id that was given, by kind, where it is higher than that of any record. Ids are not given twice. */
export type LastIds = {
  readonly [kind in
    | "users"
    | "lines"
    | "contacts"
    | "chats"
    | "handles"
    | "messages"
    | "reactions"
    | "webhook_subscriptions"
    | "calls"]?: number;
};

/** A file that its owner has announced, and uploads then. */
export interface AnnouncedFile extends Attachment {
  readonly announcedAt: number;
  readonly isUploaded: boolean;
}

/** Somebody whose messages are dropped. It may also be a short code or the name of a sender. */
export interface BlockedHandle {
  readonly handle: string;
  readonly reason?: string;
  readonly blockedAt: number;
}

/** A whole world at rest. Serialisable as JSON. */
export interface WorldRecords {
  readonly users: readonly User[];
  readonly lines: readonly Line[];
  readonly contacts: readonly Contact[];
  /** The best service a number can receive, where it is not iMessage or is stated. */
  readonly availability: Readonly<Record<Identifier, Service>>;
  /** Whether the organization may share contacts. */
  readonly contactSharing: boolean;
  /** Lines of other organizations, which exist and may not be changed. */
  readonly foreignLineIds: readonly number[];
  readonly chats: readonly Chat[];
  readonly messages: readonly Message[];
  readonly reactions: readonly Reaction[];
  readonly typing: readonly Typing[];
  readonly subscriptions: readonly Subscription[];
  /** What goes wrong in this world. */
  readonly faults: readonly FaultRule[];
  readonly lastIds: LastIds;
  /** The UUIDs of V3 that are set; all others are computed. */
  readonly pinnedIds?: readonly PinnedId[];
  /** What the others are computed with, where it is not the name of the sandbox. */
  readonly idKey?: string;
  /** In the order in which they were blocked. */
  readonly blockedHandles?: readonly BlockedHandle[];
  readonly announcedFiles?: readonly AnnouncedFile[];
  /** Idempotency keys of messages that were deleted. */
  readonly deletedKeys?: readonly string[];
}
