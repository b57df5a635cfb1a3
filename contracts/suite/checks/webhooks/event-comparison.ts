import type { ApiChat, ApiEvent, ApiMessage, ApiReaction } from "../../../api-types";
import { isRecord } from "../../../exchange";
import { type ContactFields, othersIn } from "../../api";
import { expectSame, expectThat, momentOf } from "../../expect";
import type { LawContext } from "../../law";
import { assuming, inWords } from "../../law-errors";
import type { Endpoint } from "../../webhook-endpoint";

import { fullContact } from "../contacts/temporary-contact";
import { law61 } from "../sending/61-new-group-has-its-name";
import { changeReaction, recipientGroup, testMessage } from "../sending/temporary-message";

/** What the events say of a contact with every field, and of one with next to none. */
export async function expectContactEvents(context: LawContext, endpoint: Endpoint): Promise<void> {
  const { api, unique } = context;
  const changes: readonly (readonly [ContactFields, ContactFields])[] = [
    [await fullContact(context), { first_name: unique(), title: "Another" }],
    [{ last_name: unique() }, { last_name: unique() }],
  ];
  const told: Comparison[] = [];
  for (const [fields, change] of changes) {
    const { id } = await api.createContact(fields);
    const isIt = (data: Readonly<Record<string, unknown>>): boolean => String(data["id"]) === String(id);
    const created = await endpoint.event("contact.created", isIt);
    told.push(compared(created.data, await api.contact(id), "the data of contact.created"));
    await api.updateContact("PATCH", id, change);
    const updated = await endpoint.event("contact.updated", isIt);
    told.push(compared(updated.data, await api.contact(id), "the data of contact.updated"));
  }
  for (const one of told) expectNothingLost(one);
}

interface Comparison {
  readonly what: string;
  readonly inEvent: object;
  readonly inRest: object;
}

/** Compares what an event and its thing both have. */
function compared(inEvent: Parameters<typeof inSeconds>[0], inRest: Parameters<typeof inSeconds>[0], what: string): Comparison {
  const reason = `${what.replace("the data of ", "")} tells something else than reading the contact`;
  expectSame(...inCommon(inSeconds(inEvent), inSeconds(inRest)), what, reason);
  return { what, inEvent, inRest };
}

/** That an event lacks what its thing has is another matter than that both lack what is not there. */
function expectNothingLost({ what, inEvent, inRest }: Comparison): void {
  const isThere = (value: unknown): boolean => value !== null && value !== "" && value !== undefined;
  const lost = Object.entries(inRest).filter(([key, value]) => isThere(value) && !(key in inEvent));
  const evidence = { expected: lost.map(([key]) => key), received: Object.keys(inEvent) };
  assuming(["A-always-present"], () => expectThat(lost.length === 0, what, evidence));
}

/** Two objects without what only one of them has: what is missing or added is reported with its shape. */
function inCommon(one: object, other: object): [object, object] {
  const pick = (from: object, by: object): object =>
    Object.fromEntries(
      Object.entries(from).flatMap(([key, value]) => {
        if (!(key in by)) return [];
        const rival: unknown = Reflect.get(by, key);
        return [[key, isRecord(value) && isRecord(rival) ? pick(value, rival) : value]];
      }),
    );
  return [pick(one, other), pick(other, one)];
}

/** Events have no milliseconds. */
function inSeconds<T extends { readonly created_at: string; readonly updated_at: string }>(thing: T) {
  return { ...thing, created_at: secondOf(thing, "created_at"), updated_at: secondOf(thing, "updated_at") };
}

