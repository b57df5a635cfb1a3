import { startMockServer } from "../server/start-mock-server";
import { ask, CLOCK, pin, readable, type Sent, WORLD } from "./golden";

/* What the mock answers to whom, to the byte. Each operation is asked on a mock of its own, one request after the other. */

const API = "/api/partner/v2";
const TOKEN = { "X-LINQ-INTEGRATION-TOKEN": "any" };
const JSON_TYPE = { "Content-Type": "application/json" };
const FORM = { "Content-Type": "multipart/form-data; boundary=b" };
const URLENCODED = { "Content-Type": "application/x-www-form-urlencoded" };
const LINE = "+12052761148";
const ANN = "+12055550101";
const BEN = "+12055550102";
const STRANGER = "+12055550199";

/** What is asked: a name, `METHOD /path`, the body, and headers beside those that go with it. */
type Step = readonly [name: string, request: string, body?: unknown, headers?: Readonly<Record<string, string>>];

function form(parts: Readonly<Record<string, string>>, file?: string): string {
  const fields = Object.entries(parts).map(
    ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const disposition = 'Content-Disposition: form-data; name="message[attachments][]"; filename="note.txt"';
  const files = file === undefined ? [] : [`--b\r\n${disposition}\r\nContent-Type: text/plain\r\n\r\n${file}\r\n`];
  return `${[...fields, ...files].join("")}--b--\r\n`;
}

const message = { text: "Hi", idempotency_key: "k-1" };
const creation = {
  send_from: LINE,
  chat: { phone_numbers: [STRANGER], display_name: "New" },
  message: { text: "Hi", idempotency_key: "k-2" },
};
const toNumber = (...phone_numbers: string[]) => ({ send_from: LINE, chat: { phone_numbers }, message: { text: "Hi" } });
const contact = {
  ...{ first_name: "Cay", last_name: "Cole", email: "cay@example.com", phone_number: "(205) 555-0103" },
  ...{ company: "Cole's", title: "Baker", location: "Mobile" },
};
const EVENTS = ["message.sent", "message.received"];
const webhook = { webhook_url: "http://127.0.0.1:9/new", events: EVENTS, version: 2, secret: "s", active: false };
const subscription = (fields: object) => ({ webhook_subscription: { ...webhook, ...fields } });
const find = (line: string, ...people: string[]) =>
  `GET /chats/find?phone_number=${encodeURIComponent(line)}${people.map((one) => `&phone_numbers%5B%5D=${encodeURIComponent(one)}`).join("")}`;
const chats = `GET /chats?phone_number=${encodeURIComponent(LINE)}`;
const messages = "GET /chats/1/chat_messages";

/** By operation: first a good request, from which bad ones are made; then whatever else there is. */
const operations: Readonly<Record<string, Readonly<Record<string, readonly Step[]>>>> = {
  chats: {
    listChats: [
      ["good", chats],
      ["page 2", `${chats}&page=2&per_page=3`],
      ["page past the end", `${chats}&page=9`],
      ["per_page too large", `${chats}&per_page=1000`],
      ["page 0", `${chats}&page=0`],
      ["page text", `${chats}&page=two`],
      ["per_page -1", `${chats}&per_page=-1`],
      ["without a line", "GET /chats"],
      ["plus not encoded", "GET /chats?phone_number=+12052761148"],
      ["other format", "GET /chats?phone_number=(205)%20276-1148"],
      ["unknown line", "GET /chats?phone_number=%2B12055550188"],
      ["no number", "GET /chats?phone_number=nonsense"],
      ["misspelt parameter", `${chats}&perpage=3`],
      ["twice", `${chats}&phone_number=%2B15559876543`],
    ],
    createChat: [
      ["good", "POST /chats", creation],
      ["replay of the key", "POST /chats", creation],
      ["again without a key", "POST /chats", toNumber(STRANGER)],
      ["existing chat", "POST /chats", toNumber(ANN)],
      ["group", "POST /chats", toNumber(ANN, STRANGER, "dee@example.com")],
      ["same people in another order", "POST /chats", toNumber("dee@example.com", STRANGER, ANN)],
      ["number in another format", "POST /chats", toNumber("(205) 555-0177")],
      ["no number", "POST /chats", toNumber("nonsense")],
      ["nobody", "POST /chats", toNumber()],
      ["the line itself", "POST /chats", toNumber(LINE)],
      ["not from a line", "POST /chats", { ...creation, send_from: "+12055550188" }],
      ["without send_from", "POST /chats", { ...creation, send_from: undefined }],
      ["without a chat", "POST /chats", { ...creation, chat: undefined }],
      ["without a message", "POST /chats", { ...creation, message: undefined }],
      ["empty text", "POST /chats", { ...toNumber(ANN), message: { text: "" } }],
      ["refused number", "POST /chats", toNumber("+15005550101")],
      ["undeliverable number", "POST /chats", toNumber("+15005550102")],
      ["pending number", "POST /chats", toNumber("+15005550103")],
      ["slow number", "POST /chats", toNumber("+15005550104")],
      ["SMS number", "POST /chats", toNumber("+15005550105")],
      ["form", "POST /chats", form({ send_from: LINE, "chat[phone_numbers][]": ANN, "message[text]": "Form" }, "abc"), FORM],
      [
        "urlencoded",
        "POST /chats",
        `send_from=%2B12052761148&chat[phone_numbers][]=%2B12055550101&message[text]=Hi`,
        URLENCODED,
      ],
      ["list after", chats],
    ],
    findChat: [
      ["good", find(LINE, ANN)],
      ["group", find(LINE, BEN, ANN)],
      ["three", find(LINE, ANN, BEN, "+12055550103")],
      ["e-mail address", find(LINE, "DEE@example.com")],
      ["other formats", find("(205) 276-1148", "205-555-0101")],
      ["duplicates", find(LINE, ANN, ANN)],
      ["not found", find(LINE, STRANGER)],
      ["subset", find(LINE, BEN)],
      ["unknown line", find("+12055550188", ANN)],
      ["without participants", find(LINE)],
      ["without a line", "GET /chats/find?phone_numbers%5B%5D=%2B12055550101"],
      ["without brackets", "GET /chats/find?phone_number=%2B12052761148&phone_numbers=%2B12055550101"],
      ["plus not encoded", "GET /chats/find?phone_number=+12052761148&phone_numbers[]=+12055550101"],
      ["no number", find(LINE, "nonsense")],
    ],
    getChat: [
      ["good", "GET /chats/1"],
      ["group", "GET /chats/3"],
      ["HEAD", "HEAD /chats/1"],
      ["trailing slash", "GET /chats/1/"],
    ],
    markChatAsRead: [
      ["good", "PUT /chats/1/mark_as_read"],
      ["again", "PUT /chats/1/mark_as_read"],
      ["messages after", messages],
    ],
    startTyping: [
      ["good", "POST /chats/1/start_typing"],
      ["again", "POST /chats/1/start_typing"],
      ["SMS", "POST /chats/3/start_typing"],
    ],
    stopTyping: [
      ["good", "DELETE /chats/1/stop_typing"],
      ["not typing", "DELETE /chats/2/stop_typing"],
    ],
    shareContact: [
      ["good", "POST /chats/1/share_contact"],
      ["group", "POST /chats/3/share_contact"],
      ["again", "POST /chats/1/share_contact"],
    ],
  },
  messages: {
    listMessages: [
      ["good", messages],
      ["descending", `${messages}?sort=desc&per_page=2`],
      ["page 2", `${messages}?page=2&per_page=2`],
      ["before", `${messages}?before=2025-05-01T00:00:00Z`],
      ["after", `${messages}?after=2025-05-01T00:00:00Z`],
      ["window", `${messages}?after=2025-01-01T18:01:00Z&before=2025-01-01T18:03:00Z`],
      ["empty chat", "GET /chats/2/chat_messages"],
      ["unicode", "GET /chats/3/chat_messages"],
      ["bad time", `${messages}?before=yesterday`],
      ["bad sort", `${messages}?sort=up`],
      ["page 0", `${messages}?page=0`],
      ["per_page text", `${messages}?per_page=many`],
    ],
    sendMessage: [
      ["good", "POST /chats/1/chat_messages", { message }],
      ["replay of the key", "POST /chats/1/chat_messages", { message }],
      ["the key with another text", "POST /chats/1/chat_messages", { message: { ...message, text: "Other" } }],
      ["the key in another chat", "POST /chats/2/chat_messages", { message }],
      [
        "links",
        "POST /chats/1/chat_messages",
        { message: { text: "", attachment_urls: ["https://files.example.com/a.png", "https://files.example.com/b"] } },
      ],
      ["bad link", "POST /chats/1/chat_messages", { message: { text: "x", attachment_urls: ["nowhere"] } }],
      ["group", "POST /chats/3/chat_messages", { message: { text: "All" } }],
      ["unicode", "POST /chats/1/chat_messages", { message: { text: "Łódź 👋\u0000\n" } }],
      [
        "form with a file",
        "POST /chats/1/chat_messages",
        form({ "message[text]": "File", "message[idempotency_key]": "k-f" }, "content"),
        FORM,
      ],
      [
        "replay of the form",
        "POST /chats/1/chat_messages",
        form({ "message[text]": "File", "message[idempotency_key]": "k-f" }, "content"),
        FORM,
      ],
      ["file alone", "POST /chats/1/chat_messages", form({}, "content"), FORM],
      ["broken form", "POST /chats/1/chat_messages", "--b\r\nContent", FORM],
      ["urlencoded", "POST /chats/1/chat_messages", "message[text]=Hi+there", URLENCODED],
      ["refused text", "POST /chats/1/chat_messages", { message: { text: " LINQ-mock: refused " } }],
      ["undeliverable text", "POST /chats/1/chat_messages", { message: { text: "linq-mock: undeliverable" } }],
      ["pending text", "POST /chats/1/chat_messages", { message: { text: "linq-mock: pending" } }],
      ["slow text", "POST /chats/1/chat_messages", { message: { text: "linq-mock: slow" } }],
      ["empty text", "POST /chats/1/chat_messages", { message: { text: "" } }],
      ["without text", "POST /chats/1/chat_messages", { message: {} }],
      ["text is a number", "POST /chats/1/chat_messages", { message: { text: 7 } }],
      ["without a message", "POST /chats/1/chat_messages", { text: "Hi" }],
      ["message is null", "POST /chats/1/chat_messages", { message: null }],
      ["misspelt field", "POST /chats/1/chat_messages", { message: { text: "Hi", idempotencykey: "k" } }],
      ["too large", "POST /chats/1/chat_messages", `{"message":{"text":"${"x".repeat(1_100_000)}"}}`, JSON_TYPE],
      ["list after", `${messages}?per_page=100`],
      ["a moment later", "PUT //__mock/clock", { advance_ms: 1000 }],
      ["list a moment later", `${messages}?per_page=100`],
      ["half a minute later", "PUT //__mock/clock", { advance_ms: 30_000 }],
      ["list half a minute later", `${messages}?per_page=100`],
    ],
    getMessage: [
      ["good", "GET /chats/1/chat_messages/1"],
      ["reactions", "GET /chats/1/chat_messages/3"],
      ["attachments", "GET /chats/1/chat_messages/4"],
      ["pending", "GET /chats/1/chat_messages/5"],
      ["undelivered", "GET /chats/1/chat_messages/6"],
      ["of another chat", "GET /chats/2/chat_messages/1"],
      ["message of no id", "GET /chats/1/chat_messages/999"],
      ["former participant", "GET /chats/3/chat_messages/7"],
    ],
    deleteMessage: [
      ["good", "DELETE /chats/1/chat_messages/2"],
      ["again", "DELETE /chats/1/chat_messages/2"],
      ["read after", "GET /chats/1/chat_messages/2"],
      ["of others", "DELETE /chats/1/chat_messages/1"],
      ["of another chat", "DELETE /chats/2/chat_messages/3"],
    ],
    editMessage: [
      ["good", "POST /chats/1/chat_messages/2/edit", { text: "Hello!" }],
      ["read after", "GET /chats/1/chat_messages/2"],
      ["same text", "POST /chats/1/chat_messages/2/edit", { text: "Hello!" }],
      ["of others", "POST /chats/1/chat_messages/1/edit", { text: "x" }],
      ["of another chat", "POST /chats/2/chat_messages/2/edit", { text: "x" }],
      ["empty", "POST /chats/1/chat_messages/2/edit", { text: "" }],
      ["without text", "POST /chats/1/chat_messages/2/edit", {}],
      ["nested", "POST /chats/1/chat_messages/2/edit", { message: { text: "x" } }],
    ],
  },
  reactions: {
    createReaction: [
      ["good", "POST /chat_messages/1/reactions", { type: "love", operation: "add" }],
      ["again", "POST /chat_messages/1/reactions", { type: "love", operation: "add" }],
      ["another type", "POST /chat_messages/1/reactions", { type: "laugh", operation: "add" }],
      ["remove", "POST /chat_messages/1/reactions", { type: "laugh", operation: "remove" }],
      ["remove again", "POST /chat_messages/1/reactions", { type: "laugh", operation: "remove" }],
      ["unknown type", "POST /chat_messages/1/reactions", { type: "heart", operation: "add" }],
      ["unknown operation", "POST /chat_messages/1/reactions", { type: "love", operation: "put" }],
      ["without a type", "POST /chat_messages/1/reactions", { operation: "add" }],
      ["without an operation", "POST /chat_messages/1/reactions", { type: "love" }],
    ],
    getReaction: [
      ["good", "GET /chat_message_reactions/1"],
      ["own", "GET /chat_message_reactions/2"],
    ],
  },
  contacts: {
    listContacts: [
      ["good", "GET /contacts"],
      ["page 2", "GET /contacts?page=2&per_page=2"],
      ["page past the end", "GET /contacts?page=9"],
      ["per_page 0", "GET /contacts?per_page=0"],
      ["page text", "GET /contacts?page=x"],
    ],
    createContact: [
      ["good", "POST /contacts", { contact, user_email: "bo@example.com" }],
      ["same again", "POST /contacts", { contact }],
      ["name alone", "POST /contacts", { contact: { first_name: "Eve" } }],
      ["unknown user", "POST /contacts", { contact, user_email: "zoe@example.com" }],
      ["empty", "POST /contacts", { contact: {} }],
      ["bad number", "POST /contacts", { contact: { phone_number: "12" } }],
      ["bad address", "POST /contacts", { contact: { email: "nobody" } }],
      ["without contact", "POST /contacts", { first_name: "Eve" }],
      ["list after", "GET /contacts"],
    ],
    findContact: [
      ["good", "GET /contacts/find?phone_number=%2B12055550101"],
      ["by address", "GET /contacts/find?email=DEE@example.com"],
      ["by both", "GET /contacts/find?email=dee@example.com&phone_number=%2B12055550101"],
      ["other format", "GET /contacts/find?phone_number=(205)%20555-0101"],
      ["plus not encoded", "GET /contacts/find?phone_number=+12055550101"],
      ["not found", "GET /contacts/find?phone_number=%2B12055550199"],
      ["by nothing", "GET /contacts/find"],
      ["no number", "GET /contacts/find?phone_number=x"],
      ["no address", "GET /contacts/find?email=x"],
    ],
    getContact: [
      ["good", "GET /contacts/1"],
      ["by address only", "GET /contacts/2"],
      ["without an owner", "GET /contacts/3"],
    ],
    updateContact: [
      ["good", "PUT /contacts/1", { contact, user_email: "bo@example.com" }],
      ["some fields", "PUT /contacts/1", { contact: { first_name: "Cay", title: "Boss" } }],
      ["null", "PUT /contacts/1", { contact: { first_name: "Cay", company: null } }],
      ["bad number", "PUT /contacts/1", { contact: { phone_number: "12" } }],
      ["without contact", "PUT /contacts/1", {}],
      ["unknown user", "PUT /contacts/1", { contact, user_email: "zoe@example.com" }],
    ],
    patchContact: [
      ["good", "PATCH /contacts/1", { contact: { first_name: "Anna" } }],
      ["empty text", "PATCH /contacts/1", { contact: { last_name: "" } }],
      ["nothing", "PATCH /contacts/1", { contact: {} }],
      ["wrong type", "PATCH /contacts/1", { contact: { first_name: 7 } }],
      ["renamed chat", "GET /chats/1"],
    ],
    deleteContact: [
      ["good", "DELETE /contacts/1"],
      ["again", "DELETE /contacts/1"],
      ["read after", "GET /contacts/1"],
      ["chat after", "GET /chats/1"],
    ],
  },
  "phone-numbers": {
    listPhoneNumbers: [["good", "GET /phone_numbers"]],
    updatePhoneNumber: [
      ["good", "PUT /phone_numbers/1", { forwarding_number: "+12055550140" }],
      ["other format", "PUT /phone_numbers/1", { forwarding_number: "(205) 555-0140" }],
      ["none", "PUT /phone_numbers/1", { forwarding_number: null }],
      ["empty", "PUT /phone_numbers/1", { forwarding_number: "" }],
      ["bad number", "PUT /phone_numbers/1", { forwarding_number: "12" }],
      ["to itself", "PUT /phone_numbers/1", { forwarding_number: LINE }],
      ["without a number", "PUT /phone_numbers/1", {}],
      ["foreign line", "PUT /phone_numbers/77", { forwarding_number: ANN }],
      ["list after", "GET /phone_numbers"],
    ],
    checkIMessageAvailability: [
      ["good", "POST /i_message_availability/check", { phone_number: "2055550101" }],
      ["too soon", "POST /i_message_availability/check", { phone_number: "2055550101" }],
      ["ten minutes later", "PUT //__mock/clock", { advance_ms: 600_000 }],
      ["RCS", "POST /i_message_availability/check", { phone_number: BEN }],
      ["ten more", "PUT //__mock/clock", { advance_ms: 600_000 }],
      ["SMS number", "POST /i_message_availability/check", { phone_number: "+15005550105" }],
      ["ten more again", "PUT //__mock/clock", { advance_ms: 600_000 }],
      ["e-mail address", "POST /i_message_availability/check", { phone_number: "dee@example.com" }],
      ["no number", "POST /i_message_availability/check", { phone_number: "12" }],
      ["without a number", "POST /i_message_availability/check", {}],
    ],
  },
  "webhook-subscriptions": {
    listWebhookSubscriptions: [["good", "GET /webhook_subscriptions"]],
    createWebhookSubscription: [
      ["good", "POST /webhook_subscriptions", subscription({})],
      ["version 1", "POST /webhook_subscriptions", subscription({ version: 1 })],
      ["version 3", "POST /webhook_subscriptions", subscription({ version: 3 })],
      ["without version", "POST /webhook_subscriptions", subscription({ version: undefined })],
      ["least", "POST /webhook_subscriptions", subscription({ secret: undefined, active: undefined })],
      ["empty secret", "POST /webhook_subscriptions", subscription({ secret: "" })],
      ["no events", "POST /webhook_subscriptions", subscription({ events: [] })],
      ["unknown event", "POST /webhook_subscriptions", subscription({ events: ["message.sentt"] })],
      ["other host", "POST /webhook_subscriptions", subscription({ webhook_url: "https://hooks.example.com/x" })],
      ["no URL", "POST /webhook_subscriptions", subscription({ webhook_url: "here" })],
      ["no web URL", "POST /webhook_subscriptions", subscription({ webhook_url: "ftp://127.0.0.1/x" })],
      ["flat", "POST /webhook_subscriptions", webhook],
      ["list after", "GET /webhook_subscriptions"],
    ],
    updateWebhookSubscription: [
      ["good", "PUT /webhook_subscriptions/1", subscription({})],
      ["active", "PUT /webhook_subscriptions/1", subscription({ active: true, secret: undefined })],
      ["unknown event", "PUT /webhook_subscriptions/1", subscription({ events: ["x"] })],
      ["without a URL", "PUT /webhook_subscriptions/1", { webhook_subscription: { active: true } }],
    ],
    deleteWebhookSubscription: [
      ["good", "DELETE /webhook_subscriptions/1"],
      ["again", "DELETE /webhook_subscriptions/1"],
      ["list after", "GET /webhook_subscriptions"],
    ],
  },
};

/** The first request of an operation, with one thing wrong each, and with an answer that is forced. */
function refusals([, request, body]: Step): Step[] {
  const wrongIds = ["0", "999999", "abc", "1%2F2", "01"].flatMap((id) =>
    /\/\d+/.test(request) ? [[`id ${id}`, request.replace(/\/\d+/, `/${id}`), body] as const] : [],
  );
  const prefer = (value: string): Step => [`Prefer ${value}`, request, body, { Prefer: value }];
  const wrongBodies: Step[] = [
    ["broken JSON", request, '{"a":', JSON_TYPE],
    ["no body", request],
    ["a list", request, "[]", JSON_TYPE],
    ["null", request, "null", JSON_TYPE],
    ["empty object", request, {}],
    ["plain text", request, "text", { "Content-Type": "text/plain" }],
    ["JSON without a type", request, JSON.stringify(body), {}],
    ["unknown field", request, { ...(body as object), zebra: 1 }],
  ];
  return [
    ["no token", request, body, { "X-LINQ-INTEGRATION-TOKEN": "" }],
    ["unknown parameter", `${request}${request.includes("?") ? "&" : "?"}zebra=1`, body],
    ...wrongIds,
    ...(body === undefined ? [] : wrongBodies),
    ...["200", "201", "204", "400", "401", "403", "404", "422", "429", "500", "299"].map((code) => prefer(`code=${code}`)),
    ...["example=no-such-example", "code=abc"].map(prefer),
  ];
}

const named = (prefer: string, request: string, body?: unknown): Step => [
  `Prefer ${prefer}`,
  request,
  body,
  { Prefer: prefer },
];

/** What is about no single operation. Paths with two slashes in front are absolute. */
const edge: Readonly<Record<string, readonly Step[]>> = {
  paths: [
    ["root", "GET //"],
    ["the prefix alone", "GET //api/partner/v2"],
    ["without the prefix", "GET //chats/1"],
    ["version 1", "GET //api/partner/v1/chats/1"],
    ["unknown path", "GET /nothing"],
    ["misspelt path", "GET /chat/1"],
    ["capitals", "GET /Chats/1"],
    ["double slash", "GET /chats//1"],
    ["wrong method", "DELETE /chats/1"],
    ["other wrong method", "POST /chats/find", {}],
    ["PATCH of a subscription", "PATCH /webhook_subscriptions/1", subscription({})],
    ["OPTIONS", "OPTIONS /chats/1"],
    ["HEAD of nothing", "HEAD /nothing"],
    ["HEAD", "HEAD /chats/1"],
    ["TRACE", "TRACE /chats/1"],
    ["broken encoding", "GET /chats/%zz"],
    ["unknown path without a token", "GET /nothing", undefined, { "X-LINQ-INTEGRATION-TOKEN": "" }],
    ["unknown attachment", "GET //attachments/00000000-0000-4000-8000-000000000000/x.txt"],
    ["long query", `GET /chats/1?x=${"y".repeat(7000)}`],
  ],
  headers: [
    ["own request id", "GET /chats/1", undefined, { "X-Request-Id": "mine-1" }],
    ["bad request id", "GET /chats/1", undefined, { "X-Request-Id": "not mine" }],
    ["bearer instead of the token", "GET /chats/1", undefined, { "X-LINQ-INTEGRATION-TOKEN": "", Authorization: "Bearer any" }],
    ["page of this machine", "GET /chats/1", undefined, { Origin: "http://localhost:3000" }],
    ["page from elsewhere", "GET /chats/1", undefined, { Origin: "https://evil.example" }],
    [
      "preflight",
      "OPTIONS /chats/1",
      undefined,
      {
        Origin: "http://localhost:3000",
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "x-linq-integration-token",
      },
    ],
    [
      "preflight from elsewhere",
      "OPTIONS /chats/1",
      undefined,
      { Origin: "https://evil.example", "Access-Control-Request-Method": "PUT" },
    ],
    ["other host", "GET /chats/1", undefined, { Host: "evil.example" }],
    ["conditional", "GET /chats/1", undefined, { "If-None-Match": "*" }],
    ["no gzip", "POST /contacts", "text", { ...JSON_TYPE, "Content-Encoding": "gzip" }],
    ["unknown encoding", "POST /contacts", "text", { ...JSON_TYPE, "Content-Encoding": "zip" }],
    ["Latin 1", "POST /contacts", '{"contact":{"first_name":"x"}}', { "Content-Type": "application/json; charset=latin1" }],
  ],
  sandboxes: [
    ["by URL", "POST //s/qa/api/partner/v2/contacts", { contact: { first_name: "Only here" } }],
    ["by token", "GET /contacts/4", undefined, { "X-LINQ-INTEGRATION-TOKEN": "sandbox-qa" }],
    ["not in the default one", "GET /contacts/4"],
    ["bad name", "GET //s/a.b/api/partner/v2/chats/1"],
    ["bad name by token", "GET /chats/1", undefined, { "X-LINQ-INTEGRATION-TOKEN": "sandbox-a.b" }],
    ["file in it", "POST //s/qa/api/partner/v2/chats/1/chat_messages", form({}, "content"), FORM],
    ["list", "GET //__mock/sandboxes"],
  ],
  "forced answers": [
    named("example=empty", chats),
    named("code=200, example=empty", chats),
    named("code=404, example=empty", chats),
    named("dynamic=true; seed=7", "GET /chats/1"),
    named("dynamic=true, code=200", "GET /contacts"),
    named("dynamic=maybe", "GET /chats/1"),
    named("code=422", "POST /chats", creation),
    named("code=204", "PUT /chats/1/mark_as_read"),
    named("return=minimal", "GET /chats/1"),
    named("code=404", "GET /nothing"),
    ["without a token", "GET /chats/1", undefined, { Prefer: "code=404", "X-LINQ-INTEGRATION-TOKEN": "" }],
    ["401 without a token", "GET /chats/1", undefined, { Prefer: "code=401", "X-LINQ-INTEGRATION-TOKEN": "" }],
  ],
};

const tokens: readonly Step[] = [
  ["right token", "GET /chats/1", undefined, { "X-LINQ-INTEGRATION-TOKEN": "right" }],
  ["wrong token", "GET /chats/1"],
  ["no token", "GET /chats/1", undefined, { "X-LINQ-INTEGRATION-TOKEN": "" }],
  ["wrong token at contacts", "GET /contacts"],
  ["wrong token at lines", "GET /phone_numbers"],
  ["wrong token at availability", "POST /i_message_availability/check", { phone_number: ANN }],
  ["wrong token at subscriptions", "GET /webhook_subscriptions"],
  ["token of a sandbox", "GET /chats/1", undefined, { "X-LINQ-INTEGRATION-TOKEN": "sandbox-qa" }],
];

/** Each fault that touches an answer without taking time, and a call that it affects. */
const faults = [
  ...[
    { fault: "status", status: 503 },
    { fault: "status", status: 500, detail: "Broken", performed: true },
    { fault: "rate-limit", retry_after: 5 },
  ],
  ...["expired-token", "html-error-page", "invalid-json", "truncated-body", "empty-body", "wrong-content-type"].map(
    (fault) => ({ fault }),
  ),
  ...["reset-before-headers", "reset-after-headers"].map((fault) => ({ fault })),
].flatMap((rule): Step[] => [
  [`${JSON.stringify(rule)} is armed`, "PUT //__mock/faults", { faults: [rule] }],
  [`${JSON.stringify(rule)} befalls a chat`, "GET /chats/1"],
  [`${JSON.stringify(rule)} befalls a contact`, "POST /contacts", { contact: { first_name: "Eve" } }],
]);

/** Asks a mock of its own for one after the other. */
async function answers(scenario: string, steps: readonly Step[], options: object = {}): Promise<Record<string, unknown>> {
  const mock = await startMockServer({ fixtures: WORLD, clock: CLOCK, seed: 7, ...options });
  const entries: Record<string, unknown> = {};
  try {
    for (const [name, request, body, headers] of steps) {
      const [method = "", path = ""] = request.split(" ");
      const full = path.startsWith("//") ? path.slice(1) : `${API}${path}`;
      const type = body === undefined || typeof body === "string" ? {} : JSON_TYPE;
      const sent: Sent = { body, headers: { ...TOKEN, ...type, ...headers } };
      const { body: text, ...answer } = await ask(mock.url, method, full, sent);
      const shown = JSON.stringify(body ?? null).length > 5000 ? "long" : body;
      const key = `${scenario}: ${name}`;
      if (key in entries) throw new Error(`${key} is there twice`);
      entries[key] = {
        request: `${method} ${full.slice(0, 200)}`,
        sent: { headers, body: shown },
        ...answer,
        body: readable(text),
      };
    }
  } finally {
    await mock.stop();
  }
  return entries;
}

for (const [resource, scenarios] of Object.entries(operations)) {
  pin(`answers/${resource}.json`, async () => {
    const entries: Record<string, unknown> = {};
    for (const [operation, steps] of Object.entries(scenarios)) {
      Object.assign(entries, await answers(operation, steps));
      const [first] = steps;
      if (first) Object.assign(entries, await answers(`${operation}, wrong`, refusals(first)));
    }
    return entries;
  });
}

pin("answers/edge.json", async () => {
  const entries: Record<string, unknown> = {};
  for (const [scenario, steps] of Object.entries(edge)) Object.assign(entries, await answers(scenario, steps));
  Object.assign(entries, await answers("tokens", tokens, { tokens: ["right"] }));
  Object.assign(entries, await answers("pages of anywhere", edge["headers"] ?? [], { cors: ["*"] }));
  return { ...entries, ...(await answers("faults", faults)) };
});
