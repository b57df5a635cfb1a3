import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkEvent } from "../../contracts/check";
import { WEBHOOK_EVENTS } from "../../contracts/generated/v3/enumerations";
import { type ApiClient, apiClient } from "../testing/api-client";
import { type ReceivedEvent, type Receiver, startReceiver } from "../testing/receiver";
import { ANN, BEN, CAY, LINE, OTHER_LINE, STRANGER, smallWorld } from "../testing/worlds";

// Rests on A-v3-target-http, A-v3-idem-scope, A-v3-code-choice, A-v3-delays, A-v3-display-name, A-v3-event-order, A-v3-event-unknown, A-v3-handles-order, A-v3-line-filter,
// A-v3-put-chat-status, A-v3-routing-headers, A-v3-service-initial, A-v3-timestamps, A-v3-version-on-put, A-v3-webhook-key-order, and of V2
// A-chat-order, A-create-status, A-delivery, A-edit-window, A-list-order, A-migrate, A-reaction-one.

const CLOCK = "2026-09-01T12:00:00.123Z";
const FIRST_OF_V2 = { webhook_subscription: { webhook_url: "http://127.0.0.1:9/", events: ["message.sent"], version: 2 } };
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const V2_TOKEN = { "X-LINQ-INTEGRATION-TOKEN": "test" };
const v2 = "//api/partner/v2";
const text = (value: string): object => ({ parts: [{ type: "text", value }] });

let api: ApiClient;
let receiver: Receiver;
beforeEach(async () => {
  api = apiClient({ fixtures: smallWorld, clock: CLOCK, webhookOrder: "in-order" }, "v3");
  receiver = await startReceiver();
});
afterEach(async () => {
  await api.advance(0);
  const ours = receiver.received.filter(({ event }) => event.api_version === "v3");
  expect(ours.flatMap(({ event }) => checkEvent(event.event_type, event))).toEqual([]);
  await receiver.stop();
});

interface Subscribed {
  readonly id: string;
  readonly secret: string;
  readonly shown: Readonly<Record<string, unknown>>;
}

async function subscribe(fields: object = {}, query = ""): Promise<Subscribed> {
  const { status, body } = await api.post("/webhook-subscriptions", {
    target_url: `${receiver.url}${query}`,
    subscribed_events: WEBHOOK_EVENTS,
    ...fields,
  });
  expect(status).toBe(201);
  return { id: body.id, secret: body.signing_secret, shown: body };
}

async function arrived(type?: string): Promise<ReceivedEvent[]> {
  await api.advance(0);
  return receiver.received.filter(({ event }) => type === undefined || event.event_type === type);
}

async function types(): Promise<string[]> {
  return (await arrived()).map(({ event }) => event.event_type);
}

const simulate = (what: string, body: object) => api.post(`//__mock/simulate/${what}`, body);

/** The UUID of a chat that has a number in V2. */
async function chatId(number: number): Promise<string> {
  return (await api.get(`${v2}/chats/${number}/migrate_to_v3`, V2_TOKEN)).body.data.v3_chat_id;
}

async function send(chat: string, message: object = text("Hi")) {
  return (await api.post(`/chats/${chat}/messages`, { message })).body.message.id;
}

test("an event says what, when, whose and because of which request", async () => {
  await subscribe();
  const sent = await api.post("/chats", { from: LINE, to: [STRANGER], message: { ...text("Hello"), idempotency_key: "k" } });
  const [created, message] = await arrived();
  const { id, message: shown } = sent.body.chat;
  expect(created?.event).toMatchObject({ event_type: "chat.created", data: { id, is_group: false } });
  expect(message?.event).toEqual({
    api_version: "v3",
    webhook_version: "2026-02-03",
    event_type: "message.sent",
    event_id: expect.stringMatching(UUID),
    created_at: "2026-09-01T12:00:00.123000000Z",
    trace_id: sent.headers["x-trace-id"],
    partner_id: created?.event.partner_id,
    data: {
      id: shown.id,
      chat: {
        id,
        is_group: false,
        owner_handle: shown.from_handle,
        health_status: expect.objectContaining({ status: "HEALTHY" }),
      },
      direction: "outbound",
      parts: [{ type: "text", value: "Hello", mention: null, mention_range: null, text_decorations: null }],
      sender_handle: shown.from_handle,
      service: "iMessage",
      sent_at: CLOCK,
      delivered_at: null,
      read_at: null,
      effect: null,
      reply_to: null,
      idempotency_key: "k",
      preferred_service: null,
    },
  });
  expect(created?.event.trace_id).toBe(sent.headers["x-trace-id"]);
  expect(created?.event.event_id).not.toBe(message?.event.event_id);
  expect(created?.event.partner_id).toMatch(UUID);
});

