import { connect } from "node:net";
import { LoggingServer } from "../../contracts/testing/logging-server";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import { type OpenProxy, openProxy } from "../testing/open-proxy";
import { ANN, BEN, CAY, LINE, OTHER_LINE, STRANGER, smallWorld } from "../testing/worlds";

// Asserted here, too: A-migrate, A-forwarding-number, A-message-delete, A-delivery, A-attachment-limit, A-reaction-one,
// A-auth-everywhere, A-auth-envelope, A-404-others, A-create-form, A-create-existing.

/* What reaches a server that is not ours, whatever an app sends through the proxy. Chat 1 is Ann, chat 2 Ann and Ben, chat 3 Ann, Ben and Cay. */

const ALL = { allow: ["write", "visible", "send"], recipients: [ANN, BEN] } as const;

let mock: MockServer;
let server: LoggingServer;
let proxy: OpenProxy;

beforeAll(async () => {
  mock = await startMockServer({ fixtures: smallWorld });
});
beforeEach(async () => {
  await mock.reset();
  server = await new LoggingServer(mock.url).start();
  proxy = await openProxy({ target: server.url, ...ALL });
});
afterEach(async () => {
  await proxy.stop();
  await server.stop();
  expect(proxy.defects).toEqual([]);
});
afterAll(() => mock.stop());

const message = { text: "Hello" };
const create = (chat: unknown, extra: object = {}): object => ({ send_from: LINE, chat, message, ...extra });

test.each<[string, string, string, unknown, RegExp]>([
  ["creates a chat", "POST", "/chats", create({ phone_numbers: [ANN] }), /--allow send/],
  ["sends", "POST", "/chats/1/chat_messages", { message }, /--allow send/],
  ["deletes a message", "DELETE", "/chats/1/chat_messages/1", undefined, /--allow send/],
  ["types", "POST", "/chats/1/start_typing", undefined, /--allow visible/],
  ["reads", "PUT", "/chats/1/mark_as_read", undefined, /--allow visible/],
  ["makes a contact", "POST", "/contacts", { contact: { first_name: "Eve" } }, /--allow writes/],
  ["forwards a line", "PUT", "/phone_numbers/1", { forwarding_number: ANN }, /--allow writes/],
  ["checks a number", "POST", "/i_message_availability/check", { phone_number: ANN }, /--allow writes/],
  ["migrates a chat, though it is a GET", "GET", "/chats/1/migrate_to_v3", undefined, /--allow writes/],
  ["migrates with a slash at the end", "GET", "/chats/1/migrate_to_v3/", undefined, /--allow writes/],
  ["migrates with an escape", "GET", "/chats/1/%6Digrate_to_v3", undefined, /reading alone/],
  ["asks an unknown path", "POST", "/nothing", {}, /reading alone/],
  ["asks a known path otherwise", "DELETE", "/chats/1", undefined, /reading alone/],
])("by default, GET alone goes out: what %s is refused with the flag that allows it", async (_, method, path, body, flag) => {
  const closed = await openProxy({ target: server.url });
  const { status, hint, detail } = await closed.ask(method, path, body);
  await closed.stop();
  expect(status).toBe(403);
  expect(hint).toMatch(flag);
  expect(detail ?? "").toContain(path === "/contacts" ? "" : `${method} ${path} was not passed on: `);
  expect(server.received).toEqual([]);
});

