import { parseIdentifier } from "../identifier";
import type { RecordedExchange } from "../suite/report";

/** What the answers so far have told of who is where: own lines, the participants of chats, the chats of messages. */
export class KnownAccount {
  readonly lines = new Set<string>();
  readonly #forwarding = new Map<number, ForwardingLine>();
  readonly #participants = new Map<number, ReadonlySet<string>>();
  readonly #chatOfMessage = new Map<number, number>();

  /** Everyone in a chat, the line included; undefined when it was never seen. */
  participantsOf(chatId: number): ReadonlySet<string> | undefined {
    return this.#participants.get(chatId);
  }

  /** What a line's forwarding was when the lines were last listed. */
  lineOf(id: number): ForwardingLine | undefined {
    return this.#forwarding.get(id);
  }

  chatOfMessage(messageId: number): number | undefined {
    return this.#chatOfMessage.get(messageId);
  }

  learn({ operation, request, response }: RecordedExchange): void {
    if (response.status >= 300) return;
    if (operation === "listPhoneNumbers") this.#learnLines(response.body);
    // A key that was used before gives the message that is there, and a careless server any message by its id: they may be in another
    // chat than the path names.
    const isUncertain = operation === "getMessage" || (operation === "sendMessage" && response.status === 200);
    const chatId = isUncertain ? undefined : /^\/chats\/(\d+)\/chat_messages/.exec(request.path)?.[1];
    this.#walk(response.body, chatId === undefined ? undefined : Number(chatId));
  }

  #learnLines(body: unknown): void {
    const listed = isRecord(body) && Array.isArray(body["phone_numbers"]) ? body["phone_numbers"] : [];
    for (const line of listed) {
      if (!isRecord(line)) continue;
      const { id, phone_number: number, forwarding_number: forwarding } = line;
      this.lines.add(canonical(String(number)));
      if (typeof id === "number") {
        this.#forwarding.set(id, {
          number: canonical(String(number)),
          forwardsTo: typeof forwarding === "string" ? forwarding : "",
        });
      }
    }
  }

  #walk(value: unknown, chatId: number | undefined): void {
    if (Array.isArray(value)) for (const entry of value) this.#walk(entry, chatId);
    if (!isRecord(value)) return;
    const { id, chat_handles: handles, chat_messages: sent } = value;
    if (typeof id === "number" && Array.isArray(handles)) {
      this.#participants.set(
        id,
        new Set(handles.map((handle) => canonical(isRecord(handle) ? String(handle["phone_number"]) : ""))),
      );
      if (isRecord(sent) && typeof sent["id"] === "number") this.#chatOfMessage.set(sent["id"], id);
    } else if (typeof id === "number" && chatId !== undefined && "sent_at" in value && "text" in value) {
      this.#chatOfMessage.set(id, chatId);
    }
    for (const child of Object.values(value)) if (typeof child === "object") this.#walk(child, chatId);
  }
}

interface ForwardingLine {
  readonly number: string;
  /** Empty for nobody. */
  readonly forwardsTo: string;
}

/** A number or an e-mail address as it is compared; what is neither stays as it is. */
export function canonical(identifier: string): string {
  return parseIdentifier(identifier) ?? identifier;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
