import { assumptionsIn } from "../../contracts/basis";
import { checkAnswer } from "../../contracts/check";
import { type OperationId, operations } from "../../contracts/generated/v2/operations";
import { findChatPath } from "../../contracts/operations";
import { examples } from "../../contracts/testing/documented-answers.json";
import { requireContract } from "../../contracts/testing/require-contract";
import type { FixtureDocument } from "../../fixtures/generated/fixture-document";
import { type MockServer, startMockServer } from "../server/start-mock-server";

// Asserted here, too: A-reaction-one, A-reaction-repeat, A-list-order, A-list-scope, A-create-existing, A-delivery,
// A-attachment-limit, A-linked-file-size, A-create-numbers, A-message-order, A-message-delete, A-edit-window, A-migrate,
// A-find-match, A-contact-empty, A-update-owner, A-availability-number, A-availability, A-forwarding-number, A-webhook-update.

/* The answers that the vendor documents: each obeys what is documented of the contract as it stands, and the mock's own is like it. */

const LINE = "+15559876543";
const JOHN = "+15551234567";
const EVENTS = ["message.sent", "message.received", "call.completed"] as const;
const HOOK = "https://webhook.example.com/linq";
const file = { filename: "document.pdf", mime_type: "application/pdf", file_size: 12345 };
const contact = {
  ...{ first_name: "John", last_name: "Doe", email: "john@example.com", phone_number: JOHN },
  ...{ company: "Acme Corp", title: "CEO", location: "San Francisco, CA" },
};
const message = { text: "An example", attachment_urls: ["https://files.example.com/document.pdf"] };
const creation = { send_from: LINE, chat: { phone_numbers: [JOHN] }, message };
const subscription = { webhook_subscription: { webhook_url: HOOK, version: 2, events: EVENTS, secret: "s" } };

const world: FixtureDocument = {
  version: 1,
  users: [{ id: 456, name: "Jane Owner", email: "jane@company.com" }],
  lines: [{ id: 99, phone_number: LINE, response_rate: 75 }],
  foreign_line_ids: [7],
  contacts: [{ id: 123, ...contact }],
  chats: [
    {
      id: 45,
      line: LINE,
      participants: [{ id: 123, phone_number: JOHN }],
      messages: [
        {
          id: 224,
          from: JOHN,
          text: "An example",
          edited_at: "2025-05-21T15:31:00.789-05:00",
          attachments: [file],
          reactions: [{ me: "love" }],
        },
        { id: 225, from: LINE, text: "An example" },
      ],
    },
    { id: 12345, line: LINE, participants: ["+15551234568"], migratable: false },
  ],
  webhook_subscriptions: [
    {
      id: 123,
      webhook_url: HOOK,
      events: [...EVENTS],
      secret: "s",
      last_delivered_at: "2024-01-15T10:30:00Z",
      delivery_attempts: 42,
    },
  ],
};

/** How a request gets such an answer: its path, its body, and what else it takes. */
interface Situation {
  readonly path: string;
  readonly body?: object;
  readonly withoutToken?: true;
  /** The server fails. */
  readonly fails?: true;
}

