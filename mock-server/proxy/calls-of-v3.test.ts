import { LoggingServer } from "../../contracts/testing/logging-server";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import { type OpenProxy, openProxy } from "../testing/open-proxy";
import { ANN, BEN, CAY, LINE, OTHER_LINE, STRANGER, smallWorld } from "../testing/worlds";
import { PublicIds } from "../world/public-ids";
import { openFallback } from "./mock-fallback";

/* What of V3 goes on to a server that is not ours, and what is said of the answers. Chat 1 is Ann, chat 2 Ann and Ben, chat 3 Ann, Ben and Cay. */
// Rests on A-v3-block-status, A-v3-code-choice, A-v3-typing-group.

const API = "//api/partner/v3";
const ALL = { allow: ["write", "visible", "send"], recipients: [ANN, BEN] } as const;
const NOBODY = "550e8400-e29b-41d4-a716-446655440000";

let mock: MockServer;
let server: LoggingServer;
let proxy: OpenProxy;
/** By the numbers of the chats in the world, and of the one message. */
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  mock = await startMockServer({ fixtures: smallWorld });
  const known = new PublicIds("default");
  const uuid = (kind: "chat" | "message" | "line", id: number) => known.uuidOf(kind, id);
  ids = {
    ann: uuid("chat", 1),
    two: uuid("chat", 2),
    three: uuid("chat", 3),
    message: uuid("message", 1),
    line: uuid("line", 1),
  };
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

const at = (path: string): string => `${API}${path.replace(/:(\w+)/, (_, name: string) => ids[name] ?? name)}`;
const message = { parts: [{ type: "text", value: `Call ${STRANGER}` }], idempotency_key: NOBODY };
const create = (to: unknown, from = LINE): object => ({ from, to, message });

test.each<[string, string, unknown, RegExp]>([
  ["POST", "/chats", create([ANN]), /--allow send/],
  ["POST", "/chats/:ann/messages", { message }, /--allow send/],
  ["POST", "/chats/:ann/typing", undefined, /--allow visible/],
  ["PUT", "/phone_numbers/:line", { forwarding_number: ANN }, /--allow writes/],
  ["POST", "/nothing", {}, /reading alone/],
])("by default, GET alone goes out: %s %s is refused with the flag that allows it", async (method, path, body, flag) => {
  const closed = await openProxy({ target: server.url });
  const { status, hint } = await closed.ask(method, at(path), body);
  await closed.stop();
  expect([status, hint]).toEqual([403, expect.stringMatching(flag)]);
  expect(server.received).toEqual([]);
});

test.each<[string, string, string, unknown, number]>([
  ["a chat with a recipient", "POST", "/chats", create([ANN]), 201],
  ["a message to recipients", "POST", "/chats/:two/messages", { message }, 202],
  ["a message without a line", "POST", "/messages", { to: [ANN], message }, 202],
  ["an own line is taken in", "POST", "/chats/:two/participants", { handle: OTHER_LINE }, 409],
  ["typing", "POST", "/chats/:ann/typing", undefined, 204],
  ["a reaction, by the chat of its message", "POST", "/messages/:message/reactions", { operation: "add", type: "love" }, 202],
  [
    "a subscription",
    "POST",
    "/webhook-subscriptions",
    { target_url: "https://x.example/2055550199", subscribed_events: ["message.sent"] },
    201,
  ],
  ["whoever is blocked", "POST", "/blocked_handles", { handle: STRANGER }, 200],
  ["a chat that is not there", "POST", `/chats/${NOBODY}/typing`, undefined, 404],
])("goes out: %s", async (_, method, path, body, status) => {
  const answer = await proxy.ask(method, at(path), body);
  expect(answer.status).toBe(status);
  expect(server.changes).toHaveLength(1);
});

