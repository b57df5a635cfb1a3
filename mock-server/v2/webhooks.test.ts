import { checkEvent } from "../../contracts/check";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import type { TestSandbox } from "../test-sandbox";
import { sandboxClient } from "../testing/api-client";
import { type Receiver, startReceiver } from "../testing/receiver";
import { ANN, BEN, LINE, STRANGER, smallWorld } from "../testing/worlds";

// Asserted here, too: A-delivery, A-attachment-limit, A-linked-file-size, A-create-service, A-contact-empty, A-update-owner, A-availability.

const WINTER = "2025-12-05T14:42:06.123-06:00";
const EVENTS = [
  ...["message.sent", "message.received", "message.read", "call.completed", "reaction.sent", "reaction.received"],
  ...["typing_indicator.received", "typing_indicator.removed", "chat.created", "contact.created", "contact.updated"],
  ...["contact.deleted", "participant.added", "participant.removed"],
];
const OWN = { identifier: LINE, display_name: "You", is_me: true };
const ANN_HANDLE = { identifier: ANN, display_name: "Ann Archer", is_me: false };
const BEN_HANDLE = { identifier: BEN, display_name: "+1 (205) 555-0102", is_me: false };
const STRANGER_HANDLE = { identifier: STRANGER, display_name: "+1 (205) 555-0199", is_me: false };
const HERE = { is_departed: false };
const TIMES = { created_at: "2025-12-05T14:42:06-06:00", updated_at: "2025-12-05T14:42:06-06:00" };

let mock: MockServer;
let box: TestSandbox;
let call: ReturnType<typeof sandboxClient>;
let receiver: Receiver;

beforeEach(async () => {
  [mock, receiver] = await Promise.all([
    startMockServer({ fixtures: smallWorld, clock: WINTER, webhookOrder: "in-order" }),
    startReceiver(),
  ]);
  box = await mock.sandbox();
  call = sandboxClient(box);
  await call("POST", "/webhook_subscriptions", {
    webhook_subscription: { webhook_url: receiver.url, events: EVENTS, version: 2 },
  });
});

afterEach(async () => {
  expect(receiver.received.flatMap(({ event }) => checkEvent(event.event_type, event))).toEqual([]);
  await receiver.stop();
  await mock.stop();
});

/** What was delivered up to now: the events, without what is another each time. */
async function delivered(): Promise<{ event_type: string; data: object }[]> {
  await box.clock.advance(0);
  return receiver.received.map(({ event: { event_type, data } }) => ({ event_type, data }));
}

