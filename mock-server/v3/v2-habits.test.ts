import { apiClient } from "../testing/api-client";
import { ANN, LINE, OTHER_LINE, smallWorld } from "../testing/worlds";

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
  ["migration", ["GET /chats/46/migrate_to_v3"], "In V3 there is nothing like it: the id that it answers is the chat's in V3"],
  ["contacts", ["GET /contacts"], "In V3 there is nothing: V3 has no contacts; stay with V2 for them."],
])("%s is told", async (_, sent, hint) => {
  expect(await hintFor(sent)).toContain(hint);
});

test.each<[what: string, sent: Sent]>([
  ["an id that is neither", ["GET /chats/chat-46"]],
  ["good parts", ["POST /chats", { ...people, message: { parts: [{ type: "text", value: "text: attachment_urls" }] } }]],
  ["a line for its card", ["GET /contact_card?phone_number=%2B12052761148"]],
  ["a cursor", ["GET /chats?cursor=1&limit=1"]],
  [
    "a good subscription",
    ["POST /webhook-subscriptions", { target_url: "https://localhost:9/", subscribed_events: ["message.sent"] }],
  ],
])("of %s nothing is said", async (_, sent) => {
  expect(await hintFor(sent)).toBeUndefined();
});

test.each([
  [`GET /chats/${UUID}`, "GET /v3/chats lists the chats."],
  [`POST /chats/${UUID}/read`, "GET /v3/chats lists the chats."],
  [`DELETE /messages/${UUID}`, "GET /v3/chats/{chatId}/messages lists the messages of a chat."],
  [`DELETE /webhook-subscriptions/${UUID}`, "GET /v3/webhook-subscriptions lists the subscriptions."],
])("to %s, where nothing has the UUID, it is told where there are others, and no more", async (call, hint) => {
  expect(await hintFor([call])).toBe(hint);
});

const sendTo = (fields: object): Sent => ["POST /chats", { ...people, message: { parts }, ...fields }];
const sendParts = (...given: unknown[]): Sent => ["POST /chats", { ...people, message: { parts: given } }];
const subscribe = (target_url: string): Sent => [
  "POST /webhook-subscriptions",
  { target_url, subscribed_events: ["message.sent"] },
];
const subscribeTo = (...events: string[]): Sent => [
  "POST /webhook-subscriptions",
  { target_url: "https://localhost:9/", subscribed_events: events },
];
const NO_LINE = `+12055559999 is none of your lines: ${LINE}, ${OTHER_LINE}.`;

test.each<[mistake: string, sent: Sent, hint: string]>([
  ["a line that is none", sendTo({ from: "+12055559999" }), NO_LINE],
  ["a line to list by that is none", ["GET /chats?from=%2B12055559999"], NO_LINE],
  [
    "a national line",
    sendTo({ from: "2052761148" }),
    "from must be a number in E.164 form, such as +12052761148. Write +12052761148.",
  ],
  ["a line with hyphens", ["GET /chats?from=205-276-1148"], "Write +12052761148."],
  [
    "a national recipient",
    sendTo({ to: ["2055550101"] }),
    "to[0] must be a number in E.164 form or an e-mail address. Write +12055550101.",
  ],
  [
    "a national number to list by",
    ["GET /chats?to=2055550101"],
    "to must be a number in E.164 form, such as +12052761148. Write +12055550101.",
  ],
  ["a national address", ["POST /capability/check_imessage", { address: "(205) 555-0101" }], "Write +12055550101."],
  ["the line of a card", ["GET /contact_card?phone_number=2052761148"], "Write +12052761148."],
  [
    "text in a part",
    sendParts({ type: "text", text: "Hi" }),
    "message.parts[0].value is missing. text is not read; did you mean value?",
  ],
  ...[{ type: "text", value: "Hi" }, ["Hi"]].map((parts): [string, Sent, string] => [
    `parts that are ${JSON.stringify(parts)}`,
    sendTo({ message: { parts } }),
    'It is {"message": {"parts": [{"type": "text", "value": "..."}]}}.',
  ]),
  [
    "a URL of another name",
    sendParts({ type: "media", media_url: "https://a.example/a.png" }),
    "media_url is not read; did you mean url?",
  ],
  [
    "a type that is none",
    sendParts({ type: "image", url: "https://a.example/a.png" }),
    'message.parts[0] has a type that is none, "image". Did you mean media? There are text, media, link,',
  ],
  ["no type", sendParts({ value: "Hi" }), "message.parts[0] needs a type, which is a string. There are text, media,"],
  ["an event that is misspelt", subscribeTo("message.sent", "message.recieved"), "Did you mean message.received?"],
  [
    "a number to leave out",
    ["POST /messages", { to: [ANN], exclude_from: ["2052761148"], message: { parts } }],
    "exclude_from[0] must be a number in E.164 form, such as +12052761148. Write +12052761148.",
  ],
  [
    "a reaction for its operation",
    [`POST /messages/${UUID}/reactions`, { operation: "heart" }],
    'operation is add or remove: {"operation": "add", "type": "love"}.',
  ],
  ["heart", [`POST /messages/${UUID}/reactions`, { operation: "add", type: "heart" }], "Did you mean love?"],
  ["an event of V2", subscribeTo("typing_indicator.removed"), "Did you mean chat.typing_indicator.stopped?"],
  [
    "url for target_url",
    ["POST /webhook-subscriptions", { url: "https://localhost:9/", subscribed_events: ["message.sent"] }],
    "target_url is missing. url is not read; did you mean target_url?",
  ],
  ["a host without a scheme", subscribe("localhost:3000/hook"), "A URL begins with its scheme: http://localhost:3000/hook"],
  ["another", subscribe("app.example.com/hook"), "A URL begins with its scheme: https://app.example.com/hook"],
  [
    "a host that is not allowed",
    subscribe("https://app.example.com/hook"),
    "Nothing will be delivered: webhooks go to this machine only; --allow-webhook-host app.example.com allows this one.",
  ],
  ["one recipient", sendTo({ to: ANN }), 'to must be an array. It is a list, also of one: ["..."].'],
  ["a magic number", sendTo({ to: ["+15005550101"] }), "sending is refused (V2: 422, V3: 400), and nothing is sent"],
])("%s is told what was meant", async (_, sent, hint) => {
  expect(await hintFor(sent)).toContain(hint);
});