/** What the events say of a message, of the chat that it opens, of reading it and of a reaction to it. */
export async function expectMessageEvents(context: LawContext, endpoint: Endpoint, compared: Set<number>): Promise<void> {
  const { api, line, people, kinds, unique } = context;
  const participants = recipientGroup(people.toReversed()); // on a mock, a chat that no other law has opened
  const isNew = !isChatOf(participants, line, await api.find(line, participants));
  const name = isNew && people.length === 2 ? unique() : undefined; // there is no other group that law 61 could make
  const created = await api.create(line, participants, { text: `${testMessage(context).text} é漢🙂` }, name);
  const chat = await api.get(created.id);
  if (name !== undefined) expectSame(chat.display_name, name, "the name of a new group", law61.broken);
  const message = await api.message(chat.id, created.chat_messages.id);

  expectMessageSent(await endpoint.event("message.sent", ({ id }) => String(id) === String(message.id)), message, chat);
  if (isNew) {
    await expectChatCreated(endpoint, { ...chat, display_name: created.display_name });
    compared.add(chat.id);
  }

  if (kinds.has("visible")) await api.call(204, "PUT", `/chats/${chat.id}/mark_as_read`);
  if (chat.service !== "iMessage") return; // others have no reactions
  await api.send(chat.id, testMessage(context)); // what is reacted to is not the latest
  const { id } = await changeReaction(api, message.id, "add", "love");
  const { data: reaction } = await api.call<{ data: ApiReaction }>(200, "GET", `/chat_message_reactions/${id}`);
  expectReactionSent(
    await endpoint.event("reaction.sent", (inEvent) => String(inEvent.id) === String(id)),
    reaction,
    message,
    chat,
  );
  const isRead = ({ event }: { event: { event_type: string } | undefined }): boolean => event?.event_type === "message.read";
  if (context.isOwnMock) await endpoint.several("message.read", isRead, 1); // others need not send it
  await expectMessageRead(context, endpoint, message, chat);
}

/** Compares every chat.created that has come with the chat, but for those that were compared. @throws Broken */
export async function expectGroupsToldAsGroups({ api, receiver }: LawContext, compared: ReadonlySet<number>): Promise<void> {
  const created = (await receiver()).deliveries.flatMap(({ event }) =>
    event?.event_type === "chat.created" ? [event.data] : [],
  );
  for (const data of new Map(created.map((one) => [String(one["chat_id"]), one])).values()) {
    const id = Number(data["chat_id"]);
    if (compared.has(id)) continue;
    const { response } = await api.request("GET", `/chats/${id}`);
    const { group } = (response.body as { data?: Partial<ApiChat> } | undefined)?.data ?? {};
    if (response.status !== 200 || typeof group !== "boolean") continue;
    const { is_direct, is_group } = data;
    const reason = `chat.created says of a ${group ? "group" : "chat with one person"} that it is ${group ? "none" : "one"}`;
    expectSame({ is_direct, is_group }, { is_direct: !group, is_group: group }, "chat.created and the chat", reason);
  }
}

/** Whether it is the chat of these people, and not one that counts for it. */
function isChatOf(participants: readonly string[], line: string, chat: ApiChat | null): boolean {
  return chat !== null && othersIn(chat, line).length === participants.length;
}

/** Compares what is the same in the words of both. The name is the one that creating the chat has told. */
async function expectChatCreated(endpoint: Endpoint, chat: ApiChat): Promise<void> {
  const { data } = await endpoint.event("chat.created", ({ chat_id }) => String(chat_id) === String(chat.id));
  const { display_name, service, is_direct, is_group, chat_handles } = data;
  const inEvent = {
    ...{ display_name, service, is_direct, is_group },
    members: chat_handles.map(({ id, identifier }) => `${id} ${identifier}`).sort(),
    departed: chat_handles.filter(({ is_departed }) => is_departed),
  };
  const inRest = {
    ...{ display_name: chat.display_name, service: chat.service, is_direct: !chat.group, is_group: chat.group },
    members: chat.chat_handles.map(({ id, phone_number }) => `${id} ${phone_number}`).sort(),
    departed: [],
  };
  expectSame(inEvent, inRest, "chat.created and the chat", "chat.created tells something else than reading the chat");
}

