import { Skip } from "../law-errors";
import type { ReceivedEvent } from "../receiver";
import { Contradiction, type Group, type ProbeContext, requireStatus } from "./probe";
import {
  deleteTestMessage,
  eventsOfTestChat,
  markTestChatAsRead,
  reactInTestChat,
  type TestChatEvent,
  testChat,
  testChatEndpoint,
} from "./temporary-chat";

/** What becomes of a message, and its events. */
export const eventTests = {
  "A-message-delete": { kind: "send", requests: 9, probe: deletion },
  "A-message-count": { kind: "send", requests: 2, probe: countsWhatIsThere },
  "A-read-event": { kind: "send", requests: 0, probe: readOnce },
  "A-event-order": { kind: "send", requests: 0, probe: chatBeforeMessage },
  "A-event-none": { kind: "send", requests: 0, probe: silence },
  "A-event-zone": { kind: "send", requests: 0, probe: daylightSaving },
  "A-remove-reaction": { kind: "send", requests: 0, probe: removal },
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
  const endpoint = await context.once(testChatEndpoint);
  for (const id of unread) {
    const isIt = ({ type, data }: TestChatEvent): boolean => type === "message.read" && data["id"] === id;
    const isRead = ({ event_type, data }: ReceivedEvent): boolean => event_type === "message.read" && String(data["id"]) === id;
    const ms = endpoint.shortWaitMs; // that of the last message has come
    if (!all.some(isIt) && (await endpoint.withinMs(ms, isRead, 1)) === 0)
      throw new Contradiction(`${subject} does not send an event for each message, within ${ms / 1000} s`);
    if (all.filter(isIt).length > 1) throw new Contradiction(`${subject} twice sends more than one event for a message`);
  }
  return `${subject} sends one event for each message that was unread, and none the second time`;
}

async function chatBeforeMessage({ once }: ProbeContext): Promise<string> {
  const { isNew, chat, created } = await once(testChat);
  if (!isNew) throw new Skip("everybody who may be written to has a chat already");
  const all = await once(eventsOfTestChat);
  const position = (wanted: string, name: string, id: number): number =>
    all.findIndex(({ type, data }) => type === wanted && String(data[name]) === String(id));
  const ofChat = position("chat.created", "chat_id", chat.id);
  const ofMessage = position("message.sent", "id", created.chat_messages.id);
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
  return "no event tells of an edit or a deletion";
}

async function removal({ once }: ProbeContext): Promise<string> {
  const { removed } = await once(reactInTestChat);
  requireStatus(removed, 201, "removing a reaction");
  const { created } = await once(testChat);
  const id = String(created.chat_messages.id);
  const all = await once(eventsOfTestChat);
  const last = all.filter(
    ({ type, data }) => type === "reaction.sent" && data["chat_message_id"] === id && data["reaction"] === "like",
  );
  if (last.length > 1) throw new Skip("removing a reaction sends another reaction.sent, which is reported separately");
  return "removing a reaction answers 201, and no event tells of it";
}

/** Whether an event of now has the offset of REST, in that half of the year in which it would not have it anyway. */
async function daylightSaving({ once }: ProbeContext): Promise<string> {
  const { created } = await once(testChat);
  const { id, sent_at: inRest } = created.chat_messages;
  if (!inRest.endsWith("-05:00")) throw new Skip("it shows in summer only, when US Central time has another offset");
  const all = await once(eventsOfTestChat);
  const sent = all.find(({ type, data }) => type === "message.sent" && data["id"] === String(id));
  if (!sent) throw new Skip("no event with a time was seen");
  if (!String(sent.data["sent_at"]).endsWith(" -0500")) throw new Contradiction("events have the offset of winter in summer");
  return "events follow daylight saving as answers do";
}
