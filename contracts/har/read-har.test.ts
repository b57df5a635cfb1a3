import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { TargetError } from "../client/errors";
import { answerExamples, type Json } from "../testing/contract-examples";
import { harEntries, readHar } from "./read-har";
import { chromiumEntry, chromiumHar } from "./testing/chromium-har";

const API = "https://api.linqapp.com/api/partner/v2";
const FIND = `${API}/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=%2B12055426109`;
const found: Json = answerExamples.find(({ of }) => of.id === "findChat" && of.status === 200)?.value;
const chat: Json = answerExamples.find(({ of }) => of.id === "getChat" && of.status === 200)?.value;
const none = { entries: 1, checked: 0, elsewhere: 0, unknown: 0, unanswered: 0, incomplete: 0, unreadable: 0 };

/** What comes of a file that has only this entry. */
function countsOf(entry: unknown) {
  return readHar(chromiumHar(entry), "page.har").counts;
}

/** An entry with the least that a file must have, as small proxies write it. */
function bareEntry(response: object, url = `${API}/chats/46`, method = "GET"): object {
  return { request: { method, url }, response };
}

function messageOf(text: string): string {
  try {
    readHar(text, "page.har");
  } catch (error) {
    expect(error).toBeInstanceOf(TargetError);
    return (error as Error).message;
  }
  throw new Error("it was read");
}

test("reads what Chromium writes", () => {
  const { exchanges, counts } = readHar(chromiumHar(chromiumEntry({ url: FIND, body: found })), "page.har");
  expect(counts).toEqual({ ...none, checked: 1 });
  expect(exchanges).toEqual([
    {
      operation: "findChat",
      request: { method: "GET", path: "/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=%2B12055426109" },
      response: {
        status: 200,
        headers: {
          "access-control-allow-origin": "*",
          "content-length": String(JSON.stringify(found).length),
          "content-type": "application/json; charset=utf-8",
          date: "Fri, 05 Dec 2025 20:42:06 GMT",
          vary: "Origin, Accept-Encoding",
        },
        body: found,
        text: JSON.stringify(found),
      },
      token: "own",
      ms: 61.75200000053155,
    },
  ]);
});

test("keeps what was sent, and no token", () => {
  const sent = { contact: { first_name: "Ann" } };
  const { exchanges } = readHar(
    chromiumHar(chromiumEntry({ method: "POST", url: `${API}/contacts`, status: 422, body: {}, sent })),
    "x",
  );
  expect(exchanges).toMatchObject([{ operation: "createContact", request: { method: "POST", path: "/contacts", body: sent } }]);
  expect(JSON.stringify(exchanges)).not.toContain("canary");
});

test.each<[string, string]>([
  ["another host", "https://app.example.com/main.js"],
  ["another path of the host", "https://api.linqapp.com/api/partner/v4/chats"],
  ["a part of a word", "https://api.linqapp.com/api/partner/v25/chats"],
  ["no address", "about:blank"],
  ["no address at all", ""],
  ["data", "data:image/png;base64,iVBORw0KGgo="],
])("counts what went elsewhere: %s", (_, url) => {
  expect(countsOf({ request: { method: "GET", url }, response: { status: 200 } })).toEqual({ ...none, elsewhere: 1 });
});

test("counts what asks for an operation that the contract does not have", () => {
  expect(countsOf(chromiumEntry({ url: `${API}/messages`, status: 404, body: {} }))).toEqual({ ...none, unknown: 1 });
});

test("counts what asks for leave, which is no call of the API", () => {
  const preflight = chromiumEntry({ method: "OPTIONS", url: FIND, status: 204, entry: { _resourceType: "preflight" } });
  expect(countsOf(preflight)).toEqual({ ...none, elsewhere: 1 });
});

test("reads a call of a sandbox, of a local server and of any base", () => {
  for (const base of ["http://localhost:4010", "http://127.0.0.1:4010/s/team-a", "https://gateway.example.com/linq"]) {
    const { exchanges } = readHar(chromiumHar(chromiumEntry({ url: `${base}/api/partner/v2/chats/46?x=1`, body: chat })), "x");
    expect(exchanges).toMatchObject([{ operation: "getChat", request: { path: "/chats/46?x=1" } }]);
  }
});