test("what is like nothing that is known is not guessed at", async () => {
  expect(await hintFor(subscribeTo("weather.changed"))).not.toContain("Did you mean");
  expect(await hintFor(sendParts({ type: "text", colour: "red" }))).toBe(
    "message.parts[0].colour is not read. message.parts[0].value is missing.",
  );
  expect(await hintFor(sendTo({ from: "nobody" }))).toBe("from must be a number in E.164 form, such as +12052761148.");
});

test.each([
  ["Bearer undefined", 'The token is "undefined": it looks as if it was never filled in.'],
  ["Bearer Bearer x", "Bearer stands twice in Authorization."],
  ["Bearer sandbox_x", "A sandbox is chosen by the token sandbox-<name>, so spelt; this token opened another."],
])("of the authorization %s it is told what looks wrong", async (Authorization, hint) => {
  expect((await api.get("/phone_numbers", { Authorization })).hint).toBe(hint);
});

test("of a file that is not there nothing is said about chats", async () => {
  expect(await hintFor(sendParts({ type: "media", attachment_id: UUID }))).toBeUndefined();
});

test("an edit by its text is no habit of V2", async () => {
  expect(await hintFor([`PATCH /messages/${UUID}`, { text: "Hi" }])).toBe(
    "GET /v3/chats/{chatId}/messages lists the messages of a chat.",
  );
});

test("a UUID tells whose it is: of another kind, of another sandbox, of what is gone", async () => {
  const { body } = await api.get("/chats?limit=1");
  const [{ id, handles }] = body.chats;
  expect(await hintFor([`GET /messages/${id}`])).toBe(
    "That is the id of a chat, not of a message. GET /v3/chats/{chatId}/messages lists the messages of a chat.",
  );
  expect(await hintFor([`GET /chats/${handles[0].id}`])).toContain("That is the id of a participant, not of a chat.");
  expect(await hintFor([`GET //s/other/api/partner/v3/chats/${id}`])).toBe(
    "That is a chat of sandbox default: ids of V3 are a sandbox's own. Does the base URL name that sandbox?",
  );
  const made = await api.post("/chats", { ...people, to: ["+12055550178"], message: { parts } });
  await api.post("//__mock/reset");
  expect(await hintFor([`GET /chats/${made.body.chat.id}`])).toBe("That chat is gone: it was deleted, or made before a reset.");
  expect(await hintFor([`GET /chats/${id}`])).toBeUndefined();
});

