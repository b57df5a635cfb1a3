import { createHmac, timingSafeEqual } from "node:crypto";
import fc from "fast-check";
import { parseTimestamp } from "../timestamp";
import { type Api, apiOf, type Reaction, type Subscription } from "./api";
import { contactFields, strangers } from "./people";
import { type Delivery, type Receiver, startReceiver } from "./receiver";
import { startTarget, type Target } from "./target";

/* What must hold of subscriptions and of the events that they bring. */

jest.setTimeout(60_000);

const SECRET = "canary-7f3a91-never-shown";
const SIGNATURE = "x-webhook-signature";
const RUNS = { numRuns: 15 };

let target: Target;
let api: Api;
let receiver: Receiver;

beforeAll(async () => {
  target = await startTarget();
  api = apiOf(target);
});

beforeEach(async () => {
  receiver = await startReceiver();
});

afterEach(async () => {
  for (const { id, webhook_url } of await subscriptions())
    if (webhook_url.startsWith(receiver.url)) await api.call(204, "DELETE", `/webhook_subscriptions/${id}`);
  await receiver.stop();
});

afterAll(() => target.stop());

async function subscriptions(): Promise<Subscription[]> {
  const listed = await api.call<{ webhook_subscriptions: Subscription[] }>(200, "GET", "/webhook_subscriptions");
  return listed.webhook_subscriptions;
}

/** Subscribes the receiver, at a path of its own. */
async function subscribe(events: string[], { path = "", ...rest }: { path?: string; secret?: string } = {}): Promise<number> {
  const webhook_subscription = { webhook_url: `${receiver.url}${path}`, events, version: 2, ...rest };
  const created = await api.call<{ webhook_subscription: Subscription }>(201, "POST", "/webhook_subscriptions", {
    webhook_subscription,
  });
  return created.webhook_subscription.id;
}