test.each<[string, object]>([
  [
    "that failed, as Chromium tells it",
    chromiumEntry({ url: FIND, status: 0, response: { _error: "net::ERR_CONNECTION_REFUSED" } }),
  ],
  ["with no response", { request: { method: "GET", url: FIND } }],
  ["with nothing in its response", bareEntry({})],
  ["with a status that is none", bareEntry({ status: "OK" })],
  ["with a status of -1", bareEntry({ status: -1 })],
])("counts a call without an answer: one %s", (_, entry) => {
  expect(countsOf(entry)).toEqual({ ...none, unanswered: 1 });
});

test.each<[string, object]>([
  [
    "a body that was dropped meanwhile",
    chromiumEntry({ url: FIND, body: found, response: { content: { size: 512, mimeType: "application/json" } } }),
  ],
  [
    "a body that was left out, as of Firefox",
    bareEntry({
      status: 200,
      headers: [{ name: "Content-Type", value: "application/json" }],
      content: { size: 512, mimeType: "application/json", comment: "Response bodies are not included." },
    }),
  ],
  ["a body with the text emptied", bareEntry({ status: 200, content: { size: 512, mimeType: "application/json", text: "" } })],
  [
    "a body of a length that only its header tells",
    bareEntry({
      status: 200,
      headers: [{ name: "content-length", value: "17" }],
      content: { size: 0, mimeType: "application/json" },
    }),
  ],
  [
    "a body of which nothing is known",
    bareEntry({ status: 200, bodySize: -1, content: { size: -1, mimeType: "application/json" } }),
  ],
  ["no content at all", bareEntry({ status: 200, headers: [{ name: "content-type", value: "application/json" }] })],
  ["neither headers nor a type", bareEntry({ status: 200, headers: [], content: { size: 2, mimeType: "", text: "{}" } })],
  ["what the browser had already", chromiumEntry({ url: FIND, status: 304, body: found })],
])("counts what was recorded in part: %s", (_, entry) => {
  expect(countsOf(entry)).toEqual({ ...none, incomplete: 1 });
});

test.each<[string, unknown]>([
  ["null", null],
  ["a number", 7],
  ["a list", [[[]]]],
  ["no request", { response: { status: 200 } }],
  ["a request without an address", { request: { method: "GET" } }],
  ["a method that is none", { request: { method: null, url: FIND } }],
])("counts what is no entry: %s", (_, entry) => {
  expect(countsOf(entry)).toEqual({ ...none, unreadable: 1 });
});

test("an answer without a body has none, however that is written", () => {
  const url = `${API}/chats/46/start_typing`;
  const type = { mimeType: "application/json" };
  const responses = [
    { status: 201, content: { size: 0, ...type } },
    { status: 201, content: { size: 0, ...type, text: "" } },
    { status: 201, content: type, bodySize: 0 },
    { status: 201, headers: [{ name: "Content-Length", value: "0" }] },
    { status: 204, headers: [{ name: "date", value: "x" }] },
  ];
  for (const response of responses) {
    const { exchanges } = readHar(chromiumHar(bareEntry(response, url, "post")), "x");
    expect(exchanges).toMatchObject([
      { operation: "startTyping", request: { method: "POST" }, response: { body: undefined, text: "" } },
    ]);
  }
  const head = bareEntry(
    { status: 200, headers: [{ name: "Content-Length", value: "120" }], content: {} },
    `${API}/chats/46`,
    "HEAD",
  );
  expect(readHar(chromiumHar(head), "x").exchanges).toMatchObject([{ operation: "getChat", response: { text: "" } }]);
});

test("reads what proxies write: base64, headers in capitals, and a type that no header tells", () => {
  const content = {
    size: 10,
    mimeType: "application/json",
    encoding: "base64",
    text: Buffer.from(JSON.stringify({ name: "Zoë" })).toString("base64"),
  };
  const headers = [
    { name: "Content-Type", value: "application/json" },
    { name: "X-Request-Id", value: "7" },
  ];
  const read = (response: object) => readHar(chromiumHar(bareEntry(response)), "x").exchanges[0]?.response;
  expect(read({ status: 200, headers, content })).toMatchObject({
    headers: { "content-type": "application/json", "x-request-id": "7" },
    body: { name: "Zoë" },
    text: '{"name":"Zoë"}',
  });
  expect(read({ status: 200, content })).toMatchObject({
    headers: { "content-type": "application/json" },
    body: { name: "Zoë" },
  });
});