test("a message is sent, delivered and read, all because of the request that sent it", async () => {
  await subscribe();
  const { headers, body } = await api.post(`/chats/${await chatId(1)}/messages`, { message: text("Hi") });
  await api.advance(1000);
  await simulate("read", { chat: 1 });
  const all = await arrived();
  expect(all.map(({ event }) => [event.event_type, event.trace_id, event.data.id])).toEqual(
    ["message.sent", "message.delivered", "message.read"].map((type) => [type, headers["x-trace-id"], body.message.id]),
  );
  const times = all.map(({ event: { data } }) => [data.sent_at, data.delivered_at, data.read_at].map((time) => time !== null));
  expect(times).toEqual([
    [true, false, false],
    [true, true, false],
    [true, true, true],
  ]);
});

test("groups and SMS give no receipts; what was received and is read tells nobody", async () => {
  await subscribe();
  await send(await chatId(2));
  await api.post("/chats", { from: LINE, to: [CAY], message: text("Hi") });
  await api.advance(60_000);
  await simulate("read", { chat: 2 });
  await api.post(`/chats/${await chatId(1)}/read`);
  expect((await types()).filter((type) => /delivered|read/.test(type))).toEqual([]);
});

test("what changed last is the same in events and answers, and never goes back (A-v3-message-updated)", async () => {
  await subscribe({}, "?version=2025-01-01");
  const id = await send(await chatId(1));
  const updatedAt = async () => (await api.get(`/messages/${id}`)).body.updated_at;
  await api.patch(`/messages/${id}`, { text: "Hi!" });
  await api.advance(1000);
  expect(await updatedAt()).toBe((await arrived("message.delivered"))[0]?.event.data.message.updated_at);
  await simulate("delivery", { message: 2, status: "failed" });
  expect(await updatedAt()).toBe((await arrived("message.failed"))[0]?.event.data.failed_at);
  await api.advance(1000);
  await simulate("delivery", { message: 2, status: "delivered" });
  await api.advance(1000);
  await simulate("read", { chat: 1 });
  expect(await updatedAt()).toBe((await arrived("message.read"))[0]?.event.data.message.updated_at);
  expect(await updatedAt()).toBe("2026-09-01T12:00:03.123Z");
});

test.each([
  ["failed", "linq-mock: undeliverable", [1000, 0]],
  ["delivered", "Hi", [0, 1000]],
])("a message that has not come when V2 marks it as read is %s, and read by nobody", async (status, value, [before, after]) => {
  await subscribe();
  const id = await send(await chatId(1), text(value));
  await api.advance(before as number);
  await api.put(`${v2}/chats/1/mark_as_read`, undefined, V2_TOKEN);
  await api.advance(after as number);
  expect(await types()).toEqual(["message.sent", `message.${status}`]);
  expect((await api.get(`/messages/${id}`)).body).toMatchObject({ delivery_status: status, is_read: false, read_at: null });
});

test.each([
  ["SMS", STRANGER],
  ["iMessage", CAY],
])("a chat that is made by %s is so in its event and in the answer (A-v3-chat-service)", async (preferred_service, to) => {
  await subscribe({ subscribed_events: ["chat.created"] });
  const { body } = await api.post("/chats", { from: LINE, to: [to], message: { ...text("Hi"), preferred_service } });
  const [created] = await arrived();
  expect([created?.event.data.service, body.chat.service]).toEqual([preferred_service, preferred_service]);
});

test("an inbound message has neither key nor preference; what nobody's request has caused has a trace of its own", async () => {
  await subscribe();
  await simulate("message", { chat: 1, text: "One" });
  await simulate("message", { chat: 1, text: "Two" });
  const [one, two] = await arrived("message.received");
  expect(one?.event.data).toMatchObject({ direction: "inbound", sender_handle: { handle: ANN, is_me: false }, reply_to: null });
  expect(one?.event.data).not.toHaveProperty("idempotency_key");
  expect(one?.event.data).not.toHaveProperty("preferred_service");
  expect(one?.event.trace_id).toMatch(/^[\da-f]{32}$/);
  expect(one?.event.trace_id).not.toBe(two?.event.trace_id);
});