test.each<[string, string, string, unknown]>([
  ["a chat with a recipient", "POST", "/chats", create({ phone_numbers: ["(205) 555-0101"] })],
  ["a message to recipients", "POST", "/chats/2/chat_messages", { message }],
  ["a text with numbers in it", "POST", "/chats/1/chat_messages", { message: { text: `Call ${STRANGER}` } }],
  [
    "a key and a link with digits",
    "POST",
    "/chats/1/chat_messages",
    {
      message: {
        text: "x",
        idempotency_key: "123e4567-e89b-12d3-a456-426614174000",
        attachment_urls: ["https://example.com/2055550199.png"],
      },
    },
  ],
  ["an edit with a number", "POST", "/chats/1/chat_messages/1/edit", { text: STRANGER }],
  ["signs of life", "POST", "/chats/1/start_typing", undefined],
  ["anybody as a contact", "POST", "/contacts", { contact: { first_name: "Eve", phone_number: STRANGER } }],
  ["any contact to be changed", "PATCH", "/contacts/1", { contact: { email: "eve@example.com" } }],
  [
    "a subscription",
    "POST",
    "/webhook_subscriptions",
    { webhook_subscription: { webhook_url: "http://127.0.0.1:9/2055550199", events: ["message.sent"], version: 2 } },
  ],
  ["a line forwarded to a recipient", "PUT", "/phone_numbers/1", { forwarding_number: ANN }],
  ["a line forwarded to an own line", "PUT", "/phone_numbers/1", { forwarding_number: OTHER_LINE }],
  ["a word that is nobody", "POST", "/chats", create({ phone_numbers: [ANN, "nobody"] })],
  ["a line forwarded to nobody", "PUT", "/phone_numbers/1", { forwarding_number: "" }],
  ["a chat that does not exist", "POST", "/chats/999/start_typing", undefined],
])("with everything allowed, %s goes through", async (_, method, path, body) => {
  const { headers } = await proxy.ask(method, path, body);
  expect(headers.get("X-Linq-Mock-Answered-By")).toBe("target");
  expect(server.changes.map((change) => `${change.method} ${change.url}`)).toEqual([`${method} /api/partner/v2${path}`]);
  expect(server.changes[0]?.body).toBe(body === undefined ? "" : JSON.stringify(body));
});

const json = JSON.stringify;
const deep = `${"[".repeat(500)}${"]".repeat(500)}`;