test("headers that are none are left out", () => {
  const headers = [
    { name: ":status", value: "204" },
    null,
    7,
    {},
    { name: "a" },
    { name: 1, value: "b" },
    { name: "Via", value: "1.1 proxy" },
    { name: "__proto__", value: "x" },
  ];
  const { exchanges } = readHar(chromiumHar(bareEntry({ status: 204, headers, content: { text: "" } })), "x");
  expect(Object.keys(exchanges[0]?.response.headers ?? {})).toEqual(["via", "__proto__"]);
  expect({}).not.toHaveProperty("x");
});

test("what is no JSON is kept as a text", () => {
  const content = { size: 15, mimeType: "text/html", text: "<!DOCTYPE html>" };
  expect(readHar(chromiumHar(bareEntry({ status: 502, content })), "x").exchanges[0]?.response).toMatchObject({
    body: "<!DOCTYPE html>",
    text: "<!DOCTYPE html>",
  });
});

test("a file may begin with a byte order mark, and end with a line", () => {
  expect(readHar(`\uFEFF${chromiumHar(chromiumEntry({ url: FIND, body: found }))}\r\n`, "x").counts.checked).toBe(1);
});

test("a file that was cut off anywhere is said to be so", () => {
  const text = chromiumHar(chromiumEntry({ url: FIND, body: found }));
  const messages = new Set(Array.from(text, (_, length) => (length === 0 ? undefined : messageOf(text.slice(0, length)))));
  expect([...messages]).toEqual([undefined, "page.har is cut off; export it again."]);
});

test.each([
  ["", "page.har is empty; record it again."],
  [" \n", "page.har is empty; record it again."],
  ["<html>", "page.har is no JSON, and so no HAR file."],
  ['{"log": {"entries": [,]}}', "page.har is no JSON, and so no HAR file."],
  ["null", "page.har is JSON, but no HAR file; it has no log.entries."],
  ["[]", "page.har is JSON, but no HAR file; it has no log.entries."],
  ['{"log": {}}', "page.har is JSON, but no HAR file; it has no log.entries."],
  ['{"log": {"entries": {}}}', "page.har is JSON, but no HAR file; it has no log.entries."],
  [`${"[".repeat(200_000)}${"]".repeat(200_000)}`, "page.har is JSON, but no HAR file; it has no log.entries."],
])("what is no HAR file is said to be none: %.30s", (text, message) => {
  expect(messageOf(text)).toBe(message);
});

test("the name of a file cannot command a terminal", () => {
  expect(() => readHar("", "a\u001b[2J.har")).toThrow("a\\u001b[2J.har is empty; record it again.");
});

test("a body of 50 MB elsewhere is no trouble, and one of the API is not read", () => {
  const text = "x".repeat(50 * 1024 * 1024);
  const large = (url: string): object =>
    bareEntry({ status: 200, content: { size: text.length, mimeType: "text/plain", text } }, url);
  const { counts, exchanges } = readHar(chromiumHar(large("https://cdn.example.com/film"), large(`${API}/chats/46`)), "x");
  expect(counts).toEqual({ ...none, entries: 2, elsewhere: 1, unreadable: 1 });
  expect(exchanges).toEqual([]);
});