test("a failure has its code", async () => {
  await subscribe({ subscribed_events: ["message.failed"] });
  const { body } = await api.post("/chats", {
    ...{ from: LINE, to: [BEN] },
    message: { ...text("Hi"), preferred_service: "iMessage" },
  });
  await api.advance(1000);
  const [failed] = await arrived();
  expect(failed?.event.data).toMatchObject({
    ...{ code: 4005, detail_code: 4005, chat_id: body.chat.id, message_id: body.chat.message.id },
    ...{ reason: "Delivery failed", preferred_service: "iMessage", service: "iMessage" },
  });
});

test("an edit says which part has which text", async () => {
  await subscribe({ subscribed_events: ["message.edited"] });
  const id = await send(await chatId(1));
  await api.advance(1000);
  await api.patch(`/messages/${id}`, { text: "Hi!" });
  const [edited] = await arrived();
  expect(edited?.event.data).toMatchObject({ id, direction: "outbound", part: { index: 0, text: "Hi!" } });
});

test("reactions, one's own too, are added and removed", async () => {
  await subscribe({ subscribed_events: ["reaction.added", "reaction.removed"] });
  const id = await send(await chatId(1));
  await api.post(`/messages/${id}/reactions`, { operation: "add", type: "custom", custom_emoji: "🎉" });
  await api.post(`/messages/${id}/reactions`, { operation: "remove", type: "custom", custom_emoji: "🎉" });
  await simulate("reaction", { message: 2, type: "love" });
  const [added, removed, theirs] = await arrived();
  const own = { message_id: id, part_index: 0, reaction_type: "custom", custom_emoji: "🎉", is_from_me: true, from: LINE };
  expect([added?.event.event_type, added?.event.data]).toMatchObject(["reaction.added", own]);
  expect([removed?.event.event_type, removed?.event.data]).toMatchObject(["reaction.removed", own]);
  expect(theirs?.event.data).toMatchObject({ reaction_type: "love", custom_emoji: null, is_from_me: false, from: ANN });
});

test("who comes and who goes, the group's name, and a new chat of the other side", async () => {
  await subscribe();
  const group = await chatId(2);
  await simulate("participant_added", { chat: 2, participant: CAY });
  await simulate("participant_removed", { chat: 2, participant: CAY });
  for (const display_name of ["Hike", "Hike", " "]) await api.put(`/chats/${group}`, { display_name });
  await api.put(`/chats/${group}`, { display_name: null, group_chat_icon: null }); // which it has already
  await simulate("message", { line: LINE, from: STRANGER, text: "Hello" });
  const all = await arrived();
  expect(await types()).toEqual([
    ...[
      "participant.added",
      "participant.removed",
      "chat.group_name_updated",
      "chat.group_name_updated",
      "chat.created",
      "message.received",
    ],
  ]);
  const [added, removed, renamed] = all.map(({ event }) => event.data);
  const person = { chat_id: group, handle: CAY };
  expect(added).toMatchObject({ ...person, added_at: CLOCK, participant: { status: "active", left_at: null } });
  expect(removed).toMatchObject({ ...person, removed_at: CLOCK, participant: { status: "removed", left_at: CLOCK } });
  expect(renamed).toMatchObject({ chat_id: group, old_value: null, new_value: "Hike", changed_by_handle: { is_me: true } });
});

test("typing is told of others in direct chats, and ends when the message is there", async () => {
  await subscribe();
  await simulate("typing", { chat: 1 });
  await simulate("message", { chat: 1, text: "Hi" });
  await simulate("typing", { chat: 2, from: ANN });
  await api.post(`/chats/${await chatId(1)}/typing`);
  expect(await types()).toEqual(["chat.typing_indicator.started", "chat.typing_indicator.stopped", "message.received"]);
  expect((await arrived())[0]?.event.data.actor_handle.handle).toBe(ANN);
});

test("nobody is told of typing in a chat by SMS", async () => {
  await subscribe();
  const { body } = await api.post("/chats", { from: LINE, to: [CAY], message: text("Hi") });
  expect(body.chat.service).toBe("SMS");
  await simulate("typing", { chat: body.chat.id });
  expect(await types()).toEqual(["chat.created", "message.sent"]);
});