test.each<[string, string, unknown, Record<string, string>?]>([
  ["in E.164", "/chats", create({ phone_numbers: [STRANGER] })],
  ["as ten digits", "/chats", create({ phone_numbers: ["2055550199"] })],
  ["as a number", "/chats", create({ phone_numbers: [12055550199] })],
  ["with punctuation", "/chats", create({ phone_numbers: ["(205) 555-0199"] })],
  ["with an extension", "/chats", create({ phone_numbers: ["+12055550101;ext=2055550199"] })],
  [
    "in full-width digits",
    "/chats",
    create({ phone_numbers: ["\uff12\uff10\uff15\uff15\uff15\uff15\uff10\uff11\uff19\uff19"] }),
  ],
  ["in Arabic digits", "/chats", create({ phone_numbers: ["\u0662\u0660\u0665\u0665\u0665\u0665\u0660\u0661\u0669\u0669"] })],
  ["with invisible characters", "/chats", create({ phone_numbers: ["205\u200b555\u200b0199"] })],
  ["with underscores", "/chats", create({ phone_numbers: ["1_205_555_0199"] })],
  ["with underscores in a field that is none", "/chats", create({ phone_numbers: [ANN] }, { cc: "1_205_555_0199" })],
  [
    "with invisible characters in a field that is none",
    "/chats",
    create({ phone_numbers: [ANN] }, { cc: "205\u200b555\u200b0199" }),
  ],
  ["in letters", "/chats", create({ phone_numbers: ["two one two"] })],
  ["as an address with a quoted name", "/chats", create({ phone_numbers: ['"eve x"@example.com'] })],
  [
    "as an address with a quoted name in a field that is none",
    "/chats",
    create({ phone_numbers: [ANN] }, { cc: '"eve x"@example.com' }),
  ],
  ["in an object within the list", "/chats", create({ phone_numbers: [{ is: '"eve x"' }] })],
  ["as a recipient and more", "/chats", create({ phone_numbers: [`${ANN};${STRANGER}`] })],
  ["beside a recipient", "/chats", create({ phone_numbers: [ANN, STRANGER] })],
  ["as a short code", "/chats", create({ phone_numbers: ["12345"] })],
  ["as an e-mail address", "/chats", create({ phone_numbers: ["Eve@Example.com"] })],
  ["as an address with another @", "/chats", create({ phone_numbers: ["eve\uff20example.com"] })],
  ["as a link to an address", "/chats", create({ phone_numbers: ["mailto:eve@example.com"] })],
  [
    "as a number with an exponent",
    "/chats",
    `{"send_from":"${LINE}","chat":{"phone_numbers":[1.2055550199e10]},"message":{"text":"x"}}`,
  ],
  ["as one who is no field of the API's", "/chats", create({ phone_numbers: [ANN], cc: { list: ["2055550199"] } })],
  ["in a list within the list", "/chats", create({ phone_numbers: [[STRANGER]] })],
  ["as the line", "/chats", create({ phone_numbers: [ANN] }, { send_from: STRANGER })],
  ["in a flat body", "/chats", { send_from: LINE, phone_numbers: [STRANGER], text: "x" }],
  [
    "in a field of the message that is none",
    "/chats",
    create({ phone_numbers: [ANN] }, { message: { text: "x", cc: STRANGER } }),
  ],
  ["as the name of a field", "/chats", create({ phone_numbers: [ANN] }, { [STRANGER]: true })],
  [
    "behind escapes",
    "/chats",
    `{"send_from":"${LINE}","chat":{"phone_numbers":["\\u002b\\u00312055550199"]},"message":{"text":"x"}}`,
  ],
  [
    "in a field that is given twice",
    "/chats",
    `{"send_from":"${LINE}","chat":{"phone_numbers":["${STRANGER}"]},"message":{"text":"x"},"chat":{"phone_numbers":["${ANN}"]}}`,
  ],
  [
    "in a field that is given twice, once with escapes",
    "/chats",
    `{"send_from":"${LINE}","ch\\u0061t":{"phone_numbers":["${STRANGER}"]},"message":{"text":"x"},"chat":{"phone_numbers":["${ANN}"]}}`,
  ],
  ["in something that is no JSON", "/chats", `${json(create({ phone_numbers: [STRANGER] }))},`],
  ["with a byte order mark", "/chats", `\ufeff${json(create({ phone_numbers: [STRANGER] }))}`],
  ["too deep to be read", "/chats", deep],
  [
    "in a form",
    "/chats",
    `send_from=${LINE}&chat[phone_numbers][]=${STRANGER}`,
    { "Content-Type": "application/x-www-form-urlencoded" },
  ],
  ["in JSON that is sent as a text", "/chats", create({ phone_numbers: [ANN] }), { "Content-Type": "text/plain" }],
  ["in another encoding", "/chats", create({ phone_numbers: [ANN] }), { "Content-Type": "application/json; charset=utf-16" }],
  [
    "in another encoding, named second",
    "/chats",
    create({ phone_numbers: [ANN] }),
    { "Content-Type": "application/json; charset=utf-8; charset=utf-16" },
  ],
  [
    "under two types",
    "/chats",
    create({ phone_numbers: [ANN] }),
    { "Content-Type": "application/json, application/x-www-form-urlencoded" },
  ],
  ["under a type that only begins so", "/chats", create({ phone_numbers: [ANN] }), { "Content-Type": "application/json-seq" }],
  ["in a compressed body", "/chats", create({ phone_numbers: [ANN] }), { "Content-Encoding": "gzip" }],
  ["behind a query", "/chats?send_from=x", create({ phone_numbers: [ANN] })],
  ["in their chat", "/chats/3/chat_messages", { message }],
  ["in their chat, with an escape", "/chats/%33/chat_messages", { message }],
  ["in their chat, with a slash at the end", "/chats/3/chat_messages/", { message }],
  ["in their chat, with two slashes", "/chats//3/chat_messages", { message }],
  ["in their chat, with a parameter", "/chats/3;x=1/chat_messages", { message }],
  ["in a chat whose id no number can hold", "/chats/9007199254740993/chat_messages", { message }],
  ["in their chat, in capitals", "/CHATS/3/chat_messages", { message }],
  ["by signs of life", "/chats/3/start_typing", undefined],
  ["by a contact card", "/chats/3/share_contact", undefined],
  ["by an edit", "/chats/3/chat_messages/1/edit", { text: "x" }],
  ["by a reaction to a message that nobody has read", "/chat_messages/1/reactions", { type: "love", operation: "add" }],
  ["to be checked", "/i_message_availability/check", { phone_number: CAY }],
  ["to be checked by an address", "/i_message_availability/check", { phone_number: "eve@example.com" }],
])("with everything allowed, a stranger is not reached: %s", async (_, path, body, ...[headers]) => {
  const { status, hint } = await proxy.ask("POST", path, body, headers);
  expect(status).toBe(403);
  expect(hint).toBeTruthy();
  expect(server.changes).toEqual([]);
});

