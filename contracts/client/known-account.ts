import type { AnyOperationId } from "../contract-version";
import { asObject, isRecord } from "../exchange";
import { canonical } from "./named-people";

/** An answer that tells something of an account. */
export interface ToldAnswer {
  readonly operation: AnyOperationId;
  readonly request: { readonly path: string };
  readonly response: { readonly status: number; readonly body?: unknown };
}

/** Reads a path of the API, with the token of the account. */
export type ReadPath = (path: string) => Promise<ToldAnswer["response"]>;

/** It cannot be known who would be reached. The message is the end of a sentence. */
export class CannotTell extends Error {
  override readonly name = "CannotTell";
}

interface ForwardingLine {
  readonly number: string;
  /** Empty for nobody. */
  readonly forwardsTo: string;
}

/** For so long it is believed who is in a chat. */
export const KNOWN_FOR_MS = 60_000;

/** What the answers so far have told of the account behind a token: its lines, who is in its chats, which messages are there. */
export class KnownAccount {
  /** The account's own, as they are compared. */
  readonly lines = new Set<string>();
  readonly #now: () => number;
  readonly #forwarding = new Map<number, ForwardingLine>();
  /** To whom each line was forwarded when the lines were first listed. */
  readonly #firstForwarding = new Map<number, string>();
  readonly #participants = new Map<number, ReadonlySet<string>>();
  readonly #readAt = new Map<number, number>();
  readonly #chatOfMessage = new Map<number, number>();
  #linesRead: Promise<void> | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Which chat a message is in; undefined when nobody has told. */
  chatOfMessage(messageId: number): number | undefined {
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

  /** Everyone in a chat, the line included, read again after a minute; undefined when there is no such chat. @throws CannotTell */
  async readParticipants(chatId: number, read: ReadPath): Promise<ReadonlySet<string> | undefined> {
    if ((this.#readAt.get(chatId) ?? Number.NEGATIVE_INFINITY) < this.#now() - KNOWN_FOR_MS) {
      const path = `/chats/${chatId}`;
      const response = await read(path);
      if (response.status === 404 && isRefusal(response.body) && !this.#participants.has(chatId)) return undefined;
      const answer = { operation: "getChat", request: { path }, response } as const;
      if (response.status !== 200 || !tells(answer, chatId)) {
        throw new CannotTell(`nobody can tell who is in chat ${chatId}: the target answers ${response.status}`);
      }
      this.learn(answer);
      this.#readAt.set(chatId, this.#now());
    }
    return this.#participants.get(chatId);
  }

  /** Everyone in a chat as far as it was told; undefined when it was never seen. */
  participantsOf(chatId: number): ReadonlySet<string> | undefined {
    return this.#participants.get(chatId);
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
    const { id, chat_handles: handles, chat_messages: sent } = value;
    if (typeof id === "number" && Array.isArray(handles)) {
      const people = handles.map((handle) => canonical(isRecord(handle) ? String(handle["phone_number"]) : ""));
      this.#participants.set(id, new Set(people));
      if (isRecord(sent) && typeof sent["id"] === "number") this.#chatOfMessage.set(sent["id"], id);
    } else if (typeof id === "number" && chatId !== undefined && "sent_at" in value && "text" in value) {
      this.#chatOfMessage.set(id, chatId);
    }
    for (const child of Object.values(value)) if (typeof child === "object") this.#learnChats(child, chatId);
  }
}

/** Whether it is the API that says so, and not a gateway in front of it. */
function isRefusal(body: unknown): boolean {
  return Array.isArray(asObject(body)["errors"]);
}

/** Whether an answer itself says who is in a chat: what was known before may be so no more. */
function tells(answer: ToldAnswer, chatId: number): boolean {
  const told = new KnownAccount(() => 0);
  told.learn(answer);
  return told.participantsOf(chatId) !== undefined;
}
