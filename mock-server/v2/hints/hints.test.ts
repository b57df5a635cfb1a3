import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { httpHints } from "../../server/http-hints";
import { apiClient } from "../../testing/api-client";
import { ANN, LINE, OTHER_LINE, smallWorld } from "../../testing/worlds";
import { hints } from "./texts";

/* What people are told of mistakes that clients make; beside each, what is nearly the same and is none. */

const api = apiClient({ fixtures: smallWorld, clock: "2025-12-05T14:40:00-06:00", rateLimits: false });
const fresh = (options = {}) => apiClient({ fixtures: smallWorld, clock: "2025-12-05T14:40:00-06:00", ...options });
const MESSAGES = "/chats/1/chat_messages";
const URL = "http://127.0.0.1:9/hook";
const reaction = (body: object) => ({ method: "POST", path: "/chat_messages/1/reactions", body });
const send = (message: unknown) => ({ method: "POST", path: MESSAGES, body: { message } });
const create = (...phone_numbers: string[]) => ({
  method: "POST",
  path: "/chats",
  body: { send_from: LINE, chat: { phone_numbers }, message: { text: "Hi" } },
});
const subscribe = (...events: string[]) => ({
  method: "POST",
  path: "/webhook_subscriptions",
  body: { webhook_subscription: { webhook_url: URL, version: 2, events } },
});
const hooked = (webhook_url: string) => ({
  ...subscribe(),
  body: { webhook_subscription: { webhook_url, version: 2, events: ["message.sent"] } },
});
const get = (path: string, headers: Record<string, string> = {}) => ({ method: "GET", path, headers });

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

async function hintFor({ method, path, body, headers = {} }: Sent, client = api): Promise<string | undefined> {
  const json = body === undefined ? {} : { "Content-Type": "application/json" };
  const given = body === undefined ? {} : { body: JSON.stringify(body) };
  return (await client.send(method, path, { ...given, headers: { ...json, ...headers } })).hint;
}

