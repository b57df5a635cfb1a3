import type { Identifier } from "../../contracts/identifier";
import type { Chat, Contact, Handle, Line, Message, Reaction, Subscription } from "./model";

/** A call that has ended. Instants are milliseconds since 1970. */
export interface Call {
  readonly id: number;
  readonly from: Identifier;
  readonly to: Identifier;
  readonly status: string;
  readonly direction: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly type: string;
  readonly forwardedFrom: Identifier | null;
  readonly answeredBy: string;
  readonly voicemail: boolean;
  readonly recording: Recording | null;
}

export interface Recording {
  readonly id: string;
  readonly url: string;
  /** Seconds. */
  readonly duration: number;
  readonly transcription: string;
  readonly summary: string;
}

/** What happened in a world: everything that somebody outside may want to be told of. */
export type DomainEvent =
  | { readonly kind: "chat.created"; readonly chat: Chat }
  | {
      readonly kind: "message.sent" | "message.received" | "message.edited" | "message.deleted";
      readonly chat: Chat;
      readonly message: Message;
    }
  | { readonly kind: "message.read"; readonly chat: Chat; readonly message: Message; readonly readAt: number }
  | {
      readonly kind: "reaction.sent" | "reaction.received" | "reaction.removed";
      readonly chat: Chat;
      readonly message: Message;
      readonly reaction: Reaction;
    }
  | { readonly kind: "typing.started" | "typing.stopped"; readonly chat: Chat; readonly handle: Handle; readonly at: number }
  | {
      readonly kind: "participant.added" | "participant.removed";
      readonly chat: Chat;
      readonly participant: Identifier;
      readonly at: number;
    }
  | { readonly kind: "contact.created" | "contact.updated" | "contact.deleted"; readonly contact: Contact }
  | { readonly kind: "contact_card.shared"; readonly chat: Chat }
  | { readonly kind: "line.updated"; readonly line: Line }
  | {
      readonly kind: "subscription.created" | "subscription.updated" | "subscription.deleted";
      readonly subscription: Subscription;
    }
  | { readonly kind: "call.completed"; readonly call: Call };
