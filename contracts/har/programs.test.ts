import { answerExamples, type Json } from "../testing/contract-examples";
import { type HarCounts, readHar } from "./read-har";
import { programs, type SeenCall } from "./testing/programs";

/* The same calls are read from what every program writes, and what one of them has not seen is not judged. */

const API = "https://api.linqapp.com/api/partner/v2";
const exampleOf = (id: string, status: number): Json =>
  answerExamples.find(({ of }) => of.id === id && of.status === status)?.value;
const chat = exampleOf("getChat", 200);
const created = exampleOf("createContact", 201);
const sent = { contact: { first_name: "Zoë" } };
const calls: readonly SeenCall[] = [
  { method: "GET", url: `${API}/chats/46`, status: 200, answered: JSON.stringify(chat) },
  { method: "GET", url: `${API}/contacts?page=0&per_page=2`, status: 200, answered: '{"contacts":[]}' },
  { method: "POST", url: `${API}/contacts`, status: 201, sent: JSON.stringify(sent), answered: JSON.stringify(created) },
];
const none: HarCounts = { entries: 1, checked: 0, elsewhere: 0, unknown: 0, unanswered: 0, incomplete: 0, unreadable: 0 };

test.each(Object.keys(programs))("what %s writes is read as it was", (name) => {
  const { exchanges, tokens, counts } = readHar(programs[name]?.(calls) ?? "", "calls.har");
  expect(counts).toEqual({ ...none, entries: 3, checked: 3 });
  expect(exchanges).toMatchObject([
    {
      operation: "getChat",
      request: { method: "GET", path: "/chats/46" },
      token: "own",
      response: { status: 200, body: chat },
    },
    { operation: "listContacts", request: { path: "/contacts?page=0&per_page=2" }, response: { body: { contacts: [] } } },
    { operation: "createContact", request: { path: "/contacts", body: sent }, response: { status: 201, body: created } },
  ]);
  expect(exchanges.every(({ response }) => /^application\/json/.test(response.headers["content-type"] ?? ""))).toBe(true);
  expect(tokens).toEqual(["canary-token-7f3a"]);
});

/** What comes of an entry that one program writes, with something of it changed. */
function countsOf(name: string, change: (entry: Json) => void): HarCounts {
  const file = JSON.parse(programs[name]?.(calls.slice(0, 1)) ?? "") as Json;
  change(name === "Postman" ? file.item[0].item[0] : file.log.entries[0]);
  return readHar(JSON.stringify(file), "calls.har").counts;
}

const failed = { status: 0, statusText: "", httpVersion: "", headers: [], cookies: [], content: {}, bodySize: -1 };

test.each<[string, string, keyof HarCounts, (entry: Json) => void]>([
  [
    "Chrome",
    "a call that was blocked",
    "unanswered",
    (entry) => Object.assign(entry.response, { ...failed, _error: "net::ERR_BLOCKED_BY_CLIENT" }),
  ],
  [
    "Chrome",
    "a body that was broken off",
    "unanswered",
    ({ response }) =>
      Object.assign(response, { _error: "net::ERR_ABORTED", content: { size: 0, mimeType: "application/json" } }),
  ],
  [
    "Chrome",
    "a redirect of its own to https",
    "unanswered",
    ({ response }) =>
      Object.assign(response, {
        status: 307,
        headers: [
          { name: "Non-Authoritative-Reason", value: "HSTS" },
          { name: "Location", value: `${API}/chats/46` },
        ],
      }),
  ],
  ["Chrome", "a body that it has dropped", "incomplete", ({ response }) => delete response.content.text],
  [
    "Chrome",
    "a WebSocket",
    "elsewhere",
    (entry) => Object.assign(entry, { _resourceType: "websocket", _webSocketMessages: [] }),
  ],
  [
    "Chrome",
    "a WebSocket by its address",
    "elsewhere",
    ({ request }) => Object.assign(request, { url: "wss://api.linqapp.com/api/partner/v2/chats/46" }),
  ],
  [
    "Chrome",
    "an extension's file",
    "elsewhere",
    ({ request }) => Object.assign(request, { url: "chrome-extension://abc/chats/46" }),
  ],
  [
    "Firefox",
    "bodies that were not to be kept",
    "incomplete",
    ({ response }) =>
      Object.assign(response, {
        content: { mimeType: "application/json", size: 512, comment: "Response bodies are not included." },
      }),
  ],
  [
    "Firefox",
    "a body of more than it keeps",
    "incomplete",
    ({ response }) => Object.assign(response.content, { text: response.content.text.slice(0, 40) }),
  ],
  ["Firefox", "a call that was blocked", "unanswered", (entry) => Object.assign(entry.response, failed)],
  [
    "Charles",
    "a packed body that was broken off",
    "incomplete",
    ({ response }) => Object.assign(response.content, { text: response.content.text.slice(0, 24) }),
  ],
  [
    "mitmproxy",
    "a call that failed",
    "unanswered",
    (entry) => Object.assign(entry.response, { ...failed, _error: "peer closed connection" }),
  ],
  [
    "mitmproxy",
    "a body that was passed on and not kept",
    "incomplete",
    ({ response }) =>
      Object.assign(response, { bodySize: 0, content: { size: 0, compression: 0, mimeType: "application/json", text: "" } }),
  ],
  [
    "mitmproxy",
    "a WebSocket",
    "elsewhere",
    (entry) =>
      Object.assign(entry, {
        _resourceType: "websocket",
        _webSocketMessages: [],
        response: { ...entry.response, status: 101 },
      }),
  ],
  [
    "Insomnia",
    "a request that was never sent",
    "unanswered",
    (entry) => Object.assign(entry.response, { ...failed, content: { size: 0, mimeType: "", text: "" } }),
  ],
  [
    "Insomnia",
    "an answer whose body was deleted",
    "incomplete",
    ({ response }) => Object.assign(response.content, { size: 0, text: "" }),
  ],
  ["Postman", "an example without its body", "incomplete", ({ response }) => Object.assign(response[0], { body: null })],
  ["Postman", "an example without a status", "unanswered", ({ response }) => delete response[0].code],
  [
    "Postman",
    "an address with a variable of an environment",
    "elsewhere",
    ({ response }) => Object.assign(response[0].originalRequest.url, { raw: "{{staging}}/chats/46" }),
  ],
])("%s: %s is %s", (name, _, why, change) => {
  expect(countsOf(name, change)).toEqual({ ...none, [why]: 1 });
});

test("a request of Postman without saved answers is no call, and one may be saved without its request or with a plain address", () => {
  const url = `${API}/chats/46`;
  const asCode = (code: number, more: object) => ({ code, header: null, body: JSON.stringify(chat), ...more });
  const item = [
    { name: "never sent", request: { method: "GET", url } },
    { name: "saved", request: { method: "GET", url }, response: [asCode(200, {}), asCode(201, { originalRequest: { url } })] },
  ];
  const info = { schema: "https://schema.getpostman.com/json/collection/v2.0.0/collection.json" };
  const { counts, exchanges } = readHar(JSON.stringify({ info, item }), "linq.json");
  expect(counts).toEqual({ ...none, entries: 2, incomplete: 2 }); // of which type the bodies are, nothing says
  const saved = { ...item[1], response: [asCode(200, { _postman_previewlanguage: "json" })] };
  expect(readHar(JSON.stringify({ info, item: [saved] }), "linq.json").counts).toEqual({ ...none, checked: 1 });
  expect(exchanges).toEqual([]);
});