test("an event says when it was, in US Central time without milliseconds, and has an id of its own", async () => {
  await call("POST", "/contacts", { contact: { first_name: "Cleo" } });
  await call("POST", "/contacts", { contact: { first_name: "Dion" } });
  await delivered();
  const [first, second] = receiver.received.map(({ event }) => event);
  expect(first).toMatchObject({ api_version: "v2", created_at: "2025-12-05T14:42:06-06:00", event_type: "contact.created" });
  expect(first.event_id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(second.event_id).not.toBe(first.event_id);
});

test("message.sent: string ids, the time with spaces, the own handle first", async () => {
  const { data } = await call("POST", "/chats/2/chat_messages", {
    message: { text: "Hi", attachment_urls: ["https://files.example.com/map.png"] },
  });
  expect(await delivered()).toEqual([
    {
      event_type: "message.sent",
      data: {
        id: String(data.id),
        chat_id: "2",
        text: "Hi",
        sent_at: "2025-12-05 14:42:06 -0600",
        is_read: false,
        from_phone: LINE,
        service: "RCS",
        reaction_id: null,
        chat_handles: [OWN, ANN_HANDLE, BEN_HANDLE],
        attachments: [
          { id: data.attachments[0].id, url: "https://files.example.com/map.png", filename: "map.png", mime_type: "image/png" },
        ],
      },
    },
  ]);
});

test("in summer the offset is that of summer", async () => {
  await box.clock.freeze("2026-07-01T12:00:00Z");
  await box.simulate.typing({ chat: 1 });
  await box.simulate.message({ chat: 1, text: "Hi" });
  const events = await delivered();
  expect(events.map(({ data }) => data)).toMatchObject([
    { timestamp: "2026-07-01T07:00:00-05:00" },
    { timestamp: "2026-07-01T07:00:00-05:00" },
    { sent_at: "2026-07-01 07:00:00 -0500" },
  ]);
});

test("message.received comes after the end of its sender's typing", async () => {
  await box.simulate.typing({ chat: 1 });
  await box.simulate.message({ chat: 1, text: "Hi" });
  expect(await delivered()).toMatchObject([
    { event_type: "typing_indicator.received", data: { chat_id: "1", display: true, timestamp: "2025-12-05T14:42:06-06:00" } },
    {
      event_type: "typing_indicator.removed",
      data: { chat_id: "1", display: false, chat_handles: [OWN, ANN_HANDLE] },
    },
    { event_type: "message.received", data: { chat_id: "1", from_phone: ANN, text: "Hi", is_read: false } },
  ]);
  expect(receiver.received.at(-1)?.event.data).not.toHaveProperty("replied_to_chat_message_id");
});

test("what is received may be a reply (A-replied-to)", async () => {
  await box.simulate.message({ chat: 1, text: "Hi", replied_to: 1 });
  await box.simulate.reaction({ message: 2, type: "love", replied_to: 1 });
  await expect(box.simulate.message({ chat: 2, from: BEN, text: "Hi", replied_to: 1 })).rejects.toThrow(
    "There is no message 1 in chat 2",
  );
  expect(await delivered()).toMatchObject([
    { event_type: "message.received", data: { id: "2", replied_to_chat_message_id: "1" } },
    { event_type: "reaction.received", data: { chat_message_id: "2", replied_to_chat_message_id: "1" } },
  ]);
});

test("typing ends by itself after 60 s, and typing on gives it the time anew", async () => {
  await box.simulate.typing({ chat: 1 });
  await box.clock.advance(59_000);
  await box.simulate.typing({ chat: 1 });
  await box.clock.advance(59_999);
  expect((await delivered()).map(({ event_type }) => event_type)).toEqual(["typing_indicator.received"]);
  await box.clock.advance(1);
  expect(await delivered()).toMatchObject([{}, { data: { display: false, timestamp: "2025-12-05T14:44:05-06:00" } }]);
});

test("the line's own typing is no event", async () => {
  await call("POST", "/chats/1/start_typing");
  await call("DELETE", "/chats/1/stop_typing");
  expect(await delivered()).toEqual([]);
});

test("a new chat is told of before its first message", async () => {
  const { data } = await call("POST", "/chats", {
    send_from: LINE,
    chat: { phone_numbers: [BEN, "dee@example.com"], display_name: "Two" },
    message: { text: "Hi" },
  });
  expect(await delivered()).toMatchObject([
    {
      event_type: "chat.created",
      data: {
        chat_id: String(data.id),
        display_name: "Two",
        service: "RCS",
        is_direct: false,
        is_group: true,
        chat_handles: [
          { id: "16", ...OWN, ...HERE },
          { id: "14", ...BEN_HANDLE, ...HERE },
          { id: "15", identifier: "dee@example.com", display_name: "Dee", is_me: false, ...HERE },
        ],
        created_at: "2025-12-05T14:42:06-06:00",
      },
    },
    { event_type: "message.sent", data: { chat_id: String(data.id) } },
  ]);
});

test("an idempotency key that is used again sends no event", async () => {
  const message = { text: "Once", idempotency_key: "once" };
  await call("POST", "/chats/1/chat_messages", { message });
  await call("POST", "/chats/1/chat_messages", { message });
  expect(await delivered()).toHaveLength(1);
});

test("message.read comes for what the other side reads, too (A-read-event)", async () => {
  const { data } = await call("POST", "/chats/1/chat_messages", { message: { text: "Hi" } });
  await box.clock.advance(1000);
  await box.simulate.read({ chat: 1 });
  const read = (await delivered()).filter(({ event_type }) => event_type === "message.read");
  expect(read).toMatchObject([{ data: { id: String(data.id), chat_id: "1" } }]);
});

test("message.read comes once for each message that was unread", async () => {
  await box.simulate.message({ chat: 1, text: "one" });
  await box.simulate.message({ chat: 1, text: "two" });
  await call("PUT", "/chats/1/mark_as_read");
  await call("PUT", "/chats/1/mark_as_read");
  const read = (await delivered()).filter(({ event_type }) => event_type === "message.read");
  expect(read.map(({ data }) => data)).toEqual([
    { id: "2", chat_id: "1", read_at: "2025-12-05T14:42:06-06:00" },
    { id: "3", chat_id: "1", read_at: "2025-12-05T14:42:06-06:00" },
  ]);
});

test("reactions: who, to what, and whether it was your side", async () => {
  await call("POST", "/chat_messages/1/reactions", { type: "love", operation: "add" });
  await box.simulate.reaction({ message: 1, type: "laugh" });
  await call("POST", "/chat_messages/1/reactions", { type: "love", operation: "remove" });
  expect(await delivered()).toMatchObject([
    {
      event_type: "reaction.sent",
      data: {
        id: "1",
        chat_message_id: "1",
        chat_id: "1",
        reaction: "love",
        is_from_me: true,
        sent_at: "2025-12-05 14:42:06 -0600",
        created_at: "2025-12-05 14:42:06 -0600",
        chat_handle: { id: "2", identifier: LINE },
        chat_handles: [OWN, ANN_HANDLE],
        associated_message: { id: "1", text: "Hello", sent_at: "2025-01-01 12:01:00 -0600" },
      },
    },
    {
      event_type: "reaction.received",
      data: { id: "2", reaction: "laugh", is_from_me: false, chat_handle: { id: "1", identifier: ANN } },
    },
  ]);
});

test("contacts: as REST shows them but for their times, with integer ids; a deleted one is its id", async () => {
  const created = await call("POST", "/contacts", { contact: { first_name: "Cleo" } });
  const updated = await call("PATCH", `/contacts/${created.data.id}`, { contact: { first_name: "Cleo", title: "Baker" } });
  const again = await call("PATCH", `/contacts/${created.data.id}`, { contact: { first_name: "Cleo" } }); // changes nothing
  await call("DELETE", `/contacts/${created.data.id}`);
  expect(await delivered()).toEqual([
    { event_type: "contact.created", data: { ...created.data, ...TIMES } },
    { event_type: "contact.updated", data: { ...updated.data, ...TIMES } },
    { event_type: "contact.updated", data: { ...again.data, ...TIMES } },
    { event_type: "contact.deleted", data: { id: created.data.id } },
  ]);
});

test("participants: who, and who is in the chat now (A-event-participant, A-event-times)", async () => {
  await box.simulate.participantAdded({ chat: 1, participant: STRANGER });
  await box.simulate.participantRemoved({ chat: 1, participant: ANN });
  const timestamp = "2025-12-05T14:42:06-06:00";
  expect(await delivered()).toEqual([
    {
      event_type: "participant.added",
      data: {
        chat_id: "1",
        participant: { id: "14", ...STRANGER_HANDLE, ...HERE },
        chat_handles: [
          { id: "2", ...OWN, ...HERE },
          { id: "1", ...ANN_HANDLE, ...HERE },
          { id: "14", ...STRANGER_HANDLE, ...HERE },
        ],
        timestamp,
      },
    },
    {
      event_type: "participant.removed",
      data: {
        chat_id: "1",
        participant: { id: "1", ...ANN_HANDLE, is_departed: true },
        chat_handles: [
          { id: "2", ...OWN, ...HERE },
          { id: "14", ...STRANGER_HANDLE, ...HERE },
        ],
        timestamp,
      },
    },
  ]);
});

test("participant.removed of the own line, which has left the group by V3 (A-migrate, A-v3-leave-status)", async () => {
  const people = [ANN, STRANGER, "+12055550198"];
  const { data: group } = await call("POST", "/chats", {
    send_from: LINE,
    chat: { phone_numbers: people },
    message: { text: "Hi" },
  });
  const { v3_chat_id: id } = (await call("GET", `/chats/${group.id}/migrate_to_v3`)).data;
  const left = await fetch(`${box.url}/api/partner/v3/chats/${id}/leave`, {
    method: "POST",
    headers: { Authorization: "Bearer test" },
  });
  expect(left.status).toBe(202);
  await call("POST", `/chats/${group.id}/chat_messages`, { message: { text: "Still there?" } });
  const [removed, sent] = (await delivered()).slice(-2).map(({ data }) => data);
  const others = people.map((identifier) => expect.objectContaining({ identifier, is_me: false }));
  expect(removed).toMatchObject({ participant: { ...OWN, is_departed: true }, chat_handles: others });
  expect(sent).toMatchObject({ from_phone: LINE, chat_handles: others });
});

test("call.completed: both ends, and how long it took (A-call-fields)", async () => {
  await box.simulate.call({ line: LINE, with: ANN, duration_s: 90 });
  expect(await delivered()).toMatchObject([
    {
      event_type: "call.completed",
      data: {
        id: "1",
        from: ANN,
        to: LINE,
        start_time: "2025-12-05 14:40:36 -0600",
        end_time: "2025-12-05 14:42:06 -0600",
        duration: 90,
        forwarded_from: null,
        has_recording: false,
      },
    },
  ]);
});

test("an event is as of when it happened, whatever changes before it is delivered", async () => {
  await call("POST", "/chats/1/chat_messages", { message: { text: "before" } });
  await call("POST", "/chats/1/chat_messages/2/edit", { text: "after" });
  expect(await delivered()).toMatchObject([{ data: { text: "before" } }]);
});

test("edits, deletions and deliveries are no events", async () => {
  await call("POST", "/chats/1/chat_messages", { message: { text: "Hi" } });
  await box.clock.advance(1000);
  await call("POST", "/chats/1/chat_messages/2/edit", { text: "Hi!" });
  await call("DELETE", "/chats/1/chat_messages/2");
  expect((await delivered()).map(({ event_type }) => event_type)).toEqual(["message.sent"]);
});
