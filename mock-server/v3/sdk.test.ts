import LinqAPIV3 from "@linqapp/sdk";
import { type MockServer, startMockServer } from "../index";
import { ANN, BEN, LINE, OTHER_LINE, STRANGER, smallWorld } from "../testing/worlds";

// Asserted here, too: A-v3-capability-scope, A-v3-chat-order, A-v3-idem-scope, A-v3-available-number, A-v3-target-http, A-v3-put-chat-status, A-v3-typing-group, A-v3-leave-status, A-v3-code-choice, A-v3-message-order,
// A-v3-contact-card-delete, A-v3-contact-card-status, A-v3-linked-file, A-v3-deleted-file, A-v3-card-at-once, A-v3-reaction-one.

/* The vendor's own client, as its documentation has it, at the mock. */

const text = (value: string) => ({ parts: [{ type: "text" as const, value }] });
const friends = ["+12055550111", "+12055550112", "+12055550113"];

let mock: MockServer;
let client: LinqAPIV3;
beforeAll(async () => {
  mock = await startMockServer({ fixtures: smallWorld });
  client = new LinqAPIV3({ apiKey: "any-token", baseURL: `${mock.url}/api/partner` });
});
beforeEach(() => mock.reset());
afterAll(() => mock.stop());

async function newChat(to: string[] = [ANN], value = "Hello") {
  const { chat } = await client.chats.create({ from: LINE, to, message: text(value) });
  return chat;
}

test("chats: create, retrieve, list by the iterator, update, participants, read, typing, leave", async () => {
  const chat = await newChat(friends);
  expect(chat).toMatchObject({ is_group: true, service: "iMessage", message: { delivery_status: "pending" } });
  expect((await client.chats.retrieve(chat.id)).id).toBe(chat.id);
  const listed: string[] = [];
  for await (const one of client.chats.listChats({ limit: 2 })) listed.push(one.id);
  expect(listed).toHaveLength(6);
  expect(listed[0]).toBe(chat.id);
  expect(await client.chats.update(chat.id, { display_name: "Trip" })).toEqual({ chat_id: chat.id, status: "pending" });
  expect(await client.chats.participants.add(chat.id, { handle: STRANGER })).toMatchObject({ status: "accepted" });
  expect(await client.chats.participants.remove(chat.id, { handle: STRANGER })).toMatchObject({ status: "accepted" });
  await client.chats.markAsRead(chat.id);
  await client.chats.typing.start(chat.id);
  await client.chats.typing.stop(chat.id);
  expect(await client.chats.leaveChat(chat.id)).toMatchObject({ status: "accepted" });
});

test("messages: send, create without a line, retrieve, list by the iterator, edit, react, thread, delete", async () => {
  const chat = await newChat();
  const sent = await client.chats.messages.send(chat.id, {
    message: { ...text("A reply"), reply_to: { message_id: chat.message.id }, effect: { type: "screen", name: "confetti" } },
  });
  expect(sent.chat_id).toBe(chat.id);
  const auto = await client.messages.create({ to: [ANN], message: text("Wherever"), "Idempotency-Key": "once" });
  expect(auto).toMatchObject({ chat_id: chat.id, from: LINE, created_new_chat: false });
  expect((await client.messages.create({ to: [ANN], message: text("Again"), "Idempotency-Key": "once" })).message.id).toBe(
    auto.message.id,
  );
  const values: unknown[] = [];
  for await (const one of client.chats.messages.list(chat.id, { limit: 2 })) {
    values.push(one.parts?.flatMap((part) => ("value" in part ? [part.value] : []))[0]);
  }
  expect(values).toEqual(["Wherever", "A reply", "Hello", "Hello"]);
  const edited = await client.messages.update(chat.message.id, { text: "Hello there", part_index: 0 });
  expect(edited.parts).toMatchObject([{ value: "Hello there" }]);
  expect(await client.messages.addReaction(sent.message.id, { operation: "add", type: "love" })).toMatchObject({
    status: "accepted",
  });
  expect((await client.messages.retrieve(sent.message.id)).parts).toMatchObject([
    { reactions: [{ type: "love", is_me: true }] },
  ]);
  const thread: string[] = [];
  for await (const one of client.messages.listMessagesThread(sent.message.id)) thread.push(one.id);
  expect(thread).toEqual([chat.message.id, sent.message.id]);
  await client.messages.delete(sent.message.id);
  await expect(client.messages.retrieve(sent.message.id)).rejects.toBeInstanceOf(LinqAPIV3.NotFoundError);
});