test("with everything allowed, a chat is migrated", async () => {
  expect((await proxy.ask("GET", "/chats/1/migrate_to_v3")).status).toBe(200);
  expect(server.received.map(({ url }) => url)).toContain("/api/partner/v2/chats/1/migrate_to_v3");
});

test("a line is not forwarded to a stranger, but back to whom it was forwarded to", async () => {
  await mock.reset();
  const direct = `${mock.url}/api/partner/v2/phone_numbers/2`;
  const headers = { "X-LINQ-INTEGRATION-TOKEN": "test", "Content-Type": "application/json" };
  await fetch(direct, { method: "PUT", headers, body: json({ forwarding_number: CAY }) });
  const forward = (number: string) => proxy.ask("PUT", "/phone_numbers/2", { forwarding_number: number });
  expect((await forward(STRANGER)).status).toBe(403);
  expect((await forward("eve@example.com")).status).toBe(403);
  expect((await forward(ANN)).status).toBe(200);
  expect((await forward(CAY)).status).toBe(200);
  expect((await proxy.ask("PUT", "/phone_numbers/1", { forwarding_number: CAY })).status).toBe(403);
});

test("an address that is a recipient is reached", async () => {
  const other = await openProxy({ target: server.url, allow: ["write"], recipients: ["Eve@Example.com"] });
  const { status } = await other.ask("PUT", "/phone_numbers/1", { forwarding_number: "eve@example.com" });
  await other.stop();
  expect([status, server.changes.length]).toEqual([422, 1]); // the mock forwards to numbers alone
});

test.each([
  ["DELETE", "/chats/2/chat_messages/1", undefined],
  ["POST", "/chats/2/chat_messages/1/edit", { text: "x" }],
])("a message that is known to be in another chat is not reached: %s %s", async (method, path, body) => {
  await proxy.ask("GET", "/chats/1/chat_messages");
  const { status, detail, hint } = await proxy.ask(method, path, body);
  expect({ status, detail, hint }).toEqual({
    status: 403,
    detail: `${method} ${path} was not passed on: message 1 is in chat 1, and not in chat 2`,
    hint: expect.stringContaining("GET /chats/{chat_id}/chat_messages"),
  });
  expect(server.changes).toEqual([]);
  expect((await proxy.ask("DELETE", "/chats/1/chat_messages/1")).status).toBe(200);
});

test("a form sends a message into the chat of recipients, and into no other", async () => {
  const send = (chat: number): Promise<Response> => {
    const form = new FormData();
    form.set("message[text]", `Call ${STRANGER}`);
    form.set("message[attachments][]", new Blob(["%PDF"], { type: "application/pdf" }), "2055550199.pdf");
    const url = `${proxy.url}/api/partner/v2/chats/${chat}/chat_messages`;
    return fetch(url, { method: "POST", headers: { "X-LINQ-INTEGRATION-TOKEN": "test" }, body: form });
  };
  expect((await send(3)).status).toBe(403);
  expect(server.changes).toEqual([]);
  const sent = await send(2);
  expect(sent.status).toBe(201);
  expect(sent.headers.get("X-Linq-Mock-Violation")).toBeNull();
  expect(await sent.json()).toMatchObject({
    data: { text: `Call ${STRANGER}`, attachments: [{ filename: "2055550199.pdf" }] },
  });
});

test("a form creates a chat with recipients, and with nobody else", async () => {
  const send = (...people: string[]): Promise<Response> => {
    const form = new FormData();
    form.set("send_from", LINE);
    for (const one of people) form.append("chat[phone_numbers][]", one);
    form.set("message[text]", `Call ${STRANGER}`);
    form.set("message[attachments][]", new Blob(["%PDF"], { type: "application/pdf" }), "2055550199.pdf");
    const headers = { "X-LINQ-INTEGRATION-TOKEN": "test" };
    return fetch(`${proxy.url}/api/partner/v2/chats`, { method: "POST", headers, body: form });
  };
  expect((await send(ANN, STRANGER)).status).toBe(403);
  expect(server.changes).toEqual([]);
  const created = await send(ANN, BEN);
  expect([created.status, created.headers.get("X-Linq-Mock-Violation")]).toEqual([200, null]);
  expect(await created.json()).toMatchObject({ data: { chat_messages: { text: `Call ${STRANGER}` } } });
});

