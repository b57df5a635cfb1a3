import { apiClient } from "../testing/api-client";
import { ANN, LINE, smallWorld } from "../testing/worlds";

// Asserted here, too: A-404-others, A-error-wording.

/* What is told to clients that go on as in V2; beside each, what is nearly the same and right. */

const api = apiClient({ fixtures: smallWorld, clock: "2026-01-05T12:00:00Z" }, "v3");
const UUID = "3f1f2a80-25a5-4a39-a8e2-e32f4f4ab94c";
const parts = [{ type: "text", value: "Hi" }];
const people = { from: LINE, to: [ANN] };

type Sent = readonly [call: string, body?: object];

async function hintFor([call, body]: Sent): Promise<string | undefined> {
  const [method = "", path = ""] = call.split(" ");
  const json = body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  return (await api.send(method, path, json ?? {})).hint;
}

test.each<[habit: string, sent: Sent, hint: string]>([
  [
    "a number for a chat",
    ["GET /chats/46"],
    "46 is an id of V2; those of V3 are UUIDs. GET /api/partner/v2/chats/46/migrate_to_v3",
  ],
  ["a number for a message", ["GET /messages/46"], "46 is an id of V2; those of V3 are UUIDs."],
  ["find", ["GET /chats/find?phone_number=%2B12052761148"], "In V3 there is GET /v3/chats?from=<line>"],
  ["a flat text", ["POST /chats", { ...people, message: { text: "Hi" } }], "A text is a part in V3"],
  ["a text beside parts", ["POST /chats", { ...people, message: { parts, text: "Hi" } }], "A text is a part in V3"],
  ["a message that is a text", ["POST /messages", { to: [ANN], message: "Hi" }], "A text is a part in V3"],
  ["a text alone", [`POST /chats/${UUID}/messages`, { text: "Hi" }], "A text is a part in V3"],
  [
    "attachment_urls",
    ["POST /chats", { ...people, message: { attachment_urls: ["https://a.example/a.png"] } }],
    "A file is a part in V3",
  ],
  ["send_from", ["POST /chats", { send_from: LINE, to: [ANN], message: { parts } }], "send_from and phone_numbers are of V2"],
  [
    "chat.phone_numbers",
    ["POST /chats", { from: LINE, chat: { phone_numbers: [ANN] }, message: { parts } }],
    "send_from and phone_numbers are of V2",
  ],
  ["chat_id", ["POST /messages", { to: [ANN], chat_id: 46, message: { parts } }], "chat_id is not read"],
  ["phone_number", ["GET /chats?phone_number=%2B12052761148"], "V3 lists chats by from"],
  ["phone_numbers[]", ["GET /chats?phone_numbers%5B%5D=%2B12055550101"], "V3 lists chats by from"],
  ["page", ["GET /chats?page=2"], "page and per_page are of V2"],
  ["per_page", [`GET /chats/${UUID}/messages?per_page=5`], "page and per_page are of V2"],
  [
    "a wrapped subscription",
    ["POST /webhook-subscriptions", { webhook_subscription: { webhook_url: "http://127.0.0.1:9/" } }],
    "V3 has {",
  ],
  ["events", ["POST /webhook-subscriptions", { target_url: "http://127.0.0.1:9/", events: ["message.sent"] }], "V3 has {"],
  [
    "a path of V2",
    ["PUT /chats/46/mark_as_read"],
    "That is a path of V2 (Mark Chat as Read). In V3 there is POST /v3/chats/{chatId}/read.",
  ],
  ["another", [`POST /chats/${UUID}/chat_messages`, {}], "In V3 there is POST /v3/chats/{chatId}/messages"],
  ["contacts", ["GET /contacts"], "In V3 there is nothing: V3 has no contacts; stay with V2 for them."],
])("%s is told", async (_, sent, hint) => {
  expect(await hintFor(sent)).toContain(hint);
});

test.each<[what: string, sent: Sent]>([
  ["a UUID that nothing has", [`GET /chats/${UUID}`]],
  ["an id that is neither", ["GET /chats/chat-46"]],
  ["good parts", ["POST /chats", { ...people, message: { parts: [{ type: "text", value: "text: attachment_urls" }] } }]],
  ["a line for its card", ["GET /contact_card?phone_number=%2B12052761148"]],
  ["a page of a list that has none", ["GET /phone_numbers?page=1"]],
  ["a cursor", ["GET /chats?cursor=1&limit=1"]],
  [
    "a good subscription",
    ["POST /webhook-subscriptions", { target_url: "https://localhost:9/", subscribed_events: ["message.sent"] }],
  ],
  ["an edit by its text", [`PATCH /messages/${UUID}`, { text: "Hi" }]],
])("of %s nothing is said", async (_, sent) => {
  expect(await hintFor(sent)).toBeUndefined();
});

test.each([
  ["//v3/chats", "The base URL lacks /api/partner: http://127.0.0.1:PORT/api/partner"],
  ["//s/box/v3/chats", "The base URL lacks /api/partner: http://127.0.0.1:PORT/s/box/api/partner"],
  ["//api/v3/chats", "The base URL is http://127.0.0.1:PORT/api/partner: the paths have /v3 themselves."],
  ["/v3/chats", "The base URL is http://127.0.0.1:PORT/api/partner: the paths have /v3 themselves."],
])("of a base URL that makes %s of a path, the right one is told, in V3's envelope (A-v3-unknown-path)", async (path, hint) => {
  const { status, body, hint: told } = await api.get(path);
  expect([status, body.error?.code]).toEqual([404, 2001]);
  expect(told?.replace(/:\d{4,5}/, ":PORT")).toContain(hint);
});

test("a base URL that ends in V2's prefix, too, is told, in V2's envelope", async () => {
  const { body, hint } = await api.get("//api/partner/v2/v3/chats");
  expect(body.errors).toMatchObject([{ code: "not_found" }]);
  expect(hint).toMatch(/The base URL is http:\S+\/api\/partner: the paths have \/v3 themselves\.$/);
  expect((await api.get("//v2/chats")).hint).toContain("The base URL lacks /api/partner: ");
});

test("a path of neither version is told the nearest", async () => {
  expect(await hintFor(["GET /chatz"])).toContain("The nearest known: GET /chats");
});
