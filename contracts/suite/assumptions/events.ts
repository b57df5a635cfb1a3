import { Broken, Skip } from "../expect";
import { Contradiction, type Group, type ProbeContext, requireStatus } from "./probe";
import {
  deleteTestMessage,
  eventsOfTestChat,
  markTestChatAsRead,
  type TestChatEvent,
  testChat,
  testChatEndpoint,
} from "./temporary-chat";

/** What becomes of a message, and its events. */
export const eventTests = {
  "A-message-delete": { kind: "send", requests: 9, probe: deletion },
  "A-message-count": { kind: "send", requests: 2, probe: countsWhatIsThere },
  "A-read-event": { kind: "send", requests: 0, probe: readOnce },
  "A-event-chat": { kind: "send", requests: 0, probe: chatCreated },
  "A-event-order": { kind: "send", requests: 0, probe: chatBeforeMessage },
  "A-event-none": { kind: "send", requests: 0, probe: silence },
  "A-event-times": { kind: "send", requests: 0, probe: eventTimes },
} satisfies Group;

async function deletion({ once }: ProbeContext): Promise<string> {
  const { deleted: deleting, reaction, resent } = await once(deleteTestMessage);
  requireStatus(deleting, 200, "deleting an own message");
  if (reaction) requireStatus(reaction, 404, "reading the reaction to a deleted message");
  requireStatus(resent, 201, "sending with the key of a deleted message");
  return `an own message can be deleted${reaction ? ", its reaction goes with it," : ""} and its key can be used again`;
}

async function countsWhatIsThere({ api, once }: ProbeContext): Promise<string> {
  const { chat } = await once(testChat);
  requireStatus((await once(deleteTestMessage)).deleted, 200, "deleting an own message");
  const { message_count: count } = await api.get(chat.id);
  const { total_count: there } = (await api.messages(chat.id, { per_page: 1 })).meta;
  if (count !== there) throw new Contradiction("message_count differs from the messages that are there after one was deleted");
  return "message_count is that of the messages that are there after one was deleted";
}

async function readOnce(context: ProbeContext): Promise<string> {
  const subject = "marking a chat as read";
  const { before } = await context.once(markTestChatAsRead);
  const unread = before.filter(({ is_read }) => !is_read).map(({ id }) => String(id));
  if (unread.length === 0) throw new Skip("no message was unread");
  const all = await context.once(eventsOfTestChat);
  for (const id of unread) {
    const isIt = ({ type, data }: TestChatEvent): boolean => type === "message.read" && data["id"] === id;
    if (!all.some(isIt)) await requireEvent(context, "message.read", id, `${subject} does not send an event for each message`);
    if (all.filter(isIt).length > 1) throw new Contradiction(`${subject} twice sends more than one event for a message`);
  }
  return `${subject} sends one event for each message that was unread, and none the second time`;
}

async function chatCreated(context: ProbeContext): Promise<string> {
  const { isNew, chat } = await context.once(testChat);
  if (!isNew) throw new Skip("everybody who may be written to has a chat already");
  await context.once(eventsOfTestChat);
  const data = await requireEvent(context, "chat.created", String(chat.id), "a new chat sends no event");
  for (const [field, is] of Object.entries(CHAT_CREATED)) {
    if (!is(data[field])) throw new Contradiction(`chat.created has ${field in data ? "another" : "no"} ${field}`);
  }
  return `chat.created holds ${Object.keys(CHAT_CREATED).join(", ")}`;
}

const isText = (value: unknown): boolean => typeof value === "string";
const CHAT_CREATED: Readonly<Record<string, (value: unknown) => boolean>> = {
  id: isText,
  display_name: isText,
  service: isText,
  group: (value) => typeof value === "boolean",
  chat_handles: (value) => Array.isArray(value) && value.every((handle) => isText(handle?.identifier) && "is_me" in handle),
  created_at: (value) => /^\d{4}-\d\d-\d\dT/.test(String(value)),
};

async function chatBeforeMessage({ once }: ProbeContext): Promise<string> {
  const { isNew, chat, created } = await once(testChat);
  if (!isNew) throw new Skip("everybody who may be written to has a chat already");
  const all = await once(eventsOfTestChat);
  const position = (wanted: string, id: number): number =>
    all.findIndex(({ type, data }) => type === wanted && String(data["id"]) === String(id));
  const [ofChat, ofMessage] = [position("chat.created", chat.id), position("message.sent", created.chat_messages.id)];
  if (ofChat < 0 || ofMessage < 0) throw new Skip("not both of a new chat and its first message were told of");
  if (ofChat > ofMessage) throw new Skip("they arrived the other way round, which does not say in which order they were sent");
  return "a new chat is told of before its first message";
}

async function silence({ once }: ProbeContext): Promise<string> {
  const { created } = await once(testChat);
  const id = String(created.chat_messages.id);
  const all = await once(eventsOfTestChat);
  const sent = all.filter(({ type, data }) => type === "message.sent" && data["id"] === id);
  if (sent.length > 1) throw new Contradiction("an edit or a deletion sends another message.sent");
  const reactions = all.filter(({ type, data }) => type === "reaction.sent" && data["chat_message_id"] === id);
  const kinds = new Set(reactions.map(({ data }) => data["reaction"]));
  if (reactions.length > kinds.size)
    throw new Contradiction("a reaction that is removed, or added again, sends another reaction.sent");
  return "no event tells of an edit, a deletion or a removed reaction";
}

/** The data of an event about something. */
async function requireEvent(
  { once }: ProbeContext,
  type: "message.read" | "chat.created",
  id: string,
  otherwise: string,
): Promise<Readonly<Record<string, unknown>>> {
  const endpoint = await once(testChatEndpoint);
  try {
    return (await endpoint.event(type, (data) => String(data["id"]) === id)).data;
  } catch (error) {
    if (error instanceof Broken) throw new Contradiction(otherwise);
    throw error;
  }
}

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/;
const SPACED = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}$/;

type Fields = TestChatEvent["data"];

const TIMES: readonly (readonly [name: string, type: string, time: (data: Fields) => unknown, form: RegExp])[] = [
  ["the time of reading", "message.read", (data) => data["read_at"], ISO],
  ["the time of a new chat", "chat.created", (data) => data["created_at"], ISO],
  ["the time of a reaction's message", "reaction.sent", (data) => (data["associated_message"] as Fields)?.["sent_at"], SPACED],
];

/** Whether the times in the events of the test chat have the forms that are assumed. */
async function eventTimes({ once }: ProbeContext): Promise<string> {
  const all = await once(eventsOfTestChat);
  const right: string[] = [];
  for (const [name, wanted, time, form] of TIMES) {
    const times = all.filter(({ type }) => type === wanted).map(({ data }) => time(data));
    if (times.every((one) => one === undefined)) continue;
    if (!times.every((one) => form.test(String(one)))) throw new Contradiction(`${name} is written in another form`);
    right.push(name);
  }
  if (right.length === 0) throw new Skip("no event with one of these times was seen");
  return `${right.join(" and ")} ${right.length === 1 ? "is" : "are"} written as it is assumed`;
}