const part = (name: string, value: string, head = ""): string =>
  `--b1\r\nContent-Disposition: form-data; name="${name}"${head}\r\n\r\n${value}\r\n`;
const FORM = `${part("send_from", LINE)}${part("chat[phone_numbers][]", ANN)}${part("message[text]", "x")}`;
const MULTIPART = "multipart/form-data; boundary=b1";

test.each<[string, string, string?]>([
  ["in a field that the API does not have", `${FORM}${part("chat[cc][]", STRANGER)}--b1--\r\n`],
  ["by another method", `${FORM}${part("_method", "PUT")}--b1--\r\n`],
  ["as the line", `${FORM.replace(LINE, STRANGER)}--b1--\r\n`],
  ["in a field that is given twice", `${FORM}${part("send_from", LINE)}--b1--\r\n`],
  ["in a list that is named as none", `${FORM}${part("chat[phone_numbers]", ANN)}--b1--\r\n`],
  ["in a file", `${FORM}${part("chat[phone_numbers][]", STRANGER, '; filename="a"')}--b1--\r\n`],
  ["by a name behind a name", `${FORM}${part("message[text]", STRANGER, '; name="chat[phone_numbers][]"')}--b1--\r\n`],
  [
    "by a name in the name of a file",
    `${FORM}${part("message[attachments][]", STRANGER, '; filename="a; name=chat[phone_numbers][]"')}--b1--\r\n`,
  ],
  [
    "in another charset",
    `${FORM}${part("message[idempotency_key]", "k", "\r\nContent-Type: text/plain; charset=utf-16")}--b1--\r\n`,
  ],
  ["in an encoded part", `${FORM}${part("chat[phone_numbers][]", ANN, "\r\nContent-Transfer-Encoding: base64")}--b1--\r\n`],
  ["behind a line that may end a part", `${FORM}${part("message[idempotency_key]", "\n--b1\n")}--b1--\r\n`],
  ["before the form", `x\r\n${FORM}--b1--\r\n`],
  ["after the form", `${FORM}--b1--\r\n${part("chat[phone_numbers][]", STRANGER)}--b1--\r\n`],
  ["in a form that does not end", FORM],
  ["under two boundaries", `${FORM}--b1--\r\n`, `${MULTIPART}; boundary=b2`],
  ["with line ends of another kind", `${FORM}--b1--\r\n`.replaceAll("\r\n", "\n")],
])("nothing is created by a form that can be read in another way: %s", async (_, body, type = MULTIPART) => {
  expect((await proxy.ask("POST", "/chats", `${FORM}--b1--\r\n`, { "Content-Type": MULTIPART })).status).toBe(200);
  const before = server.changes.length;
  const { status, hint } = await proxy.ask("POST", "/chats", body, { "Content-Type": type });
  expect([status, hint]).toEqual([403, expect.any(String)]);
  expect(server.changes).toHaveLength(before);
});

test("a reaction goes out once the messages of its chat were read through the proxy, to recipients alone", async () => {
  const react = () => proxy.ask("POST", "/chat_messages/1/reactions", { type: "love", operation: "add" });
  expect((await react()).hint).toContain("GET /chats/{chat_id}/chat_messages");
  await proxy.ask("GET", "/chats/1/chat_messages");
  expect((await react()).status).toBe(201);
  expect((await react()).violation).toBeNull();
});

test("headers that would make another request of it do not pass", async () => {
  const disguises = {
    "X-HTTP-Method-Override": "DELETE",
    "X-Method-Override": "DELETE",
    "X-HTTP-Method": "DELETE",
    X_HTTP_METHOD_OVERRIDE: "DELETE",
    "X-Original-URL": "/chats/3/start_typing",
    "X-Rewrite-URL": "/chats/3/start_typing",
    X_LINQ_INTEGRATION_TOKEN: "other",
    Cookie: "session=1",
    "X-Trace": "kept",
  };
  await proxy.ask("GET", "/contacts/1", undefined, disguises);
  expect(Object.keys(server.received[0]?.headers ?? {}).filter((name) => /method|url|_|cookie|trace/.test(name))).toEqual([
    "x-trace",
  ]);
});

