import { gzipSync } from "node:zlib";
import { apiClient } from "../testing/api-client";
import { smallWorld } from "../testing/worlds";

// Asserted here, too: A-delivery, A-content-type, A-error-wording, A-list-order, A-contact-empty, A-read-event.

const api = apiClient({ fixtures: smallWorld, clock: "2025-12-05T14:40:00-06:00" });
const MESSAGES = "/chats/1/chat_messages";
const JSON_TYPE = { "Content-Type": "application/json" };
const body = JSON.stringify({ message: { text: "Gr\u00fc\u00dfe" } });

const send = (sent: string | Buffer, headers: Record<string, string> = JSON_TYPE) =>
  api.send("POST", MESSAGES, { body: sent, headers });

test.each<[what: string, sent: string | Buffer, headers: Record<string, string>]>([
  ["charset=utf8", body, { "Content-Type": "application/json; charset=utf8" }],
  ["charset=UTF-8, quoted", body, { "Content-Type": 'application/json; charset="UTF-8"' }],
  ["charset=utf-16le", Buffer.from(body, "utf16le"), { "Content-Type": "application/json; charset=utf-16le" }],
  ["a byte order mark", `\ufeff${body}`, JSON_TYPE],
  ["gzip", gzipSync(body), { ...JSON_TYPE, "Content-Encoding": "gzip" }],
])("JSON with %s is read, and nothing is said of it", async (_, sent, headers) => {
  const { status, body: answer, hint } = await send(sent, headers);
  expect([status, answer.data?.text, hint]).toEqual([201, "Gr\u00fc\u00dfe", undefined]);
});

test.each([
  ["charset=latin1", { "Content-Type": "application/json; charset=latin1" }],
  ["charset=klingon", { "Content-Type": "application/json; charset=klingon" }],
  ["Content-Encoding: zstd", { ...JSON_TYPE, "Content-Encoding": "zstd" }],
])("JSON with %s is refused, and the hint names it", async (named, headers) => {
  const { status, hint } = await send(body, headers);
  expect(status).toBe(400);
  expect(hint).toContain(`${named} is not read here. Send JSON with the header Content-Type: application/json.`);
});

test("bytes that are no UTF-8 are told", async () => {
  const { status, body: answer, hint, assumptions } = await send(Buffer.from(body, "latin1"));
  expect([status, answer.data.text]).toEqual([201, "Gr\ufffd\ufffde"]);
  expect(hint).toBe("The body is not valid UTF-8; what cannot be read became U+FFFD.");
  expect(assumptions).toContain("A-body-utf8");
});

test.each([
  ['{"message": {"text": "a", "text": "b"}}', "text"],
  ['{"message": {"text": "a"}, "message": {"text": "b"}}', "message"],
  ['{"message":{"text":"b","zebra":{"k":1},"zebra":{"k":":"}}}', "zebra"],
  ['{"message": {"te\\u0078t": "a", "text": "b"}}', "text"],
])("a field that stands twice is told: %s", async (sent, name) => {
  expect((await send(sent)).hint).toContain(`${name} stands twice in one object; the last one counts.`);
});

test.each([
  '{"message": {"text": "\\"text\\": twice, \\"text\\":"}}',
  '{ "message" : { "text" : ":" } }',
  '{"message": {"text": "\\ud83d\\ude00 \\\\", "attachment_urls": []}}',
  `{"message": {"text": "a", "text": "${"long ".repeat(1000)}"}}`, // nobody writes that by hand
])("no field stands twice in %s", async (sent) => {
  const { status, hint } = await send(sent);
  expect([status, hint]).toEqual([201, undefined]);
});

test.each(["[object Object]", " [object FormData]\n"])("%j is told what it was (A-create-status)", async (sent) => {
  const { status, hint } = await send(sent);
  expect([status, hint]).toEqual([400, "The body is an object that became a text; send what JSON.stringify makes of it."]);
});

test.each(["text/plain", "text/plain;charset=UTF-8", "application/vnd.api+json"])(
  "JSON sent as %s gets a hint",
  async (type) => {
    for (const path of [MESSAGES, "/chats/1/chat_messages/1/edit"]) {
      const { status, hint } = await api.send("POST", path, { body, headers: { "Content-Type": type } });
      expect([400, 422]).toContain(status);
      expect(hint).toContain("Send JSON with the header Content-Type: application/json.");
    }
  },
);

test.each<[method: string, path: string, sent: string, hint: string]>([
  [
    "GET",
    "/chats/1",
    '{"page": 2, "per_page": 5}',
    "The body (page, per_page) is not read: Get Chat takes none. Parameters go into the path and the query.",
  ],
  ["GET", "/contacts", "page=2", "The body (page) is not read: List Contacts takes none."],
  ["PUT", "/chats/1/mark_as_read", '{"message_id": 7}', "The body (message_id) is not read: Mark Chat as Read takes none."],
  ["DELETE", "/contacts/1", '["a"]', "The body is not read: Delete Contact takes none."],
  ["POST", "/chats/1/start_typing", "{", "The body is not read: Start Typing takes none."],
])("a body of %s %s is told: %s", async (method, path, sent, hint) => {
  const answer = await api.send(method, path, { body: sent, headers: JSON_TYPE });
  expect(answer.status).toBeLessThan(300);
  expect(answer.hint).toContain(hint);
});

test.each(["", " ", "{}", "{ }\n", "[]", "null", '""'])("a body that says nothing, %j, is not told", async (sent) => {
  expect((await api.send("POST", "/chats/1/start_typing", { body: sent, headers: JSON_TYPE })).hint).toBeUndefined();
});
