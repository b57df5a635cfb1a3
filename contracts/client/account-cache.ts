import { keepBounded } from "../bounded-cache";
import type { AnyOperationId } from "../contract-version";
import { asObject, isRecord } from "../exchange";
import { canonical } from "./people-in-body";
import { ADDRESSING, type VersionAddressing } from "./version-addressing";

/** An answer that tells something of an account. */
export interface ToldAnswer {
  readonly operation: AnyOperationId;
  readonly request: { readonly path: string };
  readonly response: { readonly status: number; readonly body?: unknown };
}

/** Reads a path of the API, with the token of the account. */
export type ReadPath = (path: string) => Promise<ToldAnswer["response"]>;

/** The guard cannot know whom a call would reach. The message is the end of a sentence. */
export class CannotTell extends Error {
  override readonly name = "CannotTell";
}

interface ForwardingLine {
  readonly number: string;
  /** Empty for nobody. */
  readonly forwardsTo: string;
}

/** The id of a chat or of a message. */
type Id = number | string;

interface KnownChat {
  /** Everyone in it, the line included. */
  readonly inside: ReadonlySet<string>;
  /** When it was last read for a guard. */
  readonly readAt: number;
}

/** How long an answer that told who is in a chat is believed. */
const KNOWN_FOR_MS = 60_000;
const MOST_CHATS = 10_000;

/** Caches what the answers so far have told of the account behind a token: its lines, who is in its chats, which messages are there. The guard judges by it. */
export class AccountCache {
  /** The account's own, as they are compared. */
  readonly lines = new Set<string>();
  readonly addressing: VersionAddressing;
  readonly #now: () => number;
  readonly #forwarding = new Map<number, ForwardingLine>();
  /** To whom each line was forwarded when the lines were first listed. */
  readonly #firstForwarding = new Map<number, string>();
  readonly #chats = new Map<Id, KnownChat>();
  readonly #chatOfMessage = new Map<Id, Id>();
  #linesRead: Promise<void> | undefined;

  constructor(now: () => number, form = ADDRESSING) {
    this.#now = now;
    this.addressing = form;
  }

  /** Which chat a message is in; undefined when nobody has told. */
  chatOfMessage(messageId: Id): Id | undefined {
    return this.#chatOfMessage.get(messageId);
  }

  /** What a line's forwarding was when the lines were last listed. */
  lineOf(id: number): ForwardingLine | undefined {
    return this.#forwarding.get(id);
  }

  /** Whether a line was forwarded to this number at first, so that a change puts back what was there. */
  wasForwardedTo(lineId: number, number: string): boolean {
    return this.#firstForwarding.get(lineId) === number;
  }