/** Compares what is the same in the words of both. */
function expectMessageSent({ data }: ApiEvent<"message.sent">, message: ApiMessage, chat: ApiChat): void {
  const { id, chat_id, text, from_phone, chat_handles, attachments, service } = data;
  const inEvent = {
    ids: [id, chat_id].map(Number),
    text,
    second: secondOf(data, "sent_at"),
    from: from_phone,
    members: chat_handles.map(({ identifier }) => identifier).sort(),
    attachments,
  };
  const inRest = {
    ids: [message.id, chat.id],
    text: message.text,
    second: secondOf(message, "sent_at"),
    from: message.sent_from,
    members: chat.chat_handles.map(({ phone_number }) => phone_number).sort(),
    attachments: (message.attachments ?? []).map(({ file_size: _, ...attachment }) => attachment),
  };
  const reason = "message.sent tells something else than reading the message";
  expectSame(inEvent, inRest, "message.sent and the message", reason);
  const services = [chat, ...chat.chat_handles].map((place) => place.service);
  expectThat(services.includes(service), "message.sent", { pointer: "/data/service", expected: services, received: service });
}

/** Whether there is a message.read for a message of our own is only assumed (A-read-event): if one has come, it is compared. */
async function expectMessageRead(
  { api }: Pick<LawContext, "api">,
  endpoint: Endpoint,
  { id }: Pick<ApiMessage, "id">,
  chat: ApiChat,
): Promise<void> {
  for (const { event } of endpoint.deliveries) {
    if (event?.event_type !== "message.read" || String(event.data["id"]) !== String(id)) continue;
    const message = await api.message(chat.id, id);
    const { chat_id, read_at } = event.data;
    const reason = "message.read tells something else than reading the message";
    expectSame([Number(chat_id), message.is_read], [chat.id, true], "message.read and the message", reason);
    const isLater = secondOf(event.data, "read_at") >= secondOf(message, "sent_at");
    expectThat(isLater, "message.read", {
      pointer: "/data/read_at",
      expected: inWords`${message.sent_at} or later`,
      received: read_at,
    });
  }
}

/** Compares what is the same in the words of both. */
function expectReactionSent(
  { data }: ApiEvent<"reaction.sent">,
  reaction: ApiReaction,
  message: ApiMessage,
  chat: ApiChat,
): void {
  const { associated_message: associated, chat_handle: handle } = data;
  const seconds = (of: { sent_at: string; created_at: string }): number[] =>
    (reaction.created_at === undefined ? (["sent_at"] as const) : (["sent_at", "created_at"] as const)) // others leave it out
      .map((field) => secondOf(of, field));
  const inEvent = {
    ids: [data.id, data.chat_message_id, data.chat_id, associated.id].map(Number),
    reaction: data.reaction,
    is_from_me: data.is_from_me,
    seconds: [...seconds(data), secondOf(associated, "sent_at")],
    by: { id: Number(handle.id), phone_number: handle.identifier },
    text: associated.text,
    members: data.chat_handles.map(({ identifier }) => identifier).sort(),
  };
  const own = chat.chat_handles.find(({ phone_number }) => phone_number === reaction.from_phone);
  const inRest = {
    ids: [reaction.id, message.id, chat.id, message.id],
    reaction: reaction.reaction,
    is_from_me: reaction.is_from_me,
    seconds: [...seconds(reaction), secondOf(message, "sent_at")],
    by: { id: own?.id, phone_number: reaction.from_phone },
    text: message.text,
    members: chat.chat_handles.map(({ phone_number }) => phone_number).sort(),
  };
  const reason = "reaction.sent tells something else than reading the reaction, its message and its chat";
  expectSame(inEvent, inRest, "reaction.sent and the reaction", reason);
}

/** A time as REST writes it, or as events do, with spaces or without: in whole seconds since 1970. @throws Incomparable where there is none */
function secondOf(thing: object, field: string): number {
  const written: unknown = Reflect.get(thing, field);
  const iso = typeof written === "string" ? written.replace(/^(\S+) (\S+) ([+-]\d\d)(\d\d)$/, "$1T$2$3:$4") : written;
  return Math.floor(momentOf({ [field]: iso }, field, "an event, or what it tells of,") / 1000);
}