test.each<[mistake: string, sent: Sent, hint: string]>([
  [
    "a line that is none",
    get("/chats?phone_number=%2B12055559999"),
    `+12055559999 is none of your lines (${LINE}, ${OTHER_LINE}), and nobody in a chat has it.`,
  ],
  [
    "the id of a line that is none",
    { method: "PUT", path: "/phone_numbers/999", body: { forwarding_number: null } },
    "GET /api/partner/v2/phone_numbers lists your lines, with their ids.",
  ],
  ["limit", get("/contacts?limit=5"), "limit is not read; did you mean per_page?"],
  ["page_size", get(`${MESSAGES}?page_size=5`), "page_size is not read; did you mean per_page?"],
  ["pageSize", get(`${MESSAGES}?pageSize=5`), "pageSize is not read; did you mean per_page?"],
  ["order", get(`${MESSAGES}?order=desc`), "order is not read; did you mean sort?"],
  ["sort_by", get(`${MESSAGES}?sort_by=desc`), "sort_by is not read; did you mean sort?"],
  ["since", get(`${MESSAGES}?since=2025-01-01T00:00:00Z`), "since is not read; did you mean after?"],
  ["offset", get("/contacts?offset=5"), "offset is not read; did you mean page?"],
  ["per_page over 100", get("/contacts?per_page=101"), "per_page is at most 100, and was taken for 100."],
  ["a body's field in the query", { ...send({ text: "Hi" }), path: `${MESSAGES}?text=Hi` }, "text is read in the body only."],

  ["{reaction: heart}", reaction({ reaction: "heart" }), "reaction is not read; did you mean type?"],
  ["a reaction that is wrapped", reaction({ reaction: { type: "love" } }), "type is read at the top level only."],
  ["heart", reaction({ reaction: "heart" }), 'The reaction heart is called love: {"type": "love", "operation": "add"}.'],
  ["thumbs_up", reaction({ type: "thumbs_up", operation: "add" }), "The reaction thumbs_up is called like"],
  ["an emoji", reaction({ type: "😂", operation: "add" }), "is called laugh"],
  ["a typo", reaction({ type: "emphasise", operation: "add" }), "The reaction emphasise is called emphasize"],

  ["attachment_urls without text", send({ attachment_urls: ["http://a.test/a.png"] }), "text is required beside files, too"],
  ["a message that is a text", send("Hi"), 'message is an object: {"message": {"text": "..."}}.'],
  [
    "a list that is a text",
    send({ text: "Hi", attachment_urls: "http://a.test/a" }),
    "message.attachment_urls is a list, also of one",
  ],
  ["one recipient", { ...create(), body: { ...create().body, chat: { phone_numbers: ANN } } }, "chat.phone_numbers is a list"],
  [
    "a flat message",
    { method: "POST", path: MESSAGES, body: { text: "Hi", attachment_urls: [] } },
    "text and attachment_urls are read inside of message only.",
  ],
  [
    "a flat contact",
    { method: "POST", path: "/contacts", body: { first_name: "Cay", email: "cay@example.com" } },
    "first_name and email are read inside of contact only.",
  ],
  [
    "from alone",
    { ...create(), body: { ...create(ANN).body, send_from: undefined, from: LINE } },
    "from is not read; did you mean send_from?",
  ],
  ["to and from", { ...create(), body: { to: ANN, from: LINE, body: "Hi" } }, "Create Chat takes"],

  [
    "message.delivered",
    subscribe("message.delivered"),
    "There is no event message.delivered: that a message was delivered is in its delivery_status",
  ],
  ["an event's typo", subscribe("message.recieved"), "There is no event message.recieved: did you mean message.received?"],
  ["*", subscribe("*"), "There is no event *: events are named one by one."],

  ["no line to find by", get("/chats/find?phone_numbers%5B%5D=%2B12055550101"), `phone_number is your own line: ${LINE}`],
  [
    "participants joined by commas",
    get("/chats/find?phone_numbers%5B%5D=%2B12055550101,%2B12055550102"),
    "The participants go into phone_numbers[], each in one of its own, without commas.",
  ],
  [
    "a chat that is not there",
    get("/chats/999"),
    "GET /api/partner/v2/chats?phone_number=%2B12052761148 lists the chats of a line.",
  ],
  [
    "a chat to send to that is not there",
    { ...send({ text: "Hi" }), path: "/chats/999/chat_messages" },
    "lists the chats of a line.",
  ],
  ["a double slash", get("/chats//1"), "The path has a double slash; did you mean /api/partner/v2/chats/1?"],
  [
    "the prefix twice",
    get("/api/partner/v2/chats/1"),
    "The path has /api/partner/v2 twice: the base URL ends with it already.",
  ],

  [
    "a text without its colon",
    send({ text: "linq-mock undeliverable" }),
    "Did you mean the magic text linq-mock: undeliverable?",
  ],
  ["a text with another separator", send({ text: "Linq Mock - pending" }), "Did you mean the magic text linq-mock: pending?"],
  ["a number one off", create("+15005550107"), "+15005550107 is no magic number; there are +15005550101"],
  ["a number with a slip", create("+15005560101"), "+15005560101 is no magic number"],
  [
    "a number one off, checked",
    { method: "POST", path: "/i_message_availability/check", body: { phone_number: "+15005550100" } },
    "+15005550100 is no magic number",
  ],

  ...[
    ["https://x.co/ä b.pdf", "https://x.co/%C3%A4%20b.pdf"],
    ["https://bücher.example/a.pdf", "https://xn--bcher-kva.example/a.pdf"],
    ["https://x.co/|[1]%zz%20?a[]", "https://x.co/%7C%5B1%5D%25zz%20?a%5B%5D"],
  ].map(([url = "", correct]): [string, Sent, string] => [
    url,
    send({ text: "", attachment_urls: ["https://x.co/a.pdf", url] }),
    `What a URL cannot hold is percent-encoded, and a name of a host is in punycode: ${correct}.`,
  ]),
  ["a host without a scheme", hooked("localhost:3000/hook"), "A URL begins with its scheme: http://localhost:3000/hook"],
  ["another", hooked("app.example.com/hook"), "A URL begins with its scheme: https://app.example.com/hook"],
  ["slashes without a scheme", hooked("//app.example.com"), "A URL begins with its scheme: https://app.example.com"],
  ["a service without a scheme", hooked("web:8080/hook"), "A URL begins with its scheme: http://web:8080/hook"],
  ["an address without a scheme", hooked("127.0.0.1:9"), "A URL begins with its scheme: http://127.0.0.1:9"],

  [
    "JSON that was stringified twice",
    { ...send(""), body: JSON.stringify(send({ text: "Hi" }).body) },
    "it was stringified twice.",
  ],
  ["a contact, too", { ...send(""), path: "/contacts", body: '{"contact": {}}' }, "it was stringified twice."],
  ["a list of bodies", { ...send(""), body: [send({ text: "Hi" }).body] }, "The body is one object, not a list."],
  ["a text that was an object", send({ text: "[object Object]" }), "The text is [object Object]"],

  [
    "a Prefer that another tool reads",
    get("/chats/1", { Prefer: "status=404" }),
    "Prefer: status=404 is not read; write code=404.",
  ],
  ["statusCode", get("/chats/1", { Prefer: "wait=5, statusCode=404" }), "Prefer: statuscode=404 is not read; write code=404."],
  ["cod", get("/chats/1", { Prefer: "cod=404" }), "Prefer: cod=404 is not read; write code=404."],
  ["exampel", get("/chats/1", { Prefer: "exampel=group" }), "Prefer: exampel=group is not read; write example=group."],
  ["a status alone", get("/chats/1", { Prefer: "404" }), "Prefer: 404 is not read; write code=404."],

  ...["X-LINQ-TOKEN", "X-Api-Key", "X-Linq-Integration-Key", "X-Auth-Token", "Api-Key"].map((name): [string, Sent, string] => [
    `the token in ${name}`,
    get("/chats/1", { "X-LINQ-INTEGRATION-TOKEN": "", [name]: "t" }),
    `${name.toLowerCase()} is not read: the token goes into the header X-LINQ-INTEGRATION-TOKEN.`,
  ]),
  [
    "the token as Authorization",
    get("/chats/1", { "X-LINQ-INTEGRATION-TOKEN": "", Authorization: "Token t" }),
    "authorization is not read: the token goes into the header",
  ],

  [
    "an Idempotency-Key",
    { ...send({ text: "Hi" }), headers: { "Idempotency-Key": "k" } },
    "Idempotency-Key is not read; the key of a message is the field",
  ],
  [
    "an Idempotency-Key of a contact",
    { method: "POST", path: "/contacts", body: { contact: { first_name: "Cay" } }, headers: { "Idempotency-Key": "k" } },
    "Idempotency-Key is not read; V2 knows keys of messages alone.",
  ],
  ...[
    "undefined",
    "null",
    "None",
    "your_token_here",
    "YOUR-API-TOKEN",
    "<token>",
    "$LINQ_TOKEN",
    "{{token}}",
    "[object Object]",
  ].map((token): [string, Sent, string] => [
    `the token ${token}`,
    get("/chats/1", { "X-LINQ-INTEGRATION-TOKEN": token }),
    `The token is ${JSON.stringify(token)}: it looks as if it was never filled in.`,
  ]),

  [
    "an id of V3",
    get("/chats/3f1f2a80-25a5-4a39-a8e2-e32f4f4ab94c"),
    "That is an id of V3; those of V2 are positive integers.",
  ],
  [
    "a path of V3",
    { method: "POST", path: "/messages", body: {} },
    "In V3 the path is /api/partner/v3/messages (Send without naming a line; the platform picks line and chat).",
  ],
  [
    "a longer path of V3",
    get("/chats/3f1f2a80-25a5-4a39-a8e2-e32f4f4ab94c/messages"),
    "In V3 the path is /api/partner/v3/chats/3f1f2a80-25a5",
  ],
  ["a path of V3 with an id of V2", get("/chats/1/messages"), "The nearest known: GET /chats/{chat_id}/chat_messages"],
  ["parts of V3", send({ parts: [{ type: "text", value: "Hi" }] }), "parts are of V3; V2 has"],
  ["a cursor", get("/contacts?cursor=abc"), "cursor is not read; did you mean page?"],
  [
    "from and to of V3",
    { ...create(), body: { from: LINE, to: [ANN], message: { text: "Hi" } } },
    'Create Chat takes {"send_from": "+1...", "chat": {"phone_numbers": ["+1..."]}, "message": {"text": "..."}}',
  ],
])("%s is told", async (_, sent, hint) => {
  expect(await hintFor(sent)).toContain(hint);
});