test("attachments: announced, uploaded, sent, read, deleted", async () => {
  const bytes = Buffer.from("%PDF-1.4 the plan");
  const announced = await client.attachments.create({
    filename: "plan.pdf",
    content_type: "application/pdf",
    size_bytes: bytes.length,
  });
  const message = { parts: [{ type: "media" as const, attachment_id: announced.attachment_id }] };
  await expect(client.chats.create({ from: LINE, to: [ANN], message })).rejects.toMatchObject({
    status: 404,
    error: { error: { code: 2007 } },
  });
  const put = await fetch(announced.upload_url, { method: "PUT", headers: announced.required_headers, body: bytes });
  expect(put.status).toBe(200);
  const { chat } = await client.chats.create({ from: LINE, to: [ANN], message });
  expect(chat.message.parts).toMatchObject([
    { type: "media", id: announced.attachment_id, filename: "plan.pdf", size_bytes: bytes.length },
  ]);
  expect(await client.attachments.retrieve(announced.attachment_id)).toMatchObject({
    filename: "plan.pdf",
    status: "complete",
  });
  expect(Buffer.from(await (await fetch(announced.download_url)).arrayBuffer())).toEqual(bytes);
  await client.attachments.delete(announced.attachment_id);
  await expect(client.attachments.retrieve(announced.attachment_id)).rejects.toMatchObject({ status: 404 });
});

test("a voice memo, contact cards, capability and phone numbers", async () => {
  const chat = await newChat();
  const { voice_memo } = await client.chats.sendVoicememo(chat.id, { voice_memo_url: "https://example.com/memo.m4a" });
  expect(voice_memo).toMatchObject({ from: LINE, to: [ANN], status: "queued" });
  await client.delete("/v3/contact_card", { query: { phone_number: LINE } }); // a line of a fixture has one
  const card = await client.contactCard.create({ phone_number: LINE, first_name: "Nora" });
  expect(card).toMatchObject({ first_name: "Nora", is_active: true });
  expect(await client.contactCard.update({ phone_number: LINE, last_name: "Field" })).toMatchObject({
    first_name: "Nora",
    last_name: "Field",
  });
  expect((await client.contactCard.retrieve({ phone_number: LINE })).contact_cards).toHaveLength(1);
  await client.chats.shareContactCard(chat.id);
  expect(await client.capability.checkIMessage({ address: ANN })).toMatchObject({ address: ANN, available: true });
  await (await mock.sandbox("default")).clock.advance(10_000); // what is checked next is within the limit
  expect(await client.capability.checkRCS({ address: BEN })).toMatchObject({ address: BEN });
  const { phone_numbers } = await client.phoneNumbers.list();
  expect(phone_numbers.map(({ phone_number }) => phone_number)).toEqual([LINE, OTHER_LINE]);
  expect((await client.phonenumbers.list()).phone_numbers).toHaveLength(2);
  const [first] = phone_numbers;
  expect(await client.phoneNumbers.update(first?.id ?? "", { forwarding_number: STRANGER })).toMatchObject({
    forwarding_number: STRANGER,
  });
  expect(await client.availableNumber.retrieve()).toMatchObject({ phone_number: expect.stringMatching(/^\+1/) });
});

test("webhook subscriptions and the names of events", async () => {
  const { events } = await client.webhookEvents.list();
  expect(events).toContain("message.received");
  const created = await client.webhookSubscriptions.create({
    target_url: "http://localhost:1/hook",
    subscribed_events: ["message.received"],
  });
  expect(created.signing_secret).toMatch(/^whsec_/);
  expect((await client.webhookSubscriptions.list()).subscriptions).toHaveLength(1);
  expect(await client.webhookSubscriptions.retrieve(created.id)).not.toHaveProperty("signing_secret");
  expect(await client.webhookSubscriptions.update(created.id, { is_active: false })).toMatchObject({ is_active: false });
  await client.webhookSubscriptions.delete(created.id);
  await expect(client.webhookSubscriptions.retrieve(created.id)).rejects.toBeInstanceOf(LinqAPIV3.NotFoundError);
});

test("errors are of the client's classes", async () => {
  const nobody = "550e8400-e29b-41d4-a716-446655440000";
  await expect(client.chats.retrieve(nobody)).rejects.toBeInstanceOf(LinqAPIV3.NotFoundError);
  await expect(client.chats.retrieve("46")).rejects.toBeInstanceOf(LinqAPIV3.BadRequestError);
  await expect(client.chats.create({ from: STRANGER, to: [ANN], message: text("Hi") })).rejects.toBeInstanceOf(
    LinqAPIV3.PermissionDeniedError,
  );
  const direct = await newChat();
  await expect(client.chats.update(direct.id, { display_name: "No" })).rejects.toBeInstanceOf(LinqAPIV3.ConflictError);
  const closed = new LinqAPIV3({
    apiKey: "other",
    baseURL: `${mock.url}/api/partner`,
    defaultHeaders: { Authorization: null },
  });
  await expect(closed.phoneNumbers.list()).rejects.toBeInstanceOf(LinqAPIV3.AuthenticationError);
});

test("the client tries again after a 429 and a 5xx, as long as it was told to wait", async () => {
  await fetch(`${mock.url}/__mock/faults`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ fault: "status", status: 503, first: 1 }),
  });
  expect((await client.phoneNumbers.list()).phone_numbers).toHaveLength(2);
});