test("a call that has ended, and a forwarding that has changed, are told", async () => {
  await subscribe();
  await simulate("call", { line: LINE, with: ANN });
  const { id } = (await api.get("/phone_numbers")).body.phone_numbers[0];
  expect(id).toMatch(UUID);
  for (const forwarding_number of [null, BEN, BEN]) await api.put(`${v2}/phone_numbers/1`, { forwarding_number }, V2_TOKEN);
  expect(await types()).toEqual(["call.ended", "phone_number.forwarding_updated"]);
  expect((await arrived("phone_number.forwarding_updated"))[0]?.event.data).toMatchObject({
    actor: { type: "api" },
    phone_number: LINE,
  });
});

test("a line that has opened 50 chats within a day is told to be AT_RISK, and then HEALTHY again", async () => {
  await subscribe();
  for (let i = 10; i < 60; i += 1) await api.post("/chats", { from: LINE, to: [`+141555501${i}`], message: text("Hi") });
  await api.advance(86_400_000);
  const changes = (await arrived("phone_number.status_updated")).map(({ event }) => event.data);
  expect(changes).toEqual([
    expect.objectContaining({ phone_number: LINE, previous_status: "ACTIVE", new_status: "ACTIVE" }),
    expect.objectContaining({ previous_reputation: "AT_RISK", new_reputation: "HEALTHY" }),
  ]);
  expect(changes[0]).toMatchObject({ previous_reputation: "HEALTHY", new_reputation: "AT_RISK" });
});

test("a contact card is set up, changed and removed", async () => {
  await subscribe();
  const query = `phone_number=${encodeURIComponent(LINE)}`;
  await api.delete(`/contact_card?${query}`);
  await api.post("/contact_card", { phone_number: LINE, first_name: "Nora", last_name: "Lane" });
  await api.patch(`/contact_card?${query}`, { first_name: "Nell" });
  expect((await arrived()).map(({ event }) => [event.event_type, event.data.summary])).toEqual([
    ["contact_card.deleted", `The contact card of ${LINE} was deleted.`],
    ["contact_card.created", `The contact card of ${LINE} was created.`],
    ["contact_card.updated", `The contact card of ${LINE} was updated.`],
  ]);
  const { contact_cards: cards } = (await api.get(`/contact_card?${query}`)).body;
  expect((await arrived("contact_card.updated"))[0]?.event.data.contact_card).toEqual(cards[0]);
});

test("that nobody else is there to be told of a subscription is no event that reached nobody (A-v3-subscription-events)", async () => {
  const { id } = await subscribe();
  await api.put(`/webhook-subscriptions/${id}`, { is_active: false });
  await api.delete(`/webhook-subscriptions/${id}`);
  expect((await api.get("//__mock/webhook_events")).body.webhook_events).toEqual([]);
});

test("whoever is subscribed is told of other subscriptions, and not of its own (A-v3-subscription-events)", async () => {
  await subscribe();
  const other = await subscribe({ target_url: "http://127.0.0.1:9/other", subscribed_events: ["message.sent"] });
  const change = (fields: object) => api.put(`/webhook-subscriptions/${other.id}`, fields);
  await change({ target_url: "http://127.0.0.1:9/moved" });
  await change({ is_active: false });
  await change({ is_active: true, subscribed_events: ["message.read"] });
  await change({ subscribed_events: ["message.sent"] });
  await change({ subscribed_events: ["message.sent"] });
  await change({ phone_numbers: [LINE] });
  await change({ routing_id_header: "X-Chat" });
  await change({ routing_id_header: null, routing_key_header: null });
  await change({ routing_id_header: null });
  await api.delete(`/webhook-subscriptions/${other.id}`);
  await api.post(`${v2}/webhook_subscriptions`, FIRST_OF_V2, V2_TOKEN);
  expect(await types()).toEqual(
    [
      "created",
      "target_url_changed",
      "disabled",
      "enabled",
      "events.updated",
      "phone_numbers.updated",
      "routing_headers_set",
      "routing_headers_cleared",
      "deleted",
    ].map((change) => `webhook_subscription.${change}`),
  );
  const { signing_secret: _, ...shown } = other.shown;
  expect((await arrived())[0]?.event.data).toMatchObject({
    actor: { type: "api" },
    summary: "The webhook subscription to http://127.0.0.1:9/other: created.",
    webhook_subscription: shown,
  });
  expect((await arrived()).at(-1)?.event.data.webhook_subscription).toMatchObject({ id: other.id, phone_numbers: [LINE] });
});

