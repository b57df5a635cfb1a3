import { API_PREFIX, TOKEN_HEADER } from "../../contracts/client/url-and-token";
import { isRecord, parseBody } from "../../contracts/exchange";
import type { OperationId } from "../../contracts/generated/v2/operations";
import { parseIdentifier, parsePhoneNumber } from "../../contracts/identifiers";
import { SUCCESSORS } from "../../contracts/v3-successors";
import type { JournalReader, ListRead } from "../server/journal-reader";
import { type JournalEntry, pathOf } from "../world/journal";
import { chatKey } from "../world/participants";

/** What advice needs to know of the calls of V2. */
export const calls: JournalReader = {
  caller: ({ headers }) => String(headers[TOKEN_HEADER]),
  reasonOfRefusal({ status, answer }) {
    const body = status < 400 ? undefined : parseBody(answer);
    if (typeof body !== "object") return undefined;
    const { errors } = body as { errors?: readonly (string | { readonly detail: string })[] };
    const [first] = errors ?? [];
    return typeof first === "object" ? first.detail : first;
  },
  sentMessage(entry) {
    const { body, files } = entry;
    const message = isRecord(body) ? body["message"] : undefined;
    const place = placeOf(entry, body);
    if (place === undefined || !isRecord(message)) return undefined;
    const { text, attachments = [], attachment_urls = [], idempotency_key } = message;
    if (typeof text !== "string" || !areTexts(attachments) || !areTexts(attachment_urls)) return undefined;
    return {
      sameness: JSON.stringify([place, text, attachments, attachment_urls, files]),
      hasKey: idempotency_key !== undefined,
    };
  },
  listRead(entry) {
    const query = new URLSearchParams(entry.url.split("?")[1] ?? "");
    const list = listName(entry, query);
    if (list === undefined) return undefined;
    const read = metaOf(entry.answer);
    return { list, page: read.page ?? read.current_page ?? 1, pages: read.total_pages, order: orderOf(query) };
  },
  subject(entry) {
    if (entry.status === 404) return {};
    const path = pathOf(entry).slice(API_PREFIX.length);
    const [, chat, ofChat] = /^\/chats\/(\d+)(?:\/chat_messages\/(\d+))?/.exec(path) ?? [];
    const message = ofChat ?? /^\/chat_messages\/(\d+)/.exec(path)?.[1];
    return {
      chat: chat === undefined ? chatFound(entry) : Number(chat),
      message: message === undefined ? undefined : Number(message),
    };
  },
  successorOf: ({ operation }) => SUCCESSORS[operation as OperationId],
  subscribes: ({ operation }) => operation === "createWebhookSubscription",
  isPromptedBy(entry, { eventType, body }) {
    const [, resource, id] = pathOf(entry).slice(API_PREFIX.length).split("/");
    if (id === undefined || !/^\d+$/.test(id)) return true; // a list may hold whatever has changed
    const { data } = JSON.parse(body) as { data: { readonly id?: unknown; readonly chat_id?: unknown } };
    if (resource === "chats") return String(data.chat_id ?? "") === id;
    if (resource === "contacts") return eventType.startsWith("contact.") && String(data.id) === id;
    return true;
  },
};

function chatFound({ operation, status, answer }: JournalEntry): number | undefined {
  const isFound = operation === "findChat" && status === 200;
  return isFound ? (JSON.parse(answer) as { readonly data: { readonly id: number } }).data.id : undefined;
}

/** The chat that a message is to go into, by its path or by its people. */
function placeOf(entry: JournalEntry, body: unknown): string | undefined {
  if (entry.operation === "sendMessage") return pathOf(entry);
  if (entry.operation !== "createChat" || !isRecord(body) || !isRecord(body["chat"])) return undefined;
  const line = parsePhoneNumber(String(body["send_from"]));
  const { phone_numbers } = body["chat"];
  const people = Array.isArray(phone_numbers) ? phone_numbers.map((written) => parseIdentifier(String(written))) : [];
  const known = people.filter((identifier) => identifier !== undefined);
  return line === undefined || known.length === 0 ? undefined : chatKey(line, known);
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

function listName(entry: JournalEntry, query: URLSearchParams): string | undefined {
  switch (entry.operation) {
    case "listContacts":
      return "contacts";
    case "listMessages":
      return `messages of chat ${pathOf(entry).split("/").at(-2)}`;
    case "listChats":
      return `chats of ${parseIdentifier((query.get("phone_number") ?? "").replace(/^ /, "+"))}`;
    default:
      return undefined;
  }
}

interface PageMeta {
  readonly page?: number;
  readonly current_page?: number;
  readonly total_pages: number;
}

/** Lists end with what they say of their pages; to parse the whole would take ten times as long. */
function metaOf(answer: string): PageMeta {
  return JSON.parse(answer.slice(answer.lastIndexOf("{"), -1)) as PageMeta;
}

function orderOf(query: URLSearchParams): ListRead["order"] {
  if (query.has("before") || query.has("after")) return "window";
  return query.get("sort") === "desc" ? "newest" : "oldest";
}
