import { parseBody } from "../../contracts/exchange";
import type { JournalReader } from "../server/journal-reader";
import { type JournalEntry, pathOf } from "../world/journal";

type SentBody =
  | { readonly from?: unknown; readonly to?: unknown; readonly message?: Readonly<Record<string, unknown>> }
  | undefined;

/** What advice needs to know of the calls of V3. */
export const calls: JournalReader = {
  caller: ({ headers }) => String(headers.authorization),
  reasonOfRefusal({ status, answer }) {
    const body = status < 400 ? undefined : parseBody(answer);
    return typeof body === "object" ? (body as { error?: { message?: string } } | null)?.error?.message : undefined;
  },
  sentMessage(entry) {
    const place = placeOf(entry);
    const message = (entry.body as SentBody)?.message;
    if (place === undefined || !Array.isArray(message?.["parts"])) return undefined;
    const hasKey = message["idempotency_key"] !== undefined || entry.headers["idempotency-key"] !== undefined;
    return { sameness: JSON.stringify([place, message["parts"]]), hasKey };
  },
  listRead: () => undefined, // its lists have no numbers of pages
  subject({ status, answer, ...entry }, { publicIds }) {
    if (status === 404) return {};
    const [, kind, id = ""] = /\/(chats|messages)\/([\da-f-]{36})/i.exec(pathOf({ status, answer, ...entry })) ?? [];
    const [, made = ""] = /^\{(?:"chat":\{"id"|"chat_id"):"([\da-f-]{36})"/.exec(answer) ?? [];
    const chat = publicIds.idOf("chat", kind === "chats" ? id : made);
    return { chat, message: kind === "messages" ? publicIds.idOf("message", id) : undefined };
  },
  subscribes: ({ operation }) => operation === "createWebhookSubscription",
  isPromptedBy(entry, { body }) {
    const [, id = ""] = /\/(?:chats|messages)\/([\da-f-]{36})/i.exec(pathOf(entry)) ?? [];
    return id === "" || body.includes(id.toLowerCase());
  },
};

/** Where a message is to go, by the path or by its people. */
function placeOf({ operation, body, ...entry }: JournalEntry): unknown {
  const { from, to } = (body ?? {}) as NonNullable<SentBody>;
  if (operation === "sendMessage") return pathOf({ operation, body, ...entry });
  if (operation !== "createChat" && operation !== "sendMessageAuto") return undefined;
  return [from, Array.isArray(to) ? [...to].sort() : to];
}