test("every event of the vendor's is sent, or docs/v3.md says that it never is", () => {
  const source = ["webhooks.ts", "event-data.ts"].map((file) => readFileSync(join(__dirname, file), "utf8")).join("");
  const [, list = ""] = /- \*\*Never sent\*\*, ([\s\S]+?)\n(?:-|$)/.exec(readFileSync("docs/v3.md", "utf8")) ?? [];
  const never = [...list.matchAll(/`([\w.]+\*?)`/g)].map(([, name = ""]) => name);
  const isNever = (event: string) =>
    never.some((one) => one === event || (one.endsWith("*") && event.startsWith(one.slice(0, -1))));
  expect(WEBHOOK_EVENTS.filter((event) => source.includes(`"${event}"`) === isNever(event))).toEqual([]);
});

test("2025-01-01 words messages otherwise, has no edits, and is asked for in the URL", async () => {
  await subscribe({}, "?version=2025-01-01");
  const chat = await chatId(1);
  const id = await send(chat);
  await api.advance(1000);
  await api.patch(`/messages/${id}`, { text: "Hi!" });
  await simulate("read", { chat: 1 });
  await simulate("message", { chat: 1, text: "Yes" });
  const all = (await arrived()).map(({ event }) => event);
  expect(new Set(all.map((event) => event.webhook_version))).toEqual(new Set(["2025-01-01"]));
  expect(all.map((event) => event.event_type)).toEqual([
    ...["message.sent", "message.delivered", "message.read", "message.received"],
  ]);
  const [sent, delivered, read, received] = all.map(({ data }) => data);
  expect(sent).toMatchObject({ chat_id: chat, from: LINE, is_from_me: true, is_group: false, recipient_phone: null });
  expect(sent.message).toMatchObject({ id, is_delivered: false, is_read: false, delivered_at: null });
  expect(sent).not.toHaveProperty("message_id");
  expect(delivered).toMatchObject({ message_id: id, message: { is_delivered: true } });
  expect(delivered.delivered_at).toBe(delivered.message.delivered_at);
  expect(read).toMatchObject({ message_id: id, message: { is_read: true } });
  expect(read.read_at).toBe(read.message.read_at);
  expect(received).toMatchObject({
    from: ANN,
    is_from_me: false,
    recipient_handle: { handle: LINE },
    message: { is_delivered: true },
  });
  expect(received.received_at).not.toBeNull();
});

test("another version in the URL of a subscription is that of its next event", async () => {
  const { id } = await subscribe();
  await api.put(`/webhook-subscriptions/${id}`, { target_url: `${receiver.url}?version=2025-01-01` });
  await simulate("message", { chat: 1, text: "Hi" });
  expect((await arrived())[0]?.event.webhook_version).toBe("2025-01-01");
});

test("subscriptions of V2 and of both versions of V3's webhooks are told the same, each in its form", async () => {
  await subscribe({}, "?version=2025-01-01");
  await subscribe({}, "?version=2026-02-03");
  const webhook_subscription = { webhook_url: receiver.url, events: ["message.sent"], version: 2 };
  await api.post(`${v2}/webhook_subscriptions`, { webhook_subscription }, V2_TOKEN);
  const id = await send(await chatId(1));
  const events = (await arrived("message.sent")).map(({ event }) => event);
  const [old, ...ours] = [...events].sort((a, b) => a.api_version.localeCompare(b.api_version));
  expect(old).toMatchObject({ api_version: "v2", data: { chat_id: "1", text: "Hi" } });
  expect(ours.map((event) => event.webhook_version).sort()).toEqual(["2025-01-01", "2026-02-03"]);
  expect(ours.map(({ data }) => data.id ?? data.message.id)).toEqual([id, id]);
  expect(ours[0].event_id).toBe(ours[1].event_id);
});

test("a filter by line lets its events pass, and says so of the others", async () => {
  await subscribe({ phone_numbers: [OTHER_LINE] });
  await simulate("message", { chat: 1, text: "No" });
  await simulate("message", { chat: 5, text: "Yes" });
  expect((await arrived()).map(({ event }) => event.data.parts[0].value)).toEqual(["Yes"]);
  const { body } = await api.get("//__mock/webhook_events?type=message.received");
  expect(body.webhook_events[1].unreached).toMatchObject({
    reason: "not_subscribed",
    message: `Subscription 1 takes the events of ${OTHER_LINE} alone.`,
  });
});

