import type { Identifier } from "../../contracts/identifiers";
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

/** What happened in a world: everything that may be of interest outside. */
export type WorldEvent =
  /** `chat.created`: through the API; `chat.opened`: by whoever is on the other side. */
  | { readonly kind: "chat.created" | "chat.opened"; readonly chat: Chat }
  | {
      readonly kind: "message.received";
      readonly chat: Chat;
      readonly message: Message;
      readonly repliedTo?: Message | undefined;
    }
  | {
      readonly kind: "message.sent" | "message.delivered" | "message.failed" | "message.edited" | "message.deleted";
      readonly chat: Chat;
      readonly message: Message;
    }
  | { readonly kind: "message.read"; readonly chat: Chat; readonly message: Message; readonly readAt: number }
  | {
      readonly kind: "reaction.sent" | "reaction.received" | "reaction.removed";
      readonly chat: Chat;
      readonly message: Message;
      readonly reaction: Reaction;
      readonly repliedTo?: Message | undefined;
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

/** A change in a sandbox, for the event stream and for waits. */
export interface Change {
  /** Counts the changes of a sandbox. */
  readonly id: number;
  readonly type: string;
  /** What there is to say about it, as it is now. */
  readonly describe: () => unknown;
}

type Listener = (change: Change) => void;

/** Announces what changes in a sandbox. It outlives the sandbox's worlds. */
export class ChangeFeed {
  readonly #listeners = new Set<Listener>();
  readonly #endings = new Set<() => void>();
  #lastId = 0;
  #closed = false;

  /** Calls a listener on every change, until the function that it returns is called. `onEnd` is called when there are no more. */
  subscribe(listener: Listener, onEnd: () => void): () => void {
    if (this.#closed) queueMicrotask(onEnd);
    this.#listeners.add(listener);
    this.#endings.add(onEnd);
    return () => {
      this.#listeners.delete(listener);
      this.#endings.delete(onEnd);
    };
  }

  /** Announces a change. */
  publish(type: string, describe: () => unknown): void {
    this.#lastId += 1;
    const change = { id: this.#lastId, type, describe };
    for (const listener of [...this.#listeners]) listener(change);
  }

  /** Ends every subscription. */
  close(): void {
    this.#closed = true;
    for (const onEnd of [...this.#endings]) onEnd();
    this.#listeners.clear();
    this.#endings.clear();
  }
}
