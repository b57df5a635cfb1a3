import { LoggingServer } from "../../contracts/testing/logging-server";
import type { FixtureDocument } from "../../fixtures/generated/fixture-document";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import { type OpenProxy, openProxy } from "../testing/open-proxy";
import { ANN, BEN, CAY, LINE, STRANGER } from "../testing/worlds";
import { openFallback } from "./mock-fallback";

// Asserted here, too: A-message-order, A-404-others, A-error-wording, A-find-match, A-find-missing, A-contact-empty,
// A-list-order, A-list-unknown, A-create-service, A-availability, A-delivery, A-availability-number, A-create-status,
// A-reaction-one, A-update-owner, A-forwarding-number, A-id-shape, A-page-past-end.

/* The mock answers what it knows, the target the rest. The mock has chat 1 with Ann; the target chat 1 with Ben and chat 2 with Cay. */

const line = { id: 1, phone_number: LINE };
const world: FixtureDocument = {
  version: 1,
  lines: [line],
  contacts: [{ id: 1, first_name: "Ann", phone_number: ANN }],
  chats: [{ id: 1, line: LINE, participants: [ANN], messages: [{ id: 1, from: ANN, text: "of the mock" }] }],
};
const account: FixtureDocument = {
  version: 1,
  lines: [line, { id: 2, phone_number: "+15559876543" }],
  contacts: [
    { id: 1, first_name: "Ben", phone_number: BEN },
    { id: 2, first_name: "Cay", phone_number: CAY },
  ],
  chats: [
    { id: 1, line: LINE, participants: [BEN], messages: [{ id: 1, from: BEN, text: "of the target" }] },
    { id: 2, line: LINE, participants: [CAY], messages: [{ id: 2, from: CAY, text: "of the target" }] },
  ],
};

let target: MockServer;
let server: LoggingServer;
let mock: MockServer;
let proxy: OpenProxy;

beforeEach(async () => {
  target = await startMockServer({ fixtures: account });
  server = await new LoggingServer(target.url).start();
  const opened = await openFallback(world);
  mock = opened.server;
  const { fallback } = opened;
  proxy = await openProxy({ target: server.url, fallback, allow: ["write", "send", "visible"], recipients: [CAY] });
});
afterEach(async () => {
  await proxy.stop();
  await Promise.all([mock.stop(), server.stop(), target.stop()]);
  expect(proxy.defects).toEqual([]);
});

const find = (participant: string): string =>
  `/chats/find?phone_number=${encodeURIComponent(LINE)}&phone_numbers[]=${encodeURIComponent(participant)}`;
const subscription = { webhook_subscription: { webhook_url: "http://127.0.0.1:9/", events: ["message.sent"], version: 2 } };
const message = { message: { text: "Hello" } };

