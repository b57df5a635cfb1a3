import type { ApiMessage } from "../../api-types";
import { MOST_PER_PAGE } from "../../limits";
import { testMessage } from "../checks/sending/temporary-message";
import { Skip } from "../law-errors";
import type { RecordedExchange } from "../report";
import type { Endpoint } from "../webhook-endpoint";
import type { ProbeContext } from "./probe";

const EVENTS = ["chat.created", "message.sent", "message.read", "reaction.sent"] as const;

/** Sends a message to one person; `created` is the answer, `chat` the same read after it, `key` that of the message. */
export async function testChat(context: ProbeContext) {
  const { api, line, unique, once } = context;
  const { person, isNew } = await once(testRecipient);
  await once(testChatEndpoint).catch(() => undefined); // its failure is that of the tests that look at the events
  const key = unique();
  const created = await api.create(line, [person], { ...testMessage(context), idempotency_key: key });
  const ids = [created.id, created.chat_messages.id];
  if (!ids.every(Number.isInteger)) throw new Skip("a chat was created without ids");
  return { person, isNew, created, chat: await api.get(created.id), key };
}

/** Where the events of the test chat go. */
export async function testChatEndpoint({ api, receiver, unique }: ProbeContext): Promise<Endpoint> {
  const endpoint = (await receiver()).endpoint(unique());
  await api.subscribe({ webhook_url: endpoint.url, events: [...EVENTS], version: 2 });
  return endpoint;
}

const MOST_LOOKED_FOR = 2;

/** Somebody who may be written to, if possible new: somebody who had no chat with the line. @throws Skip when there is nobody */
export async function testRecipient({ api, line, people }: ProbeContext) {
  const [first, ...others] = people.slice(0, MOST_LOOKED_FOR);
  if (first === undefined) throw new Skip("there is nobody to write to; --recipient names somebody");
  for (const person of [first, ...others]) if ((await api.find(line, [person])) === null) return { person, isNew: true };
  return { person: first, isNew: false };
}

/** The answers when the line reacts to its own message in several ways, one after the other. @throws Skip where there are no reactions */
export async function reactInTestChat({ api, once }: ProbeContext) {
  const { chat, created } = await once(testChat);
  if (chat.service !== "iMessage") throw new Skip("the chat with the recipient is not on iMessage, which alone has reactions");
  const { id } = created.chat_messages;
  const react = (operation: "add" | "remove", type: string): Promise<RecordedExchange> =>
    api.request("POST", `/chat_messages/${id}/reactions`, { type, operation });
  return {
    added: await react("add", "love"),
    addedAgain: await react("add", "love"),
    /** By another type. */
    replaced: await react("add", "like"),
    /** The message after that. */
    shown: await api.request("GET", `/chats/${chat.id}/chat_messages/${id}`),
    /** Of a type that is not there any more. */
    removedGone: await react("remove", "love"),
    removed: await react("remove", "like"),
  };
}

/** Marks the test chat as read, twice; its latest messages before and after it. */
export async function markTestChatAsRead({ api, once }: ProbeContext) {
  const { chat } = await once(testChat);
  const latest = async (): Promise<ApiMessage[]> =>
    (await api.messages(chat.id, { sort: "desc", per_page: MOST_PER_PAGE })).items;
  const before = await latest();
  for (let i = 0; i < 2; i += 1) await api.call(204, "PUT", `/chats/${chat.id}/mark_as_read`);
  return { before, after: await latest() };
}

/** Edits and deletes the message of the test chat, when everything else was done with it. */
export async function deleteTestMessage(context: ProbeContext) {
  const { api, once } = context;
  const { chat, created, key } = await once(testChat);
  for (const work of [reactInTestChat, markTestChatAsRead]) await once<unknown>(work).catch(() => undefined); // its failure is that of the tests that look at it
  const messages = `/chats/${chat.id}/chat_messages`;
  const { id } = created.chat_messages;
  await api.call(200, "POST", `${messages}/${id}/edit`, testMessage(context));
  const added = await api.request("POST", `/chat_messages/${id}/reactions`, { type: "laugh", operation: "add" });
  const deleted = await api.request("DELETE", `${messages}/${id}`);
  return {
    deleted,
    /** The reaction to it, after that; undefined where there are no reactions. */
    reaction: added.response.status === 201 ? await api.request("GET", `/chat_message_reactions/${idIn(added)}`) : undefined,
    /** Its key, used again after that. */
    resent: await api.request("POST", messages, { message: { ...testMessage(context), idempotency_key: key } }),
  };
}

function idIn({ response }: RecordedExchange): number {
  return (response.body as { data: { id: number } }).data.id; // its shape is checked separately
}

/** An event, whatever it is. */
export interface TestChatEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The events of the test chat in the order of their arrival, each once, when the one of its last message is there. */
export async function eventsOfTestChat({ once }: ProbeContext): Promise<readonly TestChatEvent[]> {
  const endpoint = await once(testChatEndpoint);
  const { resent } = await once(deleteTestMessage);
  if (resent.response.status !== 201) throw new Skip("no last message marks the end of the events");
  const last = (resent.response.body as { data: ApiMessage }).data; // its shape is checked separately
  await endpoint.event("message.sent", ({ id }) => id === String(last.id));
  const events = new Map(endpoint.deliveries.map(({ raw, event }) => [raw.toString("utf8"), event])); // it may be delivered twice
  return [...events.values()].flatMap((event) => (event ? [{ type: event.event_type, data: event.data }] : []));
}
