import type { ApiMessage } from "../../../api-types";
import { formatTimestamp, parseTimestamp } from "../../../timestamps";
import type { Answer, Mutant } from "../mutant";

/** Defects of whatever is sent to people, or seen by them. */
export const sendingMutants: readonly Mutant[] = [
  {
    name: "find does not find chats that are new",
    caughtBy: "law-41",
    answer: {
      createChat: ({ body }, { memory }) => void memory.count(`chat ${body.data.id}`),
      findChat: ({ body }, { memory }) => {
        if (memory.counted(`chat ${body.data.chat?.id}`) > 0) body.data = { chat: null, messages: [] };
      },
    },
  },
  {
    name: "create takes two participants at most",
    caughtBy: "law-41",
    request: {
      createChat: ({ body }) => {
        if (body.chat?.phone_numbers) body.chat.phone_numbers = body.chat.phone_numbers.toSorted().slice(0, 2);
      },
    },
  },
  {
    name: "create takes a number without its country code for another",
    caughtBy: "law-42",
    request: {
      createChat: ({ body }) => {
        const participants = body.chat?.phone_numbers;
        if (participants) body.chat.phone_numbers = participants.map((number) => number.replace(/^\d{3}(?=\d{7}$)/, "312"));
      },
    },
  },
  {
    name: "keys are not heard by Send Message",
    caughtBy: "law-43",
    request: {
      sendMessage: ({ body }) => {
        delete body.message?.idempotency_key;
      },
    },
  },
  {
    name: "keys are not heard by Create Chat",
    caughtBy: "law-43",
    request: {
      createChat: ({ body }) => {
        if (/^[\w-]+$/.test(body.message?.idempotency_key ?? "")) delete body.message.idempotency_key;
      },
    },
  },
  {
    name: "a key that was used before answers 201",
    caughtBy: "law-44",
    answer: {
      sendMessage: (answer) => {
        answer.status = 201;
      },
    },
  },
  {
    name: "a key counts in one chat only",
    caughtBy: "law-45",
    request: {
      sendMessage: ({ path, body }) => {
        if (body.message?.idempotency_key) body.message.idempotency_key += path.replaceAll("/", "-");
      },
    },
  },
  {
    name: "the same text again is taken for an accident",
    caughtBy: "law-46",
    instead: {
      sendMessage: ({ path, body }, { memory }) => {
        const first = memory.kept<Answer>(`${path}: ${body.message?.text}`);
        return body.message?.idempotency_key ? undefined : first;
      },
    },
    answer: {
      sendMessage: (answer, { request, memory }) => {
        const { message } = request.body as { message?: { text: string } };
        memory.first<Answer>(`${request.path}: ${message?.text}`, structuredClone(answer));
      },
    },
  },
  {
    name: "message_count leaves out messages without a key",
    caughtBy: "law-46",
    answer: {
      sendMessage: (_, { request, memory }) => {
        const { message } = request.body as { message?: { idempotency_key?: string } };
        if (!message?.idempotency_key) memory.count(request.path);
      },
      getChat: ({ body }, { request, memory }) => {
        body.data.message_count -= memory.counted(`${request.path}/chat_messages`);
      },
    },
  },
  {
    name: "message_count counts every other message when the next one is sent",
    caughtBy: "law-46",
    answer: {
      sendMessage: (_, { request, memory }) => void memory.count(request.path),
      getChat: ({ body }, { request, memory }) => {
        body.data.message_count -= memory.counted(`${request.path}/chat_messages`) % 2;
      },
    },
  },
  {
    name: "edited_at is not set",
    caughtBy: "law-47",
    answer: { getMessage: ({ body }) => unedited([body.data]), listMessages: ({ body }) => unedited(body.data) },
  },
  {
    name: "an edit sets the time of sending",
    caughtBy: "law-47",
    answer: { getMessage: ({ body }) => resent([body.data]), listMessages: ({ body }) => resent(body.data) },
  },
  {
    name: "an edit is answered and not made",
    caughtBy: "law-47",
    instead: {
      editMessage: ({ path, body }) => {
        const id = Number(path.split("/").at(-2));
        return { status: 200, headers: {}, body: { message: "Message edited successfully", data: { id, text: body.text } } };
      },
    },
  },
  {
    name: "an edit does not show in the list",
    caughtBy: "law-47",
    answer: {
      editMessage: (_, { request, memory }) => void memory.count(`edit of ${request.path.split("/").at(-2)}`),
      listMessages: ({ body }, { memory }) => {
        for (const message of body.data)
          if (memory.counted(`edit of ${message.id}`) > 0) Object.assign(message, { text: "Before it", edited_at: null });
      },
    },
  },
  {
    name: "a new reaction does not show in the list",
    caughtBy: "law-48",
    answer: {
      createReaction: ({ body }, { memory }) => void memory.count(`reaction ${body.data.id}`),
      listMessages: ({ body }, { memory }) => {
        for (const message of body.data)
          message.reactions = message.reactions.filter(({ id }) => memory.counted(`reaction ${id}`) === 0);
      },
    },
  },
  {
    name: "a reaction cannot be taken back",
    caughtBy: "law-48",
    answer: { createReaction: (answer, { request, memory }) => void memory.first(request.path, answer) },
    instead: {
      createReaction: ({ path, body }, { memory }) => (body.operation === "remove" ? memory.kept<Answer>(path) : undefined),
    },
  },
  {
    name: "taking a reaction back takes those of others, too",
    caughtBy: "law-48",
    answer: {
      createReaction: (_, { request, memory }) => {
        if ((request.body as { operation: string }).operation === "remove") memory.count(request.path);
      },
      getMessage: ({ body }, { memory }) => {
        if (memory.counted(`/chat_messages/${body.data.id}/reactions`) > 0) body.data.reactions = [];
      },
    },
  },
  {
    name: "marking a chat as read does nothing",
    caughtBy: "law-49",
    instead: { markChatAsRead: () => ({ status: 204, headers: {}, body: undefined }) },
  },
  {
    name: "marking a chat as read again finds no chat with something unread",
    caughtBy: "law-49",
    instead: { markChatAsRead: ({ path }, { memory }) => (memory.count(path) > 0 ? notFound() : undefined) },
  },
  {
    name: "a text that is a number is refused after it was sent",
    caughtBy: "law-50",
    refusal: {
      createChat: async (_, { request, healthy }) => {
        const { message, ...body } = request.body as { message?: { text?: unknown } };
        if (typeof message?.text !== "number") return;
        await healthy.request("POST", "/chats", { ...body, message: { text: String(message.text) } });
      },
    },
  },
  {
    name: "a text that is a number is sent",
    caughtBy: "law-50",
    request: {
      createChat: ({ body }) => {
        if (body.message?.text !== undefined) body.message.text = String(body.message.text);
      },
    },
  },
  {
    name: "typing that was started elsewhere cannot be stopped",
    caughtBy: "law-51",
    instead: { stopTyping: () => notFound() },
  },
  {
    name: "a chat that is migrated again gets another id",
    caughtBy: "law-52",
    answer: {
      migrateChat: ({ body }, { request, memory }) => {
        if (memory.count(request.path) > 0)
          body.data.v3_chat_id = body.data.v3_chat_id?.replace(/^./, (digit) => (digit === "a" ? "b" : "a"));
      },
    },
  },
];

function unedited(messages: readonly ApiMessage[]): void {
  for (const message of messages) message.edited_at = null;
}

/** A second after the edit, which may be in the instant of sending. */
function resent(messages: readonly ApiMessage[]): void {
  for (const message of messages)
    if (message.edited_at) message.sent_at = formatTimestamp(parseTimestamp(message.edited_at) + 1000);
}

function notFound(): Answer {
  const error = { status: 404, code: "not_found", title: "Not Found", detail: "Chat not found" };
  return { status: 404, headers: {}, body: { errors: [error] } };
}