test.each<[string, string, string, unknown, RegExp]>([
  ["a stranger is written to", "POST", "/chats", create([ANN, STRANGER]), /its body names somebody/],
  ["a stranger is written to, as a text", "POST", "/messages", { to: STRANGER, message }, /its body names somebody/],
  ["by an address", "POST", "/chats", create(["eve@example.com"]), /its body names somebody/],
  ["a short code is", "POST", "/chats", create(["62262"]), /its body names somebody/],
  ["a chat has a stranger", "POST", "/chats/:three/messages", { message }, /somebody in chat/],
  ["of a chat in capitals", "POST", `/chats/:THREE/messages`, { message }, /somebody in chat|not written plainly/],
  ["a stranger is taken in", "POST", "/chats/:two/participants", { handle: STRANGER }, /its body names somebody/],
  ["nobody knows who sees it", "PATCH", "/contact_card", { first_name: "Eve" }, /nobody knows whom it would reach/],
  [
    "somebody would pay",
    "POST",
    "/payments",
    { handle: ANN, amount_cents: 1, currency: "usd" },
    /nobody knows whom it would reach/,
  ],
  ["a line is forwarded to a stranger", "PUT", "/phone_numbers/:line", { forwarding_number: CAY }, /its body names somebody/],
  ["it has a query", "POST", `/chats/:ann/typing?to=${CAY}`, undefined, /it has a query/],
  ["a field is there twice", "POST", "/chats", `{"from": "${LINE}", "to": ["${CAY}"], "to": ["${ANN}"]}`, /a field twice/],
])("does not go out: %s", async (_, method, path, body, reason) => {
  const sent = path.includes(":THREE") ? `${API}/chats/${ids["three"]?.toUpperCase()}/messages` : at(path);
  const { status, detail } = await proxy.ask(method, sent, body);
  expect([status, detail]).toEqual([403, expect.stringMatching(reason)]);
  expect(server.changes).toEqual([]);
});

test("what is told by a documented query alone is never passed on, and that is said", async () => {
  const { detail, hint } = await proxy.ask("DELETE", at(`/contact_card?phone_number=${LINE}`));
  expect(detail).toContain("it has a query");
  expect(hint).toContain("its query tells alone");
});

test.each<[string, number, object | string]>([
  ["a gateway's 404", 404, "<html>Not Found</html>"],
  ["another chat", 200, { id: NOBODY, handles: [{ handle: ANN }] }],
  ["no handles", 200, { id: "chat" }],
])("nothing is sent into a chat of which the target says nothing: %s", async (_, status, body) => {
  server.instead = ({ method, url }, response) => {
    const isOfChat = method === "GET" && url.includes("/chats/");
    if (isOfChat)
      response
        .writeHead(status, { "Content-Type": "application/json" })
        .end(typeof body === "string" ? body : JSON.stringify(body));
    return isOfChat;
  };
  expect((await proxy.ask("POST", at("/chats/:ann/typing"))).detail).toContain("nobody can tell who is in chat");
  expect(server.changes).toEqual([]);
});

test("whom a chat reaches, and whose line it is, is read once, however many ask at once", async () => {
  const type = () => proxy.ask("POST", at("/chats/:ann/typing"));
  await Promise.all([type(), type()]);
  await type();
  expect(server.changes).toHaveLength(3);
  const reads = (path: string) => server.received.filter(({ method, url }) => method === "GET" && url.endsWith(path));
  expect(reads("/phone_numbers")).toHaveLength(1);
  const before = reads(`/chats/${ids["ann"]}`).length;
  await type();
  expect(reads(`/chats/${ids["ann"]}`)).toHaveLength(before);
});

test("answers are judged by V3, and requests, too", async () => {
  const good = await proxy.ask("GET", at("/chats/:ann"));
  expect([good.status, good.violation, good.hint]).toEqual([200, null, null]);
  server.instead = (_, response) => {
    response.writeHead(200, { "Content-Type": "application/json" }).end('{"data": {}}');
    return true;
  };
  const bad = await proxy.ask("GET", at("/chats/:ann"));
  expect(bad.violation).toContain("1 violation: the body must be an object with id");
  const asked = await fetch(`${proxy.url}/api/partner/v3/chats/${ids["ann"]}`);
  expect(asked.headers.get("X-Linq-Mock-Violation")).toContain("no token in Authorization: Bearer");
});

test("a token of the proxy takes the place of a caller's, and of none", async () => {
  const other = await openProxy({ target: server.url, token: "real" });
  await other.ask("GET", at("/chats"));
  await fetch(`${other.url}/api/partner/v3/chats`);
  expect(server.received.map(({ headers }) => headers.authorization)).toEqual(["Bearer real", undefined]);
  await other.stop();
});

test("the mock answers what it has, and the target the rest", async () => {
  const { server: own, fallback } = await openFallback({
    version: 1,
    lines: [{ phone_number: LINE }],
    chats: [{ id: 1, line: LINE, participants: [ANN] }],
  });
  const both = await openProxy({ target: server.url, fallback });
  const by = async (path: string) => (await both.ask("GET", at(path))).headers.get("X-Linq-Mock-Answered-By");
  const found = [await by("/chats"), await by("/chats/:ann"), await by("/chats/:two"), await by("/messages/:message")];
  await both.stop();
  await own.stop();
  expect(found).toEqual(["mock", "mock", "target", "target"]);
});