test.each<[what: string, sent: Sent]>([
  ["a bearer token beside the header of V2", get("/chats/1", { Authorization: "Bearer t" })],
  ["a text about parts", send({ text: '{"parts": [{"type": "text", "value": "Hi"}]}' })],
  ["a contact that is no more", get("/contacts/999")],
  ["a message that is no more", get("/chats/1/chat_messages/999")],
  ["per_page of 100", get("/contacts?per_page=100")],
  ["a good reaction", reaction({ type: "love", operation: "add" })],
  ["an empty text beside files", send({ text: "", attachment_urls: ["http://a.test/a.png"] })],
  ["a text about the mock", send({ text: "linq-mock is great" })],
  ["the name of the mock", send({ text: "linq-mock" })],
  ["a magic word alone", send({ text: "slow" })],
  ["a magic word in a sentence", send({ text: "linq-mock undeliverable messages are odd" })],
  ["a number of the neighbourhood", create("+15015550101")],
  ["a number two off", create("+15105560101")],
  ["one more event", subscribe("message.received", "message.read")],
  ["an empty parameter", get("/chats/1?")],
  ["a Prefer for something else", get("/chats/1", { Prefer: "respond-async, wait=404, return=minimal, status=open" })],
  ["another URL that cannot be", hooked("ftp://app.example.com/hook")],
  ["a path for a URL", hooked("/hook")],
  ["a word for a URL", hooked("hook")],
  ["a body that is a text", { ...send(""), body: "Hi" }],
  ["an empty list as a body", { ...send(""), body: [] }],
  ["a text about objects", send({ text: "What is [object Object]?" })],
  ...["test", "any-token", "undefined-2", "None-such", "nullable", "your", "token"].map((token): [string, Sent] => [
    `the token ${token}`,
    get("/chats/1", { "X-LINQ-INTEGRATION-TOKEN": token }),
  ]),
  ["somebody who is in a chat", get(`/chats?phone_number=${encodeURIComponent(ANN)}`)],
  ["a line of its own", get(`/chats?phone_number=${encodeURIComponent(LINE)}`)],
])("of %s nothing is said", async (_, sent) => {
  expect(await hintFor(sent, fresh({ rateLimits: false }))).toBeUndefined();
});

