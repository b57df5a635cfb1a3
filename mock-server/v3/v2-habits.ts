import { NAMING_RECIPIENTS, SENDING } from "../../contracts/client/request-kinds";
import { API_PREFIX } from "../../contracts/client/url-and-token";
import { isRecord } from "../../contracts/exchange";
import { REACTION_TYPES } from "../../contracts/generated/v3/enumerations";
import { type OperationId, operations } from "../../contracts/generated/v3/operations";
import { meantBy, REACTION_WORDS } from "../../contracts/synonyms";
import { SUCCESSORS } from "../../contracts/v3-successors";
import type { RawRequest } from "../server/api-operation";

interface Habit {
  /** Where it is seen; undefined for anywhere. */
  readonly at?: readonly OperationId[];
  readonly hint: (request: Request) => string | undefined;
}

interface Request {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

const SUBSCRIBING: readonly OperationId[] = ["createWebhookSubscription", "updateWebhookSubscription"];
const PAGED = (Object.keys(operations) as OperationId[]).filter((id) => "cursor" in operations[id].query);
const NUMBER = /^\d{1,15}$/;
const NOTHING = {};

/** What clients of V2 go on doing in calls of V3, by family. */
const HABITS: Readonly<Record<string, Habit>> = {
  "a number for an id": {
    hint({ params }) {
      const [name, given] = Object.entries(params).find(([key, value]) => /Id$/.test(key) && NUMBER.test(String(value))) ?? [];
      if (name === undefined) return undefined;
      const chat = name === "chatId" ? ` GET ${API_PREFIX}/chats/${given}/migrate_to_v3 tells that of the chat.` : "";
      return `${given} is an id of V2; those of V3 are UUIDs.${chat}`;
    },
  },
  "a chat to be found": {
    at: ["getChat"],
    hint: ({ params }) => (params["chatId"] === "find" ? `In V3 there is ${SUCCESSORS.findChat}.` : undefined),
  },
  "a flat text": {
    at: SENDING,
    hint({ body: { message, text } }) {
      const isFlat = typeof message === "string" || typeof text === "string";
      return isFlat || (isRecord(message) && typeof message["text"] === "string")
        ? 'A text is a part in V3: {"message": {"parts": [{"type": "text", "value": "..."}]}}.'
        : undefined;
    },
  },
  "files beside a text": {
    at: SENDING,
    hint: ({ body: { message } }) =>
      isRecord(message) && (message["attachment_urls"] ?? message["attachments"]) !== undefined
        ? 'A file is a part in V3: {"type": "media", "url": "https://..."}, or the attachment_id of POST /v3/attachments.'
        : undefined,
  },
  "people of V2": {
    at: NAMING_RECIPIENTS,
    hint: ({ body: { send_from, chat, phone_numbers } }) =>
      (send_from ?? phone_numbers ?? (isRecord(chat) ? chat["phone_numbers"] : undefined)) === undefined
        ? undefined
        : 'send_from and phone_numbers are of V2; V3 has {"from": "+1...", "to": ["+1..."]}.',
  },
  "a chat in the body": {
    at: SENDING,
    hint: ({ body: { chat_id } }) =>
      chat_id === undefined ? undefined : "chat_id is not read: the chat is in the path, POST /v3/chats/{chatId}/messages.",
  },
  "a line to list by": {
    at: ["listChats"],
    hint: ({ query }) =>
      (query["phone_number"] ?? query["phone_numbers[]"]) === undefined
        ? undefined
        : "phone_number and phone_numbers[] are of V2; V3 lists chats by from, the line, and to, a participant.",
  },
  "numbers of pages": {
    at: PAGED,
    hint: ({ query }) =>
      (query["page"] ?? query["per_page"]) === undefined
        ? undefined
        : "page and per_page are of V2; V3 has limit, and cursor with the next_cursor of the page before.",
  },
  "a reaction in the place of its operation": {
    at: ["react"],
    hint({ body: { operation, type } }) {
      const meant = type === undefined && typeof operation === "string" ? reactionMeant(operation) : undefined;
      return meant === undefined ? undefined : `operation is add or remove: {"operation": "add", "type": "${meant}"}.`;
    },
  },
  "a subscription of V2": {
    at: SUBSCRIBING,
    hint: ({ body: { webhook_subscription, webhook_url, events, secret, signing_secret } }) =>
      (webhook_subscription ?? webhook_url ?? events ?? secret ?? signing_secret) === undefined
        ? undefined
        : 'V3 has {"target_url": "...", "subscribed_events": ["..."]}, makes the secret itself, and shows it once.',
  },
};

function reactionMeant(word: string): string | undefined {
  return REACTION_TYPES.find((type) => type === word) ?? meantBy(word, REACTION_WORDS, REACTION_TYPES);
}

const BY_OPERATION = new Map(
  Object.keys(operations).map((id) => [id, Object.values(HABITS).filter(({ at }) => at?.includes(id as OperationId) ?? true)]),
);

/** What to tell who goes on as in V2. */
export function habitsOf(operation: string, { params, query, body }: RawRequest): string[] {
  const request = {
    params: (params ?? NOTHING) as Request["params"],
    query: (query ?? NOTHING) as Request["query"],
    body: isRecord(body) ? body : NOTHING,
  };
  const found: string[] = [];
  for (const { hint } of BY_OPERATION.get(operation) ?? []) {
    const told = hint(request);
    if (told !== undefined) found.push(told);
  }
  return found;
}