/** By operation and status, and by what tells answers of one status apart. */
const situations: Readonly<Record<string, Situation>> = {
  "getReaction 200": { path: "/chat_message_reactions/1" },
  "createReaction 201": { path: "/chat_messages/224/reactions", body: { type: "like", operation: "add" } },
  "listChats 200": { path: `/chats?phone_number=${encodeURIComponent(JOHN)}` },
  "listChats 401": { path: `/chats?phone_number=${encodeURIComponent(JOHN)}`, withoutToken: true },
  "createChat 200": { path: "/chats", body: creation },
  "createChat 400": { path: "/chats", body: { ...creation, send_from: undefined } },
  "createChat 422": { path: "/chats", body: { ...creation, chat: { phone_numbers: [] } } },
  "getChat 200": { path: "/chats/45" },
  "getChat 404": { path: "/chats/1" },
  "listMessages 200": { path: "/chats/45/chat_messages" },
  "sendMessage 201": { path: "/chats/45/chat_messages", body: { message } },
  "deleteMessage 200": { path: "/chats/45/chat_messages/225" },
  "getMessage 200": { path: "/chats/45/chat_messages/224" },
  "editMessage 200": { path: "/chats/45/chat_messages/225/edit", body: { text: "An example" } },
  "markChatAsRead 404": { path: "/chats/1/mark_as_read" },
  "migrateChat 200": { path: "/chats/45/migrate_to_v3" },
  "migrateChat 404": { path: "/chats/1/migrate_to_v3" },
  "migrateChat 422": { path: "/chats/12345/migrate_to_v3" },
  "shareContact 404": { path: "/chats/1/share_contact" },
  "startTyping 404": { path: "/chats/1/start_typing" },
  "stopTyping 404": { path: "/chats/1/stop_typing" },
  "findChat 200": { path: findChatPath(LINE, [JOHN]) },
  "findChat 200, nothing": { path: findChatPath(LINE, [JOHN, "+15551234568"]) },
  "listContacts 200": { path: "/contacts" },
  "listContacts 500, INTERNAL_ERROR": { path: "/contacts", fails: true },
  "createContact 201": { path: "/contacts", body: { contact } },
  "createContact 422, VALIDATION_ERROR": { path: "/contacts", body: { contact: { company: "Acme Corp" } } },
  "createContact 422, USER_NOT_FOUND": { path: "/contacts", body: { contact, user_email: "owner@company.com" } },
  "findContact 200": { path: "/contacts/find?email=john@example.com" },
  "findContact 200, nothing": { path: "/contacts/find?email=jane@example.com" },
  "findContact 400, MISSING_SEARCH_PARAMS": { path: "/contacts/find" },
  "findContact 422, INVALID_EMAIL_FORMAT": { path: "/contacts/find?email=john" },
  "findContact 422, INVALID_PHONE_FORMAT": { path: "/contacts/find?phone_number=john" },
  "findContact 500, INTERNAL_ERROR": { path: "/contacts/find?email=john@example.com", fails: true },
  "deleteContact 404, CONTACT_NOT_FOUND": { path: "/contacts/1" },
  "getContact 200": { path: "/contacts/123" },
  "getContact 404, CONTACT_NOT_FOUND": { path: "/contacts/1" },
  "patchContact 200": { path: "/contacts/123", body: { contact } },
  "patchContact 404, CONTACT_NOT_FOUND": { path: "/contacts/1", body: { contact } },
  "updateContact 200": { path: "/contacts/123", body: { contact } },
  "updateContact 404, CONTACT_NOT_FOUND": { path: "/contacts/1", body: { contact } },
  "checkIMessageAvailability 200": { path: "/i_message_availability/check", body: { phone_number: JOHN } },
  "listPhoneNumbers 200": { path: "/phone_numbers" },
  "updatePhoneNumber 200": { path: "/phone_numbers/99", body: { forwarding_number: null } },
  "updatePhoneNumber 403": { path: "/phone_numbers/7", body: { forwarding_number: null } },
  "updatePhoneNumber 422": { path: "/phone_numbers/99", body: { forwarding_number: "none" } },
  "listWebhookSubscriptions 200": { path: "/webhook_subscriptions" },
  "createWebhookSubscription 201": { path: "/webhook_subscriptions", body: subscription },
  "updateWebhookSubscription 200": { path: "/webhook_subscriptions/123", body: subscription },
};

/** What an answer may hold as null that the documents show with a value, and the other way round. */
const NULLABLE = ["delivered_at", "edited_at", "image_url", "forwarding_number", "last_delivered_at"];
/** In the vendor's schema, and in none of its answers. */
const BEYOND = ["/webhook_subscription/created_at", "/webhook_subscription/updated_at"];