test("a token that was never filled in is told where it is refused, too", async () => {
  const client = fresh({ tokens: ["secret"] });
  const hint = await hintFor(get("/chats/1", { "X-LINQ-INTEGRATION-TOKEN": "undefined" }), client);
  expect(hint).toContain('The token is "undefined"');
  expect(await hintFor(get("/chats/1", { "X-LINQ-INTEGRATION-TOKEN": "secret" }), client)).toBeUndefined();
});

test.each(["X-CSRF-Token", "Idempotency-Key", "X-Request-Id", "X-Amz-Security-Token"])(
  "%s is no token in another header",
  async (name) => {
    const sent = get("/chats/1", { "X-LINQ-INTEGRATION-TOKEN": "", [name]: "t" });
    expect(await hintFor(sent)).toBe("Send your integration token in the header X-LINQ-INTEGRATION-TOKEN. The mock takes any.");
  },
);

test("a second subscription that gets the same events is told; one of other events, or that rests, is not", async () => {
  const client = fresh();
  const events = (...names: string[]) => hintFor(subscribe(...names), client);
  expect(await events("message.sent")).toBeUndefined();
  expect(await events("message.received")).toBeUndefined();
  expect(await events("message.sent", "message.read")).toBe(
    "Subscription 1 has the same webhook_url and events of these, which will come twice.",
  );
  const { body, ...others } = subscribe("message.sent");
  const resting = { webhook_subscription: { ...body.webhook_subscription, active: false } };
  expect(await hintFor({ ...others, body: resting }, client)).toBeUndefined();
  const elsewhere = { webhook_subscription: { ...body.webhook_subscription, webhook_url: `${URL}/2` } };
  expect(await hintFor({ ...others, body: elsewhere }, client)).toBeUndefined();
  expect(
    await hintFor(
      {
        method: "PUT",
        path: "/webhook_subscriptions/2",
        body: { webhook_subscription: { ...body.webhook_subscription, events: ["message.received"] } },
      },
      client,
    ),
  ).toBeUndefined();
});

test("each text is told somewhere", () => {
  const code = [...filesBelow("mock-server/server"), ...filesBelow("mock-server/v2")]
    .map((path) => readFileSync(path, "utf8"))
    .join();
  const names = [
    ...Object.keys(hints).map((name) => `hints.${name}`),
    ...Object.keys(httpHints).map((name) => `httpHints.${name}`),
  ];
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
});

function filesBelow(folder: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path));
  return paths.filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"));
}
