import { connect } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { TargetError } from "../../contracts/client/errors";
import { chromiumEntry } from "../../contracts/har/testing/chromium-har";
import { type Replay, startReplay } from "./server";

// Asserted here, too: A-error-wording.

const HOST = "https://api.linqapp.com";
const API = `${HOST}/api/partner/v2`;
const MARK = "linq-mock-contract-abcdefghij";
const UUID = "db16beb4-2606-43a1-99e5-5b04c4df66ba";

type Entry = ReturnType<typeof chromiumEntry>;
let replay: Replay | undefined;

afterEach(async () => {
  await replay?.stop();
  replay = undefined;
});

async function serve(entries: readonly unknown[], cut = 0): Promise<void> {
  const text = JSON.stringify({ log: { version: "1.2", creator: { name: "WebInspector", version: "537.36" }, entries } });
  replay = await startReplay({
    text: text.slice(0, text.length - cut),
    name: "calls.har",
    port: 0,
    host: "127.0.0.1",
    log: "silent",
  });
}

interface Sent {
  readonly method?: string;
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly type?: string;
  readonly headers?: Record<string, string>;
}

/** Asks below the API's prefix; `token: undefined` is none. */
async function ask(path: string, sent: Sent = {}) {
  const { method = "GET", token = "a", body, type = "application/json", headers } = sent;
  const response = await fetch(`${replay?.url}/api/partner/v2${path}`, {
    method,
    headers: {
      ...("token" in sent && token === "" ? {} : { "X-LINQ-INTEGRATION-TOKEN": token }),
      ...(body !== undefined && { "Content-Type": type }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, hint: response.headers.get("x-linq-mock-hint"), headers: response.headers };
}

async function texts(path: string, asked: readonly Sent[]): Promise<string[]> {
  const found: string[] = [];
  for (const sent of asked) found.push((await ask(path, sent)).text);
  return found;
}

/** A call with this token, or none. */
function withToken(entry: Entry, token: string | undefined): Entry {
  const others = entry.request.headers.filter(({ name }) => name !== "x-linq-integration-token");
  const headers = token === undefined ? others : [...others, { name: "X-Linq-Integration-Token", value: token }];
  return { ...entry, request: { ...entry.request, headers } };
}

const chat = (n: unknown) => chromiumEntry({ url: `${API}/chats/46`, body: { n } });

test("an answer comes as it was recorded, to the byte", async () => {
  const text = '{ "data" :\n{"id": 46, "text": "Über 👍"} }';
  const headers = [
    { name: "content-type", value: "application/json; charset=utf-8" },
    { name: "content-encoding", value: "gzip" },
    { name: "content-length", value: "7" },
    { name: "transfer-encoding", value: "chunked" },
    { name: "date", value: "Fri, 05 Dec 2025 20:42:06 GMT" },
    { name: "x-thing", value: "1" },
    { name: "Set-Cookie", value: "a=1" },
    { name: "set-cookie", value: "b=2" },
    { name: "vary", value: "redacted" },
    { name: "bad\nname", value: "x" },
    { name: "bad-value", value: "x\ny" },
  ];
  await serve([
    chromiumEntry({ url: `${API}/chats/46`, status: 418, body: {}, response: { headers, content: { text, size: 9 } } }),
  ]);
  const { status, text: got, headers: sent } = await ask("/chats/46");
  expect({ status, got }).toEqual({ status: 418, got: text });
  expect(Object.fromEntries(sent)).toEqual({
    "content-type": "application/json; charset=utf-8",
    "content-length": String(Buffer.byteLength(text)),
    date: "Fri, 05 Dec 2025 20:42:06 GMT",
    "x-thing": "1",
    "set-cookie": "b=2",
    connection: "keep-alive",
    "keep-alive": "timeout=5",
  });
  expect(sent.getSetCookie()).toEqual(["a=1", "b=2"]);
});

test("a body in base64 is decoded, and 204 has none", async () => {
  const bytes = Buffer.from([0xff, 0x00, 0xfe]);
  await serve([
    chromiumEntry({
      url: `${API}/chats/46`,
      body: {},
      response: { content: { text: bytes.toString("base64"), encoding: "base64" } },
    }),
    chromiumEntry({ method: "DELETE", url: `${API}/chats/46/stop_typing`, status: 204 }),
  ]);
  const response = await fetch(`${replay?.url}/api/partner/v2/chats/46`, { headers: { "X-LINQ-INTEGRATION-TOKEN": "a" } });
  expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  expect(await ask("/chats/46/stop_typing", { method: "DELETE" })).toMatchObject({ status: 204, text: "" });
});

test("the same request has its answers in the order of the recording, and the last again and again", async () => {
  await serve([chat(1), chromiumEntry({ url: `${API}/contacts`, body: {} }), chat(2), chat(2), chat(3)]);
  const got = await texts(
    "/chats/46",
    Array.from({ length: 6 }, () => ({})),
  );
  expect(got).toEqual(['{"n":1}', '{"n":2}', '{"n":2}', '{"n":3}', '{"n":3}', '{"n":3}']);
});

test("a query counts as it was sent, and else in any order and encoding", async () => {
  const of = (query: string) => chromiumEntry({ url: `${API}/chats/find?${query}`, body: { query } });
  await serve([
    of("phone_number=%2B1&phone_numbers[]=2&phone_numbers[]=3"),
    of("phone_numbers[]=3&phone_numbers[]=2&phone_number=%2B1"),
  ]);
  const asked = async (query: string) => JSON.parse((await ask(`/chats/find?${query}`)).text).query;
  expect(await asked("phone_numbers[]=3&phone_numbers[]=2&phone_number=%2B1")).toMatch(/^phone_numbers/);
  expect(await asked("phone_number=%2B1&phone_numbers[]=2&phone_numbers[]=3")).toMatch(/^phone_number=/);
  expect(await asked("phone_numbers%5B%5D=2&phone_number=%2b1&phone_numbers%5b%5d=3")).toMatch(/^phone_number/);
  expect((await ask("/chats/find?phone_number=%2B1&phone_numbers[]=2")).status).toBe(404);
});

test("JSON counts by what it holds, forms by their type, and other bodies as they are", async () => {
  const sent = (sentBody: unknown, n: number) =>
    chromiumEntry({ method: "POST", url: `${API}/chats/46/chat_messages`, status: 201, sent: sentBody, body: { n } });
  const form = { mimeType: "multipart/form-data; boundary=x", params: [{ name: "message[text]", value: "hi" }] };
  const posted = sent({}, 3);
  await serve([
    sent({ message: { text: "hi", idempotency_key: "k" } }, 1),
    sent({ message: { text: "other" } }, 2),
    { ...posted, request: { ...posted.request, postData: form } },
  ]);
  const post = (body: unknown, type?: string) =>
    ask("/chats/46/chat_messages", { method: "POST", body, ...(type !== undefined && { type }) });
  expect((await post('{ "message": {"idempotency_key":"k",\n"text":"hi"} }')).text).toBe('{"n":1}');
  expect((await post({ message: { text: "other" } })).text).toBe('{"n":2}');
  expect((await post("--y--", "multipart/form-data; boundary=y")).text).toBe('{"n":3}');
  const { status, text, hint } = await post({ message: { text: "unknown" } });
  expect({ status, ...JSON.parse(text).errors[0] }).toMatchObject({ status: 404, code: "not_found" });
  expect(hint).toBe("The nearest recorded: POST /chats/46/chat_messages, with another body.");
});

test("where one token was recorded, any is it, and none is none", async () => {
  await serve([withToken(chat("own"), "recorded"), withToken(chat("none"), undefined)]);
  expect(await texts("/chats/46", [{ token: "x" }, { token: "y" }, { token: "" }])).toEqual([
    '{"n":"own"}',
    '{"n":"own"}',
    '{"n":"none"}',
  ]);
});

test("where several tokens were recorded, the first that comes is the first, and one more is none of them", async () => {
  await serve([withToken(chat(1), "one"), withToken(chat(2), "two")]);
  expect(await texts("/chats/46", [{ token: "x" }, { token: "y" }, { token: "x" }])).toEqual(['{"n":1}', '{"n":2}', '{"n":1}']);
  expect(await texts("/chats/46", [{ token: "two" }])).toEqual(['{"n":2}']); // as it was recorded
  const { status, hint } = await ask("/chats/46", { token: "z" });
  expect({ status, hint }).toEqual({ status: 404, hint: "The nearest recorded: GET /chats/46, with another token." });
  expect((await ask("/chats/46", { token: "" })).hint).toBe("The nearest recorded: GET /chats/46, with a token.");
});

test("where no token was recorded, none is missed", async () => {
  await serve([withToken(chat(1), undefined)]);
  expect(await texts("/chats/46", [{ token: "x" }, { token: "" }])).toEqual(['{"n":1}', '{"n":1}']);
});

test("what is another in every run is overlooked, and put back into answers", async () => {
  const create = (key: string, n: number) =>
    chromiumEntry({
      method: "POST",
      url: `${API}/contacts`,
      sent: { contact: { first_name: `${MARK}-b`, key }, webhook_url: "http://127.0.0.1:4444/x" },
      body: { n, first_name: `${MARK}-b`, key, webhook_url: "http://127.0.0.1:4444/x" },
    });
  const other = UUID.replace("d", "a");
  await serve([
    create(UUID, 1),
    create(other, 2),
    create(UUID, 3),
    chromiumEntry({
      url: `${API}/contacts/find?email=${MARK}-b@example.com`,
      body: { email: `${MARK}-b@example.com`, id: other },
    }),
  ]);
  const mine = "linq-mock-contract-zzzzzzzzzz";
  const [first, second] = [UUID.replace("b", "c"), UUID.replace("b", "d")];
  const post = async (key: string) =>
    JSON.parse(
      (
        await ask("/contacts", {
          method: "POST",
          body: { contact: { first_name: `${mine}-b`, key }, webhook_url: "http://127.0.0.1:5555/x" },
        })
      ).text,
    );
  const answer = { first_name: `${mine}-b`, webhook_url: "http://127.0.0.1:5555/x" };
  expect(await post(first)).toEqual({ n: 1, key: first, ...answer });
  expect(await post(second)).toEqual({ n: 2, key: second, ...answer });
  expect(await post(first)).toEqual({ n: 3, key: first, ...answer });
  const found = JSON.parse((await ask(`/contacts/find?email=${mine}-b@example.com`)).text);
  expect(found).toEqual({ email: `${mine}-b@example.com`, id: second });
});

test("secrets of webhooks are not compared", async () => {
  const sent = { webhook_subscription: { webhook_url: "https://a.example", secret: "hidden" } };
  await serve([chromiumEntry({ method: "POST", url: `${API}/webhook_subscriptions`, status: 201, sent, body: {} })]);
  const body = { webhook_subscription: { secret: "mine", webhook_url: "https://a.example" } };
  expect((await ask("/webhook_subscriptions", { method: "POST", body })).status).toBe(201);
});

test("what was not recorded is said with what is the most like it, and in the end", async () => {
  await serve([chat(1), chromiumEntry({ url: `${API}/contacts?page=2`, body: {} })]);
  expect((await ask("/contacts?page=3")).hint).toBe("The nearest recorded: GET /contacts?page=2.");
  expect((await ask("/chat/46")).hint).toBe("The nearest recorded: GET /chats/46.");
  await ask("/chat/46");
  await ask("/chats/46");
  const response = await fetch(`${replay?.url}/elsewhere`);
  expect([response.status, response.headers.get("x-linq-mock-hint")]).toEqual([
    404,
    expect.stringContaining("/api/partner/v2"),
  ]);
  expect(await replay?.stop()).toBe(
    [
      "Answered 1 request from 1 of 2 recorded calls; 1 not asked for.",
      "Asked, and not recorded:",
      "  GET /api/partner/v2/contacts",
      "  GET /api/partner/v2/chat/46 (2 times)",
      "  GET /elsewhere",
      "",
    ].join("\n"),
  );
  replay = undefined;
});

test("health is told", async () => {
  await serve([chat(1)]);
  await ask("/chats/46");
  const response = await fetch(`${replay?.url}/__mock/health`);
  expect(await response.json()).toMatchObject({ status: "ok", version: expect.any(String), recording: { calls: 1, asked: 1 } });
});

test("a page of this machine may read answers, whatever was recorded of another", async () => {
  const headers = [{ name: "Access-Control-Allow-Origin", value: "https://app.example" }];
  await serve([chromiumEntry({ url: `${API}/chats/46`, body: {}, response: { headers } })]);
  const { headers: got } = await ask("/chats/46", { headers: { Origin: "http://localhost:3000" } });
  expect(got.get("access-control-allow-origin")).toBe("http://localhost:3000");
});

test.each(["https://app.example", "*"])("another page may read none, though %s could when it was recorded", async (value) => {
  const headers = [{ name: "Access-Control-Allow-Origin", value }];
  await serve([chromiumEntry({ url: `${API}/chats/46`, body: {}, response: { headers } })]);
  const { headers: got } = await ask("/chats/46", { headers: { Origin: "https://app.example" } });
  expect(got.get("access-control-allow-origin")).toBeNull();
});

test("another host is refused, and a request that is none is answered", async () => {
  await serve([chat(1)]);
  const say = (bytes: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(replay?.url ?? "").port), "127.0.0.1", () => socket.end(bytes));
      let got = "";
      socket.on("data", (chunk) => {
        got += chunk.toString();
      });
      socket.on("close", () => resolve(got)).on("error", reject);
    });
  expect(await say("GET /api/partner/v2/chats/46 HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")).toMatch(
    /^HTTP\/1\.1 403 /,
  );
  expect(await say("nonsense\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
  expect(await say("GET /api/partner/v2/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).toMatch(
    /^HTTP\/1\.1 404 /,
  );
});

test("a recording that was cut off is read as far as it goes", async () => {
  await serve([chat(1), chat(2), chat(3)], 300);
  expect(replay?.recording).toBe(
    "calls.har: 2 recorded calls; the file was cut off: its last entry is lost, and whatever was to follow",
  );
  expect(await texts("/chats/46", [{}, {}])).toEqual(['{"n":1}', '{"n":2}']);
});

test("a call that had got no answer is answered with 502 in its place, in the envelope of its operation", async () => {
  const lost = (path: string, _error?: string) =>
    chromiumEntry({ url: `${API}${path}`, status: 0, response: { content: { size: 0 }, ...(_error && { _error }) } });
  await serve([chat(1), lost("/chats/46", "net::ERR_CONNECTION_RESET"), chat(3), lost("/contacts/1")]);
  expect((await ask("/chats/46")).text).toBe('{"n":1}');
  const { status, text, hint } = await ask("/chats/46");
  expect({ status, body: JSON.parse(text), hint }).toEqual({
    status: 502,
    body: {
      errors: [{ status: 502, code: "bad_gateway", title: "Bad Gateway", detail: "There was no answer in the recording" }],
    },
    hint: "When this was recorded, no answer had come: net::ERR_CONNECTION_RESET.",
  });
  expect((await ask("/chats/46")).text).toBe('{"n":3}');
  const contact = await ask("/contacts/1");
  expect({ status: contact.status, body: JSON.parse(contact.text), hint: contact.hint }).toEqual({
    status: 502,
    body: {
      status: "error",
      error_code: "BAD_GATEWAY",
      message: "Bad gateway",
      errors: ["There was no answer in the recording"],
    },
    hint: "When this was recorded, no answer had come.",
  });
  expect(await replay?.stop()).toContain("Answered 4 requests from 4 of 4 recorded calls; 0 not asked for.");
  replay = undefined;
});

test("packed bytes are unpacked, or not given: never sent as JSON", async () => {
  const packed = (n: number, bytes: Buffer, packing: string) =>
    chromiumEntry({
      url: `${API}/chats/${n}`,
      body: {},
      response: {
        headers: [
          { name: "Content-Type", value: "application/json" },
          { name: "Content-Encoding", value: packing },
        ],
        content: { text: bytes.toString("base64"), encoding: "base64", mimeType: "application/json" },
      },
    });
  await serve([
    packed(1, brotliCompressSync('{"n":1}'), "br"),
    packed(2, gzipSync('{"n":2}'), "gzip"),
    packed(3, gzipSync('{"n":3}').subarray(0, 12), "gzip"),
  ]);
  expect([(await ask("/chats/1")).text, (await ask("/chats/2")).text]).toEqual(['{"n":1}', '{"n":2}']);
  expect((await ask("/chats/3")).text).not.toContain("\\u001f");
  expect(replay?.recording).toMatch(/^calls\.har: 2 recorded calls; 1 entries /);
});

test("what cannot be given again is counted", async () => {
  await serve([
    chat(1),
    chromiumEntry({ url: "https://elsewhere.example/", body: {} }),
    chromiumEntry({ url: `${API}/chats/46`, status: 0 }),
    chromiumEntry({ url: `${API}/chats/46`, status: 304 }),
    chromiumEntry({ url: `${API}/chats/46`, response: { content: { size: 44, mimeType: "application/json" } } }),
    null,
  ]);
  expect(replay?.recording).toBe(
    "calls.har: 2 recorded calls; 1 of them had got no answer, and get 502; 4 entries are of other addresses, or without a body",
  );
});

test.each([
  ["", "calls.har is empty"],
  ["hello", "calls.har is no JSON, and so no HAR file"],
  ["{}", "calls.har is JSON, but no HAR file; it has no log.entries"],
  ['{"log":{"version":"1.2","ent', "calls.har is cut off"],
  ['{"log":{"entries":[]}}', "calls.har has nothing to answer from: it has no entries; record calls below /api/partner/v2"],
  [
    JSON.stringify({ log: { entries: [chromiumEntry({ url: `${API}/chats/46`, status: 0 })] } }),
    "of its entries, 1 had no answer",
  ],
  ['{"log":{"entries":[{}]}}', "of its entries, 1 cannot be read"],
])("%j cannot be replayed", async (text, expected) => {
  const started = startReplay({ text, name: "calls.har", port: 0, host: "127.0.0.1", log: "silent" });
  const error: unknown = await started.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TargetError);
  expect(String(error)).toContain(expected);
});

test("calls of V3 are replayed beside those of V2, each by its path and its token", async () => {
  const ofV3 = `${HOST}/api/partner/v3`;
  const bearer = (token: string) => ({
    request: {
      ...chromiumEntry({ url: `${ofV3}/chats/${UUID}` }).request,
      headers: [{ name: "authorization", value: `Bearer ${token}` }],
    },
  });
  await serve([
    chat(1),
    chromiumEntry({ url: `${ofV3}/chats/${UUID}`, body: { id: UUID }, entry: bearer("one") }),
    chromiumEntry({ url: `${ofV3}/chats/${UUID}`, body: { id: null }, entry: bearer("two") }),
  ]);
  const askV3 = async (path: string, token: string) => {
    const response = await fetch(`${replay?.url}/api/partner/v3${path}`, { headers: { Authorization: `Bearer ${token}` } });
    return [response.status, await response.json()];
  };
  expect((await ask("/chats/46")).text).toBe('{"n":1}');
  expect(await askV3(`/chats/${UUID}`, "one")).toEqual([200, { id: UUID }]);
  expect(await askV3(`/chats/${UUID}`, "two")).toEqual([200, { id: null }]);
  const [status, body] = await askV3("/contact_card", "one");
  expect([status, body]).toEqual([
    404,
    expect.objectContaining({ success: false, error: expect.objectContaining({ status: 404 }) }),
  ]);
});