const cases = (examples as readonly { operation: string; status: number; body: object }[]).map(
  ({ operation, status, body }) => {
    const { error_code: code } = body as { error_code?: string };
    const isNothing =
      JSON.stringify(body).startsWith('{"contact":null') || JSON.stringify(body).startsWith('{"data":{"chat":null');
    const name = [`${operation} ${status}`, code ?? (isNothing ? "nothing" : [])].flat().join(", ");
    return { name, operation: operation as OperationId, status, body };
  },
);

/** The fields of a value, each with its type; the entries of a list are as one. */
function shapeOf(value: unknown, pointer = ""): Record<string, string> {
  if (Array.isArray(value))
    return value.length === 0 ? {} : Object.assign({}, ...value.map((one) => shapeOf(one, `${pointer}/*`)));
  const isLeaf = typeof value !== "object" || value === null;
  if (isLeaf)
    return {
      [pointer]: NULLABLE.some((name) => pointer.endsWith(`/${name}`)) ? "nullable" : value === null ? "null" : typeof value,
    };
  return Object.assign({}, ...Object.entries(value).map(([name, inner]) => shapeOf(inner, `${pointer}/${name}`)));
}

let mock: MockServer;
beforeAll(async () => {
  mock = await startMockServer({ fixtures: world });
});
afterAll(() => mock.stop());

test("each of the 49 has its situation", () => {
  expect(cases).toHaveLength(49);
  expect(cases.map(({ name }) => name).sort()).toEqual(Object.keys(situations).sort());
});

test.each(cases)("$name as documented breaks nothing that is documented", ({ operation, status, body }) => {
  const broken = checkAnswer(operation, { status, body }, operations[operation].method);
  expect(broken.filter(({ basis }) => assumptionsIn(basis).length === 0)).toEqual([]);
});

test.each(cases)("the mock's $name is as the documented one", async ({ name, operation, status, body }) => {
  const { path, body: sent, withoutToken, fails } = situations[name] as Situation;
  const box = await mock.sandbox();
  if (fails) await box.faults.arm({ fault: "status", status: 500 });
  const { method } = operations[operation];
  const headers = { ...(!withoutToken && { "X-LINQ-INTEGRATION-TOKEN": "any" }), "Content-Type": "application/json" };
  const init = { method, headers, ...(sent && { body: JSON.stringify(sent) }) };
  const response = await fetch(`${box.url}/api/partner/v2${path}`, init);
  const answered = (await response.json()) as object;
  expect(response.status).toBe(status);
  requireContract(method, path, status, answered);
  if (status >= 400) return expect(answered).toEqual(body);
  if ("message" in body) expect(answered).toMatchObject({ message: body.message });
  const shown = shapeOf(answered);
  for (const pointer of Object.keys(shown)) {
    if (BEYOND.some((beyond) => pointer.replace(/s\/\*/, "").endsWith(beyond))) delete shown[pointer];
  }
  const expected = shapeOf(body);
  if (operation === "sendMessage")
    for (const pointer of Object.keys(expected)) if (pointer.includes("/reactions/")) delete expected[pointer];
  expect(shown).toEqual(expected);
});

const firstRefusals = cases.filter(
  ({ operation, status }, i) =>
    status >= 400 && cases.findIndex((other) => other.operation === operation && other.status === status) === i,
);

test.each(firstRefusals)(
  "a fault answers $operation $status as documented, the first where there are several",
  async ({ name, operation, status, body }) => {
    const { path } = situations[name] as Situation;
    const box = await mock.sandbox();
    await box.faults.arm({ fault: "status", status });
    const { method } = operations[operation];
    const response = await fetch(`${box.url}/api/partner/v2${path}`, {
      method,
      headers: { "X-LINQ-INTEGRATION-TOKEN": "any" },
    });
    expect([response.status, await response.json()]).toEqual([status, body]);
  },
);