test.each([
  ["//v3/chats", "The base URL lacks /api/partner: http://127.0.0.1:PORT/api/partner"],
  ["//s/box/v3/chats", "The base URL lacks /api/partner: http://127.0.0.1:PORT/s/box/api/partner"],
  ["//api/v3/chats", "The base URL is http://127.0.0.1:PORT/api/partner: the paths have /v3 themselves."],
  ["/v3/chats", "The base URL is http://127.0.0.1:PORT/api/partner: the paths have /v3 themselves."],
])(
  "of a base URL that makes %s of a path, the right one is told, in V3's envelope (A-v3-chat-order, A-v3-target-http, A-v3-unknown-path)",
  async (path, hint) => {
    const { status, body, hint: told } = await api.get(path);
    expect([status, body.error?.code]).toEqual([404, 2001]);
    expect(told?.replace(/:\d{4,5}/, ":PORT")).toContain(hint);
  },
);

test("a base URL that ends in V2's prefix, too, is told, in V2's envelope", async () => {
  const { body, hint } = await api.get("//api/partner/v2/v3/chats");
  expect(body.errors).toMatchObject([{ code: "not_found" }]);
  expect(hint).toMatch(/The base URL is http:\S+\/api\/partner: the paths have \/v3 themselves\.$/);
  expect((await api.get("//v2/chats")).hint).toMatch(
    /The base URL is http:\S+\/api\/partner\/v2: the paths that follow it have no \/v2\.$/,
  );
});

test("a base URL that has V2 twice, and one of a sandbox that is none, are told", async () => {
  expect((await api.get("//api/partner/v2/v2/chats")).hint).toMatch(
    /The base URL is http:\S+\/api\/partner\/v2: the paths that follow it have no \/v2\.$/,
  );
  expect((await api.get("//sandbox/x/api/partner/v3/chats")).hint).toContain("did you mean /s/x/api/partner/v3/chats?");
});

test("hints lead into the sandbox of the call, be it named by the path or by the token", async () => {
  const V2 = { "X-LINQ-INTEGRATION-TOKEN": "any" };
  const listed = "/api/partner/v2/chats?phone_number=%2B12052761148 lists the chats of a line.";
  expect((await api.get("//s/box/api/partner/v2/chats/999", V2)).hint).toBe(`GET /s/box${listed}`);
  expect((await api.get("//api/partner/v2/chats/999", { "X-LINQ-INTEGRATION-TOKEN": "sandbox-box" })).hint).toBe(
    `GET /s/box${listed}`,
  );
  expect((await api.get("//api/partner/v2/chats/999", V2)).hint).toBe(`GET ${listed}`);
  const hook = { target_url: "https://localhost:9/", subscribed_events: ["message.sent"] };
  const made = await api.post("//s/box/api/partner/v3/webhook-subscriptions", hook);
  const again = await api.post("//s/box/api/partner/v3/webhook-subscriptions", hook);
  expect(again.hint).toContain(`(DELETE /s/box/api/partner/v3/webhook-subscriptions/${made.body.id}, or reset`);
  expect(again.hint).toContain("POST /s/box/__mock/reset");
});

test("a message below its chat is told where messages are read", async () => {
  expect(await hintFor([`GET /chats/${UUID}/messages/${UUID}`])).toMatch(
    /The nearest known: GET \/messages\/\{messageId\} \(Read one message\)\.$/,
  );
});

test("of V2's PATCH, which is not documented, nothing is said", async () => {
  expect((await api.post("//api/partner/v2/chats/1/mark_as_read")).hint).toMatch(
    /That path takes PUT \/chats\/\{chat_id\}\/mark_as_read \(Mark Chat as Read\)\.$/,
  );
});

test("a path of neither version is told the nearest", async () => {
  expect(await hintFor(["GET /chatz"])).toContain("The nearest known: GET /chats");
});

test.each<[value: string, sent: Sent, hint: string]>([
  ["a number that is accepted", sendTo({ to: ["+15005550102"] }), "+15005550102 is a magic value: the message is accepted"],
  [
    "a number without iMessage",
    ["POST /messages", { to: ["+15005550105"], message: { parts } }],
    "+15005550105 is a magic value",
  ],
  [
    "a number that is nearly one",
    sendTo({ to: ["+15005550199"] }),
    "+15005550199 is no magic number; there are +15005550101, ",
  ],
  ["a magic text", sendParts({ type: "text", value: "linq-mock: slow" }), "linq-mock: slow is a magic value: the message is"],
  [
    "a text that is misspelt",
    sendParts({ type: "text", value: "linq-mock: slwo" }),
    "Did you mean the magic text linq-mock: slow?",
  ],
  [
    "the availability of a number",
    ["POST /capability/check_imessage", { address: "+15005550105" }],
    "+15005550105 is a magic value",
  ],
])("magic values: %s is told of", async (_, sent, hint) => {
  expect(await hintFor(sent)).toContain(hint);
});
