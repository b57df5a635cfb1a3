import { randomUUID } from "node:crypto";
import type { Identifier, Service } from "../../contracts/identifiers";
import type { Subject } from "./event-cause";
import type { Memory, MemoryShare } from "./memory-limits";
import type { Chat, Contact, Handle, Line, Message, Reaction, Subscription } from "./model";
import type { Reputation } from "./reputation";

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
  readonly answeredBy: string | null;
  readonly voicemail: boolean;
  readonly recording: Recording | null;
}

export interface Recording {
  readonly id: number;
  readonly url: string;
  /** Seconds. */
  readonly duration: number;
  readonly transcription: string;
  readonly summary: string;
}

/** What becomes of the contact card of a line. */
export type ContactCardChange = "contact_card.created" | "contact_card.updated" | "contact_card.deleted";

/** What happened in a world: everything that may be of interest outside. What is inherited began before the sandbox was forked: no webhook tells of it. */
export type WorldEvent =
  /** `chat.created`: through the API; `chat.opened`: by whoever is on the other side. */
  | {
      readonly kind: "chat.created" | "chat.opened";
      readonly chat: Chat;
      /** What the message travels by that has made it, where that was chosen. */
      readonly service?: Service | undefined;
    }
  | {
      readonly kind: "message.received";
      readonly chat: Chat;
      readonly message: Message;
      readonly repliedTo?: Message | undefined;
    }
  | {
      readonly kind: "message.sent" | "message.delivered" | "message.failed" | "message.deleted";
      readonly chat: Chat;
      readonly message: Message;
      readonly isInherited?: boolean;
    }
  | {
      readonly kind: "message.edited";
      readonly chat: Chat;
      readonly message: Message;
      /** Which of its parts; the first text when it does not say. */
      readonly partIndex?: number;
    }
  | { readonly kind: "message.read"; readonly chat: Chat; readonly message: Message; readonly readAt: number }
  | {
      readonly kind: "reaction.sent" | "reaction.received" | "reaction.removed";
      readonly chat: Chat;
      readonly message: Message;
      readonly reaction: Reaction;
      readonly repliedTo?: Message | undefined;
    }
  | {
      readonly kind: "typing.started" | "typing.stopped";
      readonly chat: Chat;
      readonly handle: Handle;
      readonly at: number;
      readonly isInherited?: boolean;
    }
  | {
      readonly kind: "participant.added" | "participant.removed";
      readonly chat: Chat;
      readonly participant: Identifier;
      readonly at: number;
    }
  | {
      readonly kind: "chat.renamed" | "chat.icon_changed";
      readonly chat: Chat;
      readonly before: string | null;
      readonly now: string | null;
      readonly at: number;
    }
  | { readonly kind: "contact.created" | "contact.updated" | "contact.deleted"; readonly contact: Contact }
  | { readonly kind: "contact_card.shared"; readonly chat: Chat }
  | { readonly kind: "line.updated" | ContactCardChange; readonly line: Line }
  | {
      readonly kind: "line.reputation_changed";
      readonly line: Line;
      readonly before: Reputation;
      readonly now: Reputation;
      readonly at: number;
    }
  | {
      readonly kind: "subscription.created" | "subscription.updated" | "subscription.deleted";
      readonly subscription: Subscription;
      /** As it was before it was changed through the API. */
      readonly before?: Subscription;
    }
  | { readonly kind: "call.completed"; readonly call: Call };

/** A change in a sandbox, for the event stream and for waits. */
export interface Change extends Subject {
  /** Counts the changes of a sandbox. */
  readonly id: number;
  readonly type: string;
  /** Milliseconds since 1970, by the sandbox's clock. */
  readonly at: number;
  /** What there is to say about it, as it is now. */
  readonly describe: () => object;
}

/** What is about no chat and no message, and was caused by no request. */
export const ABOUT_NOTHING: Subject = { chatId: undefined, messageId: undefined, cause: undefined };

type Listener = (change: Change) => void;

const MAX_KEPT = 500;
/** What a change takes that says nothing else, about. */
const CHANGE_BYTES = 1000;

interface KeptChange {
  readonly change: Change;
  readonly bytes: number;
  readonly since: number;
}

/**
 * Announces what changes in a sandbox. It outlives the sandbox's worlds. As soon as somebody has listened, it keeps the last 500 changes
 * for clients that come back.
 */
export class ChangeFeed {
  /** The name of the sandbox. */
  readonly sandbox: string;
  /** No other feed has it, of this process or of one before: ids of changes are counted anew with each. */
  readonly start = randomUUID().slice(0, 8);
  readonly #listeners = new Set<Listener>();
  readonly #endings = new Set<() => void>();
  readonly #share: MemoryShare;
  readonly #kept: KeptChange[] = [];
  #keeps = false;
  #lastId = 0;
  #closed = false;

  constructor(sandbox: string, memory: Memory) {
    this.sandbox = sandbox;
    this.#share = memory.share({ kind: "events", oldestSince: () => this.#kept[0]?.since, dropOldest: () => this.#drop() });
  }

  /** The id of the newest change; 0 when there was none. */
  get lastId(): number {
    return this.#lastId;
  }

  /** The changes after one, from the oldest to the newest, and how many of them are not kept; null when nobody knows, as there was no such change. */
  since(id: number): { readonly changes: readonly Change[]; readonly missed: number | null } {
    if (id > this.#lastId) return { changes: [], missed: null };
    const changes = this.#kept.map(({ change }) => change).filter((change) => change.id > id);
    return { changes, missed: this.#lastId - id - changes.length };
  }

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

  /** Announces a change, which is made only if somebody hears of it, and returns its id. `bytes` is what describing it needs to be kept. */
  publish(made: () => Omit<Change, "id">, bytes = 0): number {
    this.#lastId += 1;
    const id = this.#lastId;
    if (this.#listeners.size === 0 && !this.#keeps) return id;
    const change = { ...made(), id };
    if (this.#keeps) this.#keep(change, CHANGE_BYTES + bytes);
    for (const listener of [...this.#listeners]) listener(change);
    return id;
  }

  /** Whether somebody has listened. */
  get isHeard(): boolean {
    return this.#keeps;
  }

  /** From now on changes are kept. */
  keep(): void {
    this.#keeps = true;
  }

  #keep(change: Change, bytes: number): void {
    this.#kept.push({ change, bytes, since: performance.now() });
    this.#share.take(bytes);
    if (this.#kept.length > MAX_KEPT) this.#drop();
  }

  #drop(): void {
    this.#share.release(this.#kept.shift()?.bytes ?? 0);
  }

  /** Ends every subscription. */
  close(): void {
    this.#closed = true;
    for (const onEnd of [...this.#endings]) onEnd();
    this.#listeners.clear();
    this.#endings.clear();
    this.#share.close();
  }
}