test.each<[string, string, string, unknown, "mock" | "target", number]>([
  ["a chat that the mock has", "GET", "/chats/1", undefined, "mock", 200],
  ["a chat that it does not have", "GET", "/chats/2", undefined, "target", 200],
  ["a chat that nobody has", "GET", "/chats/3", undefined, "target", 404],
  ["what is in its chat", "GET", "/chats/1/chat_messages", undefined, "mock", 200],
  [
    "what is not in its chat, though the target's chat of this id may have it",
    "GET",
    "/chats/1/chat_messages/2",
    undefined,
    "mock",
    404,
  ],
  ["what is in the target's chat", "GET", "/chats/2/chat_messages/2", undefined, "target", 200],
  ["a find that the mock answers", "GET", find(ANN), undefined, "mock", 200],
  ["a find that it does not", "GET", find(CAY), undefined, "target", 200],
  ["a find that nobody does", "GET", find(STRANGER), undefined, "target", 200],
  ["a find that is refused", "GET", "/chats/find", undefined, "mock", 400],
  ["a contact of the mock", "GET", "/contacts/1", undefined, "mock", 200],
  ["a contact of the target", "GET", "/contacts/2", undefined, "target", 200],
  ["a contact found by the mock", "GET", `/contacts/find?phone_number=${encodeURIComponent(ANN)}`, undefined, "mock", 200],
  ["a contact found by the target", "GET", `/contacts/find?phone_number=${encodeURIComponent(CAY)}`, undefined, "target", 200],
  ["a list of contacts", "GET", "/contacts", undefined, "mock", 200],
  ["a list of chats", "GET", `/chats?phone_number=${encodeURIComponent(CAY)}`, undefined, "mock", 200],
  ["the lines", "GET", "/phone_numbers", undefined, "mock", 200],
  ["the subscriptions", "GET", "/webhook_subscriptions", undefined, "mock", 200],
  [
    "a new chat, with anybody",
    "POST",
    "/chats",
    { send_from: LINE, chat: { phone_numbers: [STRANGER] }, ...message },
    "mock",
    200,
  ],
  ["a new contact", "POST", "/contacts", { contact: { first_name: "Eve" } }, "mock", 201],
  ["a new subscription", "POST", "/webhook_subscriptions", subscription, "mock", 201],
  ["a check of a number", "POST", "/i_message_availability/check", { phone_number: STRANGER }, "mock", 200],
  ["a message into a chat of the mock", "POST", "/chats/1/chat_messages", message, "mock", 201],
  ["a message into a chat of the target", "POST", "/chats/2/chat_messages", message, "target", 201],
  ["a message that is wrong, into a chat of the target", "POST", "/chats/2/chat_messages", {}, "target", 400],
  [
    "a reaction that is not there, to a message of the mock",
    "POST",
    "/chat_messages/1/reactions",
    { type: "love", operation: "remove" },
    "mock",
    404,
  ],
  ["a contact of the mock, changed", "PATCH", "/contacts/1", { contact: { first_name: "Anna" } }, "mock", 200],
  ["a contact of the target, deleted", "DELETE", "/contacts/2", undefined, "target", 204],
  ["a line of the mock, forwarded to anybody", "PUT", "/phone_numbers/1", { forwarding_number: STRANGER }, "mock", 200],
  ["a line of the target, forwarded to a recipient", "PUT", "/phone_numbers/2", { forwarding_number: CAY }, "target", 200],
  ["an unknown path", "GET", "/nothing", undefined, "target", 404],
])("%s", async (_, method, path, body, answeredBy, status) => {
  const answer = await proxy.ask(method, path, body);
  expect({ by: answer.headers.get("X-Linq-Mock-Answered-By"), status: answer.status }).toEqual({ by: answeredBy, status });
  const changes = answeredBy === "target" && method !== "GET" ? [`/api/partner/v2${path}`] : [];
  expect(server.changes.map(({ url }) => url)).toEqual(changes);
});

test("what goes to the target passes the guards", async () => {
  const refused = await proxy.ask("PUT", "/phone_numbers/2", { forwarding_number: STRANGER });
  expect({ status: refused.status, by: refused.headers.get("X-Linq-Mock-Answered-By") }).toEqual({ status: 403, by: null });
  expect(server.changes).toEqual([]);
});

test.each([
  ["DELETE", "/contacts/1", undefined],
  ["DELETE", "/contacts/01", undefined],
  ["PATCH", "/contacts/1", { contact: { first_name: "Eve" } }],
])("what was deleted in the mock is read from the target, and not changed there: %s %s", async (method, path, body) => {
  expect((await proxy.ask("DELETE", "/contacts/1")).status).toBe(204);
  const again = await proxy.ask(method, path, body);
  expect([again.status, again.headers.get("X-Linq-Mock-Answered-By")]).toEqual([404, "mock"]);
  expect((await proxy.ask("GET", "/contacts/1")).headers.get("X-Linq-Mock-Answered-By")).toBe("target");
  expect(server.changes).toEqual([]);
});

test("what was made in the mock is the mock's", async () => {
  const { body } = await proxy.ask("POST", "/chats", { send_from: LINE, chat: { phone_numbers: [STRANGER] }, ...message });
  const { headers } = await proxy.ask("GET", `/chats/${body.data.id}/chat_messages`);
  expect(headers.get("X-Linq-Mock-Answered-By")).toBe("mock");
  expect((await proxy.ask("GET", find(STRANGER))).body.data.chat.id).toBe(body.data.id);
  expect(server.received).toEqual([]);
});

test("a token opens its own world of the mock, and the proxy's token goes to the target alone", async () => {
  const { server: other, fallback } = await openFallback(world);
  const own = await openProxy({ target: server.url, fallback, token: "real" });
  const inBox = { "X-LINQ-INTEGRATION-TOKEN": "sandbox-box" };
  await (await other.sandbox("box")).load({ version: 1, lines: [line] });
  const by = async (headers?: Record<string, string>): Promise<string | null> =>
    (await own.ask("GET", "/chats/1", undefined, headers)).headers.get("X-Linq-Mock-Answered-By");
  expect([await by(), await by(inBox)]).toEqual(["mock", "target"]);
  expect(server.received.map(({ headers }) => headers["x-linq-integration-token"])).toEqual(["real"]);
  expect(await by({ "X-LINQ-INTEGRATION-TOKEN": "sandbox-!" })).toBe("mock");
  await own.stop();
  await other.stop();
});