test("who is in a chat is read again after a minute, and before that believed", async () => {
  let now = 0;
  const time = { now: () => now, sleep: async () => {}, deadline: (ms: number) => AbortSignal.timeout(ms) };
  const other = await openProxy({ target: server.url, ...ALL, time });
  const type = () => other.ask("POST", "/chats/1/start_typing");
  const reads = () => server.received.filter(({ url }) => url.endsWith("/chats/1")).length;
  await type();
  await type();
  expect(reads()).toBe(1);
  now += 61_000;
  await type();
  expect(reads()).toBe(2);
  expect(server.received.filter(({ url }) => url.endsWith("/phone_numbers"))).toHaveLength(1);
  await other.stop();
});

test("what one token may see says nothing of another's chats", async () => {
  const world = await mock.sandbox("elsewhere");
  await world.load({
    version: 1,
    lines: [{ phone_number: OTHER_LINE }],
    chats: [{ line: OTHER_LINE, participants: [STRANGER] }],
  });
  expect((await proxy.ask("POST", "/chats/1/start_typing")).status).toBe(201);
  const elsewhere = { "X-LINQ-INTEGRATION-TOKEN": "sandbox-elsewhere" };
  expect((await proxy.ask("POST", "/chats/1/start_typing", undefined, elsewhere)).status).toBe(403);
  expect(server.changes).toHaveLength(1);
});

test("nothing is sent when nobody can tell whom it would reach", async () => {
  server.instead = ({ url }, response) => {
    if (!/\/(phone_numbers|chats\/1)$/.test(url)) return false;
    response.writeHead(503).end();
    return true;
  };
  const { detail, status } = await proxy.ask("POST", "/chats/1/start_typing");
  expect({ detail, status }).toEqual({
    status: 403,
    detail: "POST /chats/1/start_typing was not passed on: nobody can tell which lines are your own: the target answers 503",
  });
  expect(server.changes).toEqual([]);
});

/** Answers the reading of chat 1, which is Ann, in another way than the mock would. */
function readAs(status: number, body: string): void {
  server.instead = ({ url, method }, response) => {
    if (method !== "GET" || !url.endsWith("/chats/1")) return false;
    response.writeHead(status, { "Content-Type": "application/json" }).end(body);
    return true;
  };
}

const NOT_FOUND = json({ errors: [{ status: 404, code: "not_found", title: "Not Found", detail: "Chat not found" }] });

test.each([
  ["a gateway's 404", 404, "<html>Not Found</html>"],
  ["a 404 without a word", 404, ""],
  ["JSON that breaks off", 200, '{"data":{"id":1,'],
  ["another chat", 200, json({ data: { id: 2, chat_handles: [{ id: 1, phone_number: ANN }] } })],
])("nothing is sent into a chat of which the target says nothing: %s", async (_, status, body) => {
  readAs(status, body);
  expect((await proxy.ask("POST", "/chats/1/start_typing")).detail).toContain("nobody can tell who is in chat 1");
  expect(server.changes).toEqual([]);
});

test.each([
  ["is not found", 404, NOT_FOUND],
  ["cannot be read", 200, "{"],
])("what was known of a chat is not believed when it %s now", async (_, status, body) => {
  await proxy.ask("GET", "/chats/1");
  readAs(status, body);
  expect((await proxy.ask("POST", "/chats/1/start_typing")).status).toBe(403);
  expect(server.changes).toEqual([]);
});

test("a body keeps the type by which it was judged, though the connection claims it", async () => {
  const body = json(create({ phone_numbers: [ANN] }, { message: { text: `&chat[phone_numbers][]=${STRANGER}` } }));
  const socket = connect(Number(new URL(proxy.url).port), "127.0.0.1");
  socket.write(
    `POST /api/partner/v2/chats HTTP/1.0\r\nHost: localhost\r\nX-LINQ-INTEGRATION-TOKEN: test\r\nContent-Type: application/json\r\nConnection: Content-Type\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  await socket.toArray();
  expect(server.changes[0]?.headers["content-type"]).toBe("application/json");
});

test("a token of the proxy takes the place of a caller's, and of none", async () => {
  const other = await openProxy({ target: server.url, token: "real" });
  await other.ask("GET", "/chats/1");
  const without = await fetch(`${other.url}/api/partner/v2/chats/1`);
  expect(without.status).toBe(401);
  expect(server.received.map(({ headers }) => headers["x-linq-integration-token"])).toEqual(["real", undefined]);
  await other.stop();
});