test("a body that is nested too deep to be written again is kept as a text", () => {
  const text = `{"data":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
  const { exchanges } = readHar(chromiumHar(bareEntry({ status: 200, content: { mimeType: "application/json", text } })), "x");
  expect(exchanges[0]?.response.body).toBe(text);
  const wide = `{"data":"${"[".repeat(1_000)}\\"[${"{".repeat(1_000)}"}`;
  const other = readHar(chromiumHar(bareEntry({ status: 200, content: { mimeType: "application/json", text: wide } })), "x");
  expect(other.exchanges[0]?.response.body).toEqual(JSON.parse(wide));
});

const entries = [
  { request: { url: "a" }, note: 'with "quotes", {braces}, ]brackets[ and \\ backslashes' },
  { list: [[1, { a: [] }]], nothing: null },
  { request: { url: "c" } },
];
const cuttable = JSON.stringify({ log: { version: "1.2", pages: [{ entries: [{ no: 1 }] }], entries, comment: "x" } });
const start = cuttable.indexOf('"entries":[{"request"') + '"entries":['.length;

test("a whole file has all its entries", () => {
  expect(harEntries(`\uFEFF${cuttable}`, "x")).toEqual({ entries, lost: 0 });
});

test("a file that is cut off anywhere has the entries that are whole", () => {
  const ends = entries.map((_, i) => start + JSON.stringify(entries.slice(0, i + 1)).length - "[]".length);
  for (let length = start; length < cuttable.length; length += 1) {
    const whole = ends.filter((end) => end <= length).length;
    const isInEntry = whole < entries.length && length > (whole === 0 ? start : (ends[whole - 1] ?? 0) + 1);
    expect({ length, ...harEntries(cuttable.slice(0, length), "x") }).toEqual({
      length,
      entries: entries.slice(0, whole),
      lost: isInEntry ? 1 : 0,
    });
  }
});

test.each([0, 1, 10, start - 1])("a file that is cut off before its entries, after %i characters, is none", (length) => {
  expect(() => harEntries(cuttable.slice(0, length), "calls.har")).toThrow(TargetError);
});

test("a file with a fault in the middle is none", () => {
  expect(() => harEntries(cuttable.replace('"nothing":null', '"nothing":nil'), "calls.har")).toThrow("calls.har is no JSON");
});

describe("a body as other tools write it", () => {
  const json = JSON.stringify(chat);
  const type = { name: "Content-Type", value: "application/json; charset=utf-8" };
  const packedBy = (packing: string) => ({ name: "Content-Encoding", value: packing });
  const read = (content: object, headers: object[] = [], response: object = {}) =>
    readHar(chromiumHar(bareEntry({ status: 200, headers: [type, ...headers], content, ...response })), "page.har");

  test.each<[string, object, object[], object]>([
    ["marked as base64 and none", { text: json, encoding: "base64" }, [], {}],
    ["packed by br", { text: brotliCompressSync(json).toString("base64"), encoding: "base64" }, [packedBy("br")], {}],
    ["packed by gzip", { text: gzipSync(json).toString("base64"), encoding: "base64" }, [packedBy("gzip")], {}],
    ["packed by gzip, and nothing says so", { text: gzipSync(json).toString("base64"), encoding: "base64" }, [], {}],
    ["packed by deflate", { text: deflateSync(json).toString("base64"), encoding: "base64" }, [packedBy("deflate")], {}],
    ["packed, a letter for each byte", { text: gzipSync(json).toString("latin1") }, [packedBy("gzip")], {}],
    ["unpacked, though the header says packed", { text: json, size: json.length }, [packedBy("br")], {}],
    ["unpacked, in base64", { text: Buffer.from(json).toString("base64"), encoding: "base64" }, [packedBy("br")], {}],
    ["with the size that it had packed", { text: json, size: 10 }, [packedBy("br")], {}],
    ["with a status that is text", { text: json }, [], { status: "200" }],
  ])("%s, is read right", (_, content, headers, response) => {
    const { exchanges, counts } = read(content, headers, response);
    expect(counts).toEqual({ ...none, checked: 1 });
    expect(exchanges).toMatchObject([{ response: { status: 200, body: chat, text: json } }]);
  });

  test.each<[string, object, object[]]>([
    ["that is shorter than its size", { text: json.slice(0, -9), size: json.length }, []],
    [
      "that is shorter than its header says",
      { text: json.slice(0, -9) },
      [{ name: "Content-Length", value: String(json.length) }],
    ],
    ["that ends in the middle, of an unknown size", { text: json.slice(0, -9), size: -1 }, []],
    ["packed as nobody can undo", { text: "KLUv/QRYAQAAYmFk", encoding: "base64" }, [packedBy("zstd")]],
    [
      "packed and cut short",
      { text: gzipSync(json).subarray(0, 40).toString("base64"), encoding: "base64" },
      [packedBy("gzip")],
    ],
    ["packed and spoilt by being read as text", { text: gzipSync(json).toString("utf8") }, [packedBy("gzip")]],
  ])("%s, is not judged", (_, content, headers) => {
    expect(read(content, headers).counts).toEqual({ ...none, incomplete: 1 });
  });

  test("that is whole, by its size, and ends too early is judged as it came", () => {
    const text = json.slice(0, -9);
    expect(read({ text, size: text.length }).exchanges).toMatchObject([{ response: { body: text } }]);
  });
});
