import { formatTimestamp } from "../../../timestamps";
import { type Answer, change, type Mutant } from "../mutant";

const GONE = (): undefined => undefined;
const inUtc = (time: unknown): unknown => (typeof time === "string" ? new Date(time).toISOString() : time);

/** Answers whose bodies, statuses or types are not what the contract describes. */
export const shapeMutants: readonly Mutant[] = [
  {
    name: "the id of a chat is a string",
    caughtBy: "shape-getChat-200-/data/id",
    answer: { getChat: change("/data/id", String) },
  },
  {
    name: "a chat that is found does not tell whether it is a group",
    caughtBy: "shape-findChat-200-/data/chat",
    answer: { findChat: change("/data/chat/group", GONE) },
  },
  {
    name: "a listed chat has no name when nobody has named it",
    caughtBy: "shape-listChats-200-/data/*/display_name",
    elsewhere: "law-9",
    answer: { listChats: change("/data/*/display_name", () => null) },
  },
  {
    name: "a message read alone tells its time in UTC",
    caughtBy: "shape-getMessage-200-/data/sent_at",
    elsewhere: "law-21",
    answer: { getMessage: change("/data/sent_at", inUtc) },
  },
  {
    name: "a message is sent where it should be pending or delivered",
    caughtBy: "shape-sendMessage-201-/data/delivery_status",
    answer: { sendMessage: change("/data/delivery_status", () => "sent") },
  },
  {
    name: "create answers with a list of messages",
    caughtBy: "shape-createChat-200-/data/chat_messages",
    answer: { createChat: change("/data/chat_messages", (message) => [message]) },
  },
  {
    name: "a contact that is found is wrapped as others are",
    caughtBy: "shape-findContact-200",
    answer: { findContact: change("", (data) => ({ data })) },
  },
  {
    name: "a listed contact has a field that nobody knows",
    caughtBy: "shape-listContacts-200",
    answer: {
      listContacts: ({ body }) => {
        for (const contact of body.contacts) Object.assign(contact, { deleted_at: null });
      },
    },
  },
  {
    name: "contacts count their pages as chats do",
    caughtBy: "shape-listContacts-200",
    answer: {
      listContacts: (answer) => {
        const { contacts, pagination } = answer.body;
        const { current_page: page, ...counts } = pagination;
        Object.assign(answer, { body: { data: contacts, meta: { page, ...counts } } });
      },
    },
  },
  {
    name: "a subscription shows its secret",
    caughtBy: "shape-createWebhookSubscription-201",
    elsewhere: "law-36",
    answer: {
      createWebhookSubscription: ({ body }, { request }) => {
        const { secret } = (request.body as { webhook_subscription: { secret?: string } }).webhook_subscription;
        Object.assign(body.webhook_subscription, { secret });
      },
    },
  },
  {
    name: "a chat that does not exist is told of as a contact would be",
    caughtBy: "shape-getChat-404",
    refusal: {
      getChat: (answer) => {
        answer.body = { status: "error", error_code: "CHAT_NOT_FOUND", message: "Chat not found", errors: ["Chat not found"] };
      },
    },
  },
  {
    name: "contacts refuse a missing token in no envelope at all",
    caughtBy: "shape-listContacts-401",
    elsewhere: "law-24",
    withoutToken: true,
    refusal: {
      listContacts: (answer) => {
        answer.body = { error: "Unauthorized", status: 401 };
      },
    },
  },
  {
    name: "contact.deleted holds an address that was deleted, too",
    caughtBy: "shape-event-contact.deleted-/data",
    elsewhere: "law-39",
    event: {
      "contact.deleted": ({ data }) => {
        Object.assign(data, { email: "deleted@example.com" });
      },
    },
  },
  {
    name: "message.sent tells its time as REST does",
    caughtBy: "shape-event-message.sent-/data/sent_at",
    event: {
      "message.sent": ({ data }) => {
        data.sent_at = formatTimestamp(Date.parse(data.sent_at));
      },
    },
  },
  {
    name: "find without participants is a server error",
    caughtBy: "shape-findChat-500",
    refusal: { findChat: (answer) => become(answer, answer.status === 400 ? 500 : answer.status) },
  },
  {
    name: "find answers 404 where nothing is found",
    caughtBy: "shape-findChat-404",
    answer: { findChat: (answer) => become(answer, answer.body.data.chat ? 200 : 404) },
  },
  {
    name: "a wrong token is answered with 403",
    caughtBy: "shape-listChats-403",
    elsewhere: "law-25",
    withoutToken: true,
    refusal: { listChats: (answer, { request }) => become(answer, request.token === undefined ? answer.status : 403) },
  },
  {
    name: "a message is accepted",
    caughtBy: "shape-sendMessage-202",
    answer: { sendMessage: (answer) => become(answer, answer.status === 201 ? 202 : answer.status) },
  },
  {
    name: "a key that was used before is a conflict",
    caughtBy: "shape-sendMessage-409",
    elsewhere: "law-43",
    answer: { sendMessage: (answer) => become(answer, answer.status === 200 ? 409 : answer.status) },
  },
  {
    name: "a text that is a number is a server error",
    caughtBy: "shape-createChat-500",
    refusal: {
      createChat: (answer, { request }) => {
        const { message } = (request.body ?? {}) as { message?: { text?: unknown } };
        if (typeof message?.text === "number") answer.status = 500;
      },
    },
  },
  {
    name: "an update of nothing is a bad request",
    caughtBy: "shape-patchContact-400",
    refusal: { patchContact: (answer) => become(answer, answer.status === 422 ? 400 : answer.status) },
  },
  {
    name: "typing answers with an empty object",
    caughtBy: "shape-startTyping-201",
    answer: { startTyping: (answer) => Object.assign(answer, { body: {} }) },
  },
  {
    name: "a message read alone is said to be HTML",
    caughtBy: "shape-getMessage-200-:content-type",
    answer: {
      getMessage: ({ headers }) => {
        headers["content-type"] = "text/html; charset=utf-8";
      },
    },
  },
  {
    name: "a new contact answers with nothing",
    caughtBy: "shape-createContact-201",
    answer: { createContact: (answer) => Object.assign(answer, { body: undefined }) },
  },
];

function become(answer: Answer, status: number): void {
  answer.status = status;
}