/** As Standard Webhooks has it, by its text alone. */
function isSigned({ headers, raw }: ReceivedEvent, secret: string): boolean {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${raw}`;
  return headers["webhook-signature"] === `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
}

function isSignedAsBefore({ headers, raw }: ReceivedEvent, secret: string): boolean {
  const signed = `${headers["x-webhook-timestamp"]}.${raw}`;
  return headers["x-webhook-signature"] === createHmac("sha256", secret).update(signed).digest("hex");
}

test("two signatures, each with its key, and what stands beside them", async () => {
  const { id, secret } = await subscribe({ routing_key_header: "X-Key" });
  const chat = await chatId(1);
  await simulate("message", { chat: 1, text: "Grüße 🎉" });
  await simulate("message", { chat: 1, text: "Again" });
  const [first, second] = (await arrived()) as [ReceivedEvent, ReceivedEvent];
  expect([isSigned(first, secret), isSignedAsBefore(first, secret)]).toEqual([true, true]);
  const at = expect.stringMatching(/^\d{10}$/);
  expect(Math.abs(Date.now() / 1000 - Number(first.headers["webhook-timestamp"]))).toBeLessThan(60); // A-v3-webhook-timestamp
  expect(first.headers).toMatchObject({
    ...{ "webhook-id": first.event.event_id, "webhook-timestamp": at, "x-webhook-timestamp": at },
    ...{ "x-webhook-event": "message.received", "x-webhook-subscription-id": id, "content-type": "application/json" },
    "linq-chat-id": chat,
  });
  expect(first.headers["x-key"]).toMatch(/./);
  expect(second.headers["x-key"]).toBe(first.headers["x-key"]);
});

test("the header with the id of the chat has the name that the subscription gives it", async () => {
  await subscribe({ routing_id_header: "X-Chat" });
  await simulate("message", { chat: 1, text: "Hi" });
  const [one] = await arrived();
  expect([one?.headers["x-chat"], one?.headers["linq-chat-id"], one?.headers["x-key"]]).toEqual([
    await chatId(1),
    undefined,
    undefined,
  ]);
});

test("a fault that spoils signatures spoils both", async () => {
  const { secret } = await subscribe();
  await api.post("//__mock/faults", { fault: "webhook-bad-signature" });
  await simulate("message", { chat: 1, text: "Hi" });
  const [spoilt] = (await arrived()) as [ReceivedEvent];
  expect([isSigned(spoilt, secret), isSignedAsBefore(spoilt, secret)]).toEqual([false, false]);
  expect(spoilt.headers["webhook-signature"]).toMatch(/^v1,/);
});

test("a fault is of the events that it names in the words of V3", async () => {
  await subscribe();
  await api.post("//__mock/faults", { fault: "webhook-drop", event: "message.delivered" });
  await send(await chatId(1));
  await api.advance(60_000);
  expect(await types()).toEqual(["message.sent"]);
});

test("the mock verifies a secret by both signatures", async () => {
  const { secret } = await subscribe();
  await simulate("message", { chat: 1, text: "Hi" });
  await arrived();
  const verify = async (text: string) => (await api.post("//__mock/deliveries/1/verify", { secret: text })).body;
  expect(await verify(secret)).toMatchObject({
    verified: true,
    why: expect.stringMatching(/^webhook-signature is .* X-Webhook-Signature is /),
  });
  expect(await verify(secret.slice(6))).toMatchObject({
    verified: false,
    why: expect.stringMatching(/^webhook-signature is .* X-Webhook-Signature is not /),
  });
  expect(await verify(`"${secret}"`)).toMatchObject({ verified: false, why: expect.stringContaining("quotation marks") });
  expect(await verify("whsec_AAAA")).toEqual({ verified: false, why: "It was signed with another secret." });
});

test("deliveries are checked by the contract, and none breaks it", async () => {
  await subscribe();
  await simulate("message", { chat: 1, text: "Hi" });
  await arrived();
  const { body } = await api.get("//__mock/deliveries");
  expect(body.deliveries.map((one: { contract: object }) => one.contract)).toEqual([{ valid: true, violations: [] }]);
  const broken = { api_version: "v3", webhook_version: "2026-02-03", event_type: "message.sent", data: { id: 1 } };
  expect(checkEvent("message.sent", broken).map(({ pointer }) => pointer)).toContain("/data/id");
});