/** Whether the signature is that of the bytes, compared in constant time. */
function isSigned({ headers, raw }: Pick<Delivery, "headers" | "raw">, secret: string): boolean {
  const [scheme, given] = String(headers[SIGNATURE]).split("=");
  const expected = createHmac("sha256", secret).update(raw).digest();
  const actual = Buffer.from(given ?? "", "hex");
  return scheme === "sha256" && actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** The data of a contact's event, or of whatever has an integer id. */
function isAbout(id: number): (delivery: Delivery) => boolean {
  return ({ event }) => (event.data as { id: unknown }).id === id;
}

/** A time with spaces, as some events have it, in ms since 1970: to the second. */
function parseSpaced(time: string): number {
  const [, day, clock, hours, minutes] = /^(\S{10}) (\S{8}) ([+-]\d\d)(\d\d)$/.exec(time) ?? [];
  return parseTimestamp(`${day}T${clock}${hours}:${minutes}`);
}

function toTheSecond(iso: string): number {
  return Math.floor(parseTimestamp(iso) / 1000) * 1000;
}

test("law 36: a secret is never returned", async () => {
  const subscription = { webhook_url: receiver.url, events: ["contact.created"], version: 2, secret: SECRET };
  const created = await api.request("POST", "/webhook_subscriptions", { webhook_subscription: subscription });
  expect(created.status).toBe(201);
  const { webhook_subscription } = created.body as { webhook_subscription: Subscription };
  expect(webhook_subscription.secret_configured).toBe(true);

  const path = `/webhook_subscriptions/${webhook_subscription.id}`;
  const answers = [
    created,
    await api.request("GET", "/webhook_subscriptions"),
    await api.request("PUT", path, { webhook_subscription: subscription }),
    await api.request("PUT", path, { webhook_subscription: { ...subscription, webhook_url: "ftp://example.com" } }),
    await api.request("PUT", path, { webhook_subscription: { ...subscription, events: "contact.created" } }),
    await api.request("PUT", path, subscription),
    await api.request("POST", "/webhook_subscriptions", { webhook_subscription: { ...subscription, webhook_url: "none" } }),
    await api.request("POST", "/webhook_subscriptions", { webhook_subscription: { ...subscription, secret: [SECRET] } }),
    await api.request("POST", "/webhook_subscriptions", subscription),
  ];
  const contact = await api.createContact({ first_name: "Ada" });
  const delivery = await receiver.delivery(isAbout(contact.id));
  answers.push(await api.request("GET", "/webhook_subscriptions"), await api.request("DELETE", `/contacts/${contact.id}`));
  answers.push(await api.request("DELETE", path), await api.request("DELETE", path));

  for (const { raw } of answers) expect(raw).not.toContain(SECRET);
  expect(isSigned(delivery, SECRET)).toBe(true); // it is the secret, all the same
  expect(JSON.stringify(delivery.headers) + delivery.raw.toString()).not.toContain(SECRET);
});

test("law 37: the signature verifies on the raw body", async () => {
  await subscribe(["contact.created"], { secret: SECRET });
  await fc.assert(
    fc.asyncProperty(contactFields, async (fields) => {
      const contact = await api.createContact(fields);
      const delivery = await receiver.delivery(isAbout(contact.id));
      expect(isSigned(delivery, SECRET)).toBe(true);
      expect(isSigned(delivery, `${SECRET}!`)).toBe(false);
      expect(isSigned({ ...delivery, raw: Buffer.concat([delivery.raw, Buffer.from(" ")]) }, SECRET)).toBe(false);
      await api.deleteContact(contact.id);
    }),
    RUNS,
  );
});

test("law 37, its other half: without a secret there is no signature", async () => {
  await subscribe(["contact.created"]);
  const contact = await api.createContact({ first_name: "Ada" });
  const { headers } = await receiver.delivery(isAbout(contact.id));
  expect(headers).not.toHaveProperty(SIGNATURE);
  await api.deleteContact(contact.id);
});

describe("law 38: an event agrees with REST", () => {
  test("about contacts", async () => {
    await subscribe(["contact.created", "contact.updated"]);
    await fc.assert(
      fc.asyncProperty(contactFields, contactFields, async (fields, changes) => {
        const contact = await api.createContact(fields);
        const created = await receiver.event("contact.created", ({ id }) => id === contact.id);
        expect(created.data).toEqual(await api.contact(contact.id));
        await api.call(200, "PATCH", `/contacts/${contact.id}`, { contact: changes });
        const updated = await receiver.event("contact.updated", ({ id }) => id === contact.id);
        expect(updated.data).toEqual(await api.contact(contact.id));
        await api.deleteContact(contact.id);
      }),
      RUNS,
    );
  });

  test("about messages, new chats, reactions and read receipts", async () => {
    await subscribe(["message.sent", "chat.created", "reaction.sent", "message.read"]);
    await fc.assert(
      fc.asyncProperty(strangers, async (participants) => {
        const isNew = (await api.find(target.line, participants)) === null;
        const { id, chat_messages } = await api.create(target.line, participants, { text: "Hé 🙂" });
        const [chat, message] = [await api.get(id), await api.message(id, chat_messages.id)];
        const members = chat.chat_handles.map(({ phone_number }) => phone_number).sort();
        const identifiers = (handles: readonly { identifier: string }[]): string[] => handles.map((h) => h.identifier).sort();

        const { data: sent } = await receiver.event("message.sent", (data) => data.id === String(message.id));
        const { text, is_read } = message;
        expect(sent).toMatchObject({
          chat_id: String(id),
          text,
          is_read,
          from_phone: message.sent_from,
          service: chat.service,
        });
        expect(parseSpaced(sent.sent_at)).toBe(toTheSecond(message.sent_at));
        expect(identifiers(sent.chat_handles)).toEqual(members);
        expect(sent.attachments).toEqual(message.attachments);

        if (isNew) {
          const { data: created } = await receiver.event("chat.created", (data) => data.id === String(id));
          const { display_name, service, group } = chat;
          expect(created).toMatchObject({ display_name, service, group });
          expect(identifiers(created.chat_handles)).toEqual(members);
        }

        const path = `/chat_messages/${message.id}/reactions`;
        const added = await api.call<{ data: Reaction }>(201, "POST", path, { type: "love", operation: "add" });
        const { data: reaction } = await api.call<{ data: Reaction }>(200, "GET", `/chat_message_reactions/${added.data.id}`);
        const { data: reacted } = await receiver.event("reaction.sent", (data) => data.id === String(reaction.id));
        expect(reacted).toMatchObject({ chat_id: String(id), chat_message_id: String(message.id), is_from_me: true });
        expect(reacted).toMatchObject({ reaction: reaction.reaction, chat_handle: { identifier: reaction.from_phone } });
        expect(parseSpaced(reacted.sent_at)).toBe(toTheSecond(reaction.sent_at));

        await api.call(204, "PUT", `/chats/${id}/mark_as_read`);
        const { data: read } = await receiver.event("message.read", (data) => data.id === String(message.id));
        expect(read.chat_id).toBe(String(id));
        expect(parseTimestamp(read.read_at)).toBeGreaterThanOrEqual(toTheSecond(message.sent_at));
      }),
      RUNS,
    );
  });
});

test("law 39: contact.deleted holds the id only", async () => {
  await subscribe(["contact.deleted"]);
  const contact = await api.createContact({ first_name: "Ada", email: "ada-of-law-39@example.com" });
  await api.deleteContact(contact.id);
  const { event } = await receiver.delivery(isAbout(contact.id));
  expect(event).toMatchObject({ event_type: "contact.deleted" });
  expect(event.data).toEqual({ id: contact.id });
});
