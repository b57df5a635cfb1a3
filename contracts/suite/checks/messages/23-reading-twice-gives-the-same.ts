import { MOST_PER_PAGE } from "../../../limits";
import { type Api, othersIn, queryString } from "../../api";
import { expectSame } from "../../expect";
import type { Law, LawContext } from "../../law";
import { Skip, undefinedIf } from "../../law-errors";
import type { Conversation } from "../../server-sample";

export const law23: Law = {
  number: 23,
  title: "reading twice gives the same",
  broken: "reading twice gives different answers",
  operation: "getChat",
  clause: "#/paths/~1chats~1{chat_id}/get/responses/200",
  requests: 21,
  async check(context) {
    const conversation = await undefinedIf(Skip, context.sample.conversation());
    const { api, freshApi } = context;
    const readings = await readsOf(context, conversation);
    const first = new Map<Read, unknown>();
    for (const reading of readings) first.set(reading, await reading.read(api));
    for (const reading of readings.toReversed()) {
      expectSame(await reading.read(freshApi), first.get(reading), `${reading.what}, read again`);
    }
    if (!conversation) return;
    const { chat, messages } = conversation; // the first reading of all: had it marked them as read, no other would show it
    const { items } = await freshApi.messages(chat.id, { per_page: MOST_PER_PAGE });
    expectSame(items, messages, "the messages of a chat, read again");
  },
};

/** Something that can be read again and again. */
interface Read {
  /** For people: `the contacts`. */
  readonly what: string;
  read(api: Api): Promise<unknown>;
}

/** A reading of each kind, of what there is; of lists of messages there is none. */
async function readsOf(
  { line, sample }: Pick<LawContext, "line" | "sample">,
  conversation: Conversation | undefined,
): Promise<Read[]> {
  const chat = await undefinedIf(Skip, sample.chat());
  const contact = await undefinedIf(Skip, sample.contact());
  const message = conversation?.messages.find(({ reactions }) => reactions?.length > 0) ?? conversation?.messages.at(-1);
  const reaction = message?.reactions?.[0];
  const get =
    (path: string): Read["read"] =>
    (api) =>
      api.call(200, "GET", path);
  return [
    { what: "the phone numbers", read: get("/phone_numbers") },
    { what: "the webhook subscriptions", read: lastingSubscriptions },
    { what: "the contacts", read: get("/contacts") },
    { what: "the chats of the line", read: get(`/chats?${queryString({ phone_number: line })}`) },
    ...(chat
      ? [
          { what: "a chat", read: (api: Api) => api.get(chat.id) },
          { what: "a chat that was found", read: (api: Api) => api.find(line, othersIn(chat, line)) },
        ]
      : []),
    ...(contact
      ? [
          { what: "a contact", read: (api: Api) => api.contact(contact.id) },
          { what: "a contact that was found", read: (api: Api) => api.findContact({ email: contact.email }) },
        ]
      : []),
    ...(conversation && message
      ? [{ what: "a message", read: (api: Api) => api.message(conversation.chat.id, message.id) }]
      : []),
    ...(reaction ? [{ what: "a reaction", read: get(`/chat_message_reactions/${reaction.id}`) }] : []),
  ];
}

/** The subscriptions without what deliveries change. */
async function lastingSubscriptions(api: Api): Promise<unknown[]> {
  const subscriptions = await api.subscriptions();
  return subscriptions.map(({ delivery_attempts: _, last_delivered_at: __, updated_at: ___, ...lasting }) => lasting);
}