  /** Reads, once, which lines the account has. @throws CannotTell */
  readLines(read: ReadPath): Promise<void> {
    this.#linesRead ??= this.#readLines(read).catch((error: unknown) => {
      this.#linesRead = undefined;
      throw error;
    });
    return this.#linesRead;
  }

  /** The chat that a call at a path would reach, without an id when there is no such message; undefined when nobody knows. @throws CannotTell */
  async readChatAt(path: string, read: ReadPath): Promise<{ readonly id: Id | undefined } | undefined> {
    const [, chat, message] = this.addressing.place.exec(path) ?? [];
    if (chat !== undefined) return { id: this.#id(chat) };
    if (message === undefined) return undefined;
    if (this.addressing.chatOfMessage)
      return { id: await this.#readChatOfMessage(message, this.addressing.chatOfMessage, read) };
    const id = this.chatOfMessage(this.#id(message));
    return id === undefined ? undefined : { id };
  }

  /** Everyone in a chat, the line included, read again after a minute; undefined when there is no such chat. @throws CannotTell */
  async readParticipants(chatId: Id, read: ReadPath): Promise<ReadonlySet<string> | undefined> {
    const known = this.#chats.get(chatId);
    if (known && known.readAt >= this.#now() - KNOWN_FOR_MS) return known.inside;
    const path = `/chats/${chatId}`;
    const response = await read(path);
    if (response.status === 404 && this.addressing.isRefusal(response.body) && !this.#chats.has(chatId)) return undefined;
    const answer = { operation: "getChat", request: { path }, response } as const;
    const told = new AccountCache(this.#now, this.addressing); // what was known before may be so no more
    if (response.status === 200) told.learn(answer);
    const inside = told.#chats.get(chatId)?.inside;
    if (!inside) throw new CannotTell(`nobody can tell who is in chat ${chatId}: the target answers ${response.status}`);
    this.learn(answer);
    keepBounded(this.#chats, chatId, { inside, readAt: this.#now() }, MOST_CHATS);
    return inside;
  }

  learn({ operation, request, response }: ToldAnswer): void {
    if (response.status >= 300) return;
    if (operation === "listPhoneNumbers") this.#learnLines(response.body);
    // A key that was used before gives the message that is there, and a careless server any message by its id: they may be in another
    // chat than the path names.
    const isUncertain = operation === "getMessage" || (operation === "sendMessage" && response.status === 200);
    const chatId = isUncertain ? undefined : /^\/chats\/(\d+)\/chat_messages/.exec(request.path)?.[1];
    this.#learnChats(response.body, chatId === undefined ? undefined : Number(chatId));
  }

  #id(written: string): Id {
    return this.addressing.ids === "number" ? Number(written) : written.toLowerCase();
  }

  /** Undefined when there is no such message. */
  async #readChatOfMessage(id: string, [path, field]: readonly [string, string], read: ReadPath): Promise<Id | undefined> {
    const { status, body } = await read(`${path}/${id}`);
    if (status === 404 && this.addressing.isRefusal(body)) return undefined;
    const { [field]: chatId } = asObject(body);
    if (status === 200 && typeof chatId === "string") return this.#id(chatId);
    throw new CannotTell(`nobody can tell which chat message ${id} is in: the target answers ${status}`);
  }

  async #readLines(read: ReadPath): Promise<void> {
    const path = "/phone_numbers";
    const response = await read(path);
    if (response.status !== 200) {
      throw new CannotTell(`nobody can tell which lines are your own: the target answers ${response.status}`);
    }
    this.learn({ operation: "listPhoneNumbers", request: { path }, response });
  }

  #learnLines(body: unknown): void {
    this.#linesRead ??= Promise.resolve();
    const { phone_numbers: listed } = asObject(body);
    for (const line of Array.isArray(listed) ? listed : []) {
      if (!isRecord(line)) continue;
      const { id, phone_number, forwarding_number: forwarding } = line;
      const number = canonical(String(phone_number));
      this.lines.add(number);
      if (typeof id !== "number") continue;
      const forwardsTo = typeof forwarding === "string" ? forwarding : "";
      this.#forwarding.set(id, { number, forwardsTo });
      if (!this.#firstForwarding.has(id)) this.#firstForwarding.set(id, canonical(forwardsTo));
    }
  }

  #learnChats(value: unknown, chatId: number | undefined): void {
    if (Array.isArray(value)) for (const entry of value) this.#learnChats(entry, chatId);
    if (!isRecord(value)) return;
    const [list, name] = this.addressing.people;
    const { id: written, [list]: handles, chat_messages: sent } = value;
    const id = typeof written === this.addressing.ids ? this.#id(String(written)) : undefined;
    if (id !== undefined && Array.isArray(handles)) {
      const inside = new Set(handles.map((handle) => canonical(isRecord(handle) ? String(handle[name]) : "")));
      const { readAt = Number.NEGATIVE_INFINITY } = this.#chats.get(id) ?? {};
      keepBounded(this.#chats, id, { inside, readAt }, MOST_CHATS);
      if (isRecord(sent) && typeof sent["id"] === "number") this.#chatOfMessage.set(sent["id"], id);
    } else if (id !== undefined && chatId !== undefined && "sent_at" in value && "text" in value) {
      this.#chatOfMessage.set(id, chatId);
    }
    for (const child of Object.values(value)) if (typeof child === "object") this.#learnChats(child, chatId);
  }
}
