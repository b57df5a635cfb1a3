import { namedNumbers } from "../client/people-in-body";
import { serverTime } from "../client/testing/server-time";
import { LoggingServer } from "../testing/logging-server";
import { startTarget, type Target } from "../testing/start-mock";
import type { Law, LawContext } from "./law";
import { runContract } from "./run";

/* What a careless law, or one that was edited to try, cannot do on a server that is not ours. */

const RECIPIENTS = ["+19075550101", "+19075550102", "+19075550103"];
/** To whom the spare line of the shipped world is forwarded, before and after. */
const PUT_BACK = "+13125550151";
const STRANGER = "+19075559999";

let target: Target;
let server: LoggingServer;

beforeAll(async () => {
  target = await startTarget();
});
beforeEach(async () => {
  await target.reset();
  server = await new LoggingServer(target.url).start();
});
afterEach(() => server.stop());
afterAll(() => target.stop());

type Attempt = (context: LawContext) => Promise<unknown>;

/** A law that does what it should not. */
function careless(attempt: Attempt): Law {
  return {
    number: 1,
    title: "a careless law",
    broken: "a careless law",
    operation: "listChats",
    clause: "#",
    requests: 1,
    check: async (context) => {
      await attempt(context);
    },
  };
}

const ALL = { allow: ["write", "visible", "send"], recipients: RECIPIENTS } as const;

function run(attempt: Attempt, permissions: Partial<Parameters<typeof runContract>[0]> = {}) {
  const options = {
    target: server.url,
    token: target.token,
    isOwnMock: false,
    rate: 1_000_000,
    line: target.line,
    ...permissions,
  };
  return runContract(options, [careless(attempt)]);
}

const message = { text: "Hello" };
const create = (chat: unknown, extra: object = {}): Attempt => {
  return ({ api, line }) => api.request("POST", "/chats", { send_from: line, chat, message, ...extra });
};
const chatWithStrangers = async ({ sample }: LawContext): Promise<number> => (await sample.chat()).id;

const careful: [string, Attempt][] = [
  ["creates a chat", create({ phone_numbers: [RECIPIENTS[0]] })],
  ["creates a contact", ({ api }) => api.request("POST", "/contacts", { contact: { first_name: "Ann" } })],
  ["deletes a contact", ({ api }) => api.request("DELETE", "/contacts/301")],
  ["changes a contact", ({ api }) => api.request("PATCH", "/contacts/301", { contact: { first_name: "Ann" } })],
  ["subscribes", ({ api }) => api.request("POST", "/webhook_subscriptions", { webhook_subscription: {} })],
  ["types", async (context) => context.api.request("POST", `/chats/${await chatWithStrangers(context)}/start_typing`)],
  ["reads", async (context) => context.api.request("PUT", `/chats/${await chatWithStrangers(context)}/mark_as_read`)],
  ["checks availability", ({ api }) => api.request("POST", "/i_message_availability/check", { phone_number: STRANGER })],
  ["asks without a token", ({ api }) => api.request("POST", "/contacts", undefined, { token: "none" })],
  ["asks an unknown path", ({ api }) => api.request("POST", "/nothing", {})],
];

test.each(careful)("by default, nothing but GET goes out: a law that %s", async (_, attempt) => {
  const { outcomes, left } = await run(attempt);
  expect(server.changes).toEqual([]);
  expect(outcomes.at(-1)).toMatchObject({ verdict: "inconclusive", reason: expect.stringContaining("was not sent") });
  expect(left).toEqual([]);
});

const spellings: [string, Attempt][] = [
  ["in E.164", create({ phone_numbers: [STRANGER] })],
  ["as ten digits", create({ phone_numbers: ["9075559999"] })],
  ["as a number", create({ phone_numbers: [19075559999] })],
  ["with punctuation", create({ phone_numbers: ["(907) 555-9999"] })],
  ["beside a recipient", create({ phone_numbers: [RECIPIENTS[0], STRANGER] })],
  ["as a short code", create({ phone_numbers: ["12345"] })],
  ["as an e-mail address", create({ phone_numbers: ["stranger@example.com"] })],
  ["in a list within the list", create({ phone_numbers: [[STRANGER]] })],
  ["in a text", create({ phone_numbers: [RECIPIENTS[0]] }, { message: { text: `Call ${STRANGER}` } })],
  ["as the line", create({ phone_numbers: [RECIPIENTS[0]] }, { send_from: STRANGER })],
  ["in a flat body", create(undefined, { phone_number: STRANGER, phone_numbers: [STRANGER] })],
  ["as the name of a field", create({ phone_numbers: [RECIPIENTS[0]], [STRANGER]: true })],
  ["in a contact", ({ api }) => api.request("POST", "/contacts", { contact: { phone_number: "907 555 9999" } })],
  ["to be checked", ({ api }) => api.request("POST", "/i_message_availability/check", { phone_number: STRANGER })],
];

test.each(spellings)("with --allow send, no body names a stranger %s", async (_, attempt) => {
  const { outcomes } = await run(attempt, ALL);
  expect(server.changes).toEqual([]);
  expect(outcomes.at(-1)).toMatchObject({ verdict: "inconclusive", reason: expect.stringContaining("no --recipient") });
});

const others: [string, Attempt][] = [
  ["writes into their chat", async (context) => context.api.send(await chatWithStrangers(context), message)],
  ["marks their chat as read", async (c) => c.api.request("PUT", `/chats/${await chatWithStrangers(c)}/mark_as_read`)],
  ["types in their chat", async (c) => c.api.request("POST", `/chats/${await chatWithStrangers(c)}/start_typing`)],
  ["shares a contact card", async (c) => c.api.request("POST", `/chats/${await chatWithStrangers(c)}/share_contact`)],
  [
    "reacts to their message",
    async ({ api, sample }) => {
      const { messages } = await sample.conversation();
      return api.request("POST", `/chat_messages/${messages[0]?.id}/reactions`, { type: "love", operation: "add" });
    },
  ],
  ["reacts to a message that was never read", ({ api }) => api.request("POST", "/chat_messages/7/reactions", { type: "love" })],
  ["migrates their chat", async (c) => c.api.request("GET", `/chats/${await chatWithStrangers(c)}/migrate_to_v3`)],
  ["deletes a contact it has not made", ({ api }) => api.request("DELETE", "/contacts/1")],
  ["changes a contact it has not made", ({ api }) => api.request("PUT", "/contacts/1", { contact: { first_name: "Eve" } })],
  ["deletes a subscription it has not made", ({ api }) => api.request("DELETE", "/webhook_subscriptions/1")],
  [
    "deletes a message it has not sent",
    async ({ api, sample }) => {
      const { chat, messages } = await sample.conversation();
      return api.request("DELETE", `/chats/${chat.id}/chat_messages/${messages[0]?.id}`);
    },
  ],
  [
    "sends events elsewhere",
    ({ api }) =>
      api.request("POST", "/webhook_subscriptions", {
        webhook_subscription: { webhook_url: "https://elsewhere.example/hook", events: ["message.received"], version: 2 },
      }),
  ],
  [
    "forwards a line that is not spare",
    async ({ api }) => api.request("PUT", `/phone_numbers/${(await api.lines())[0]?.id}`, { forwarding_number: RECIPIENTS[0] }),
  ],
  ["hides a chat in the path", ({ api }) => api.request("POST", "/chats/1/../2/start_typing")],
  ["hides a chat in an encoded path", ({ api }) => api.request("POST", "/chats/2147483647%2f..%2f1/start_typing")],
  ["hides a chat behind a query", async (c) => c.api.request("POST", `/chats/${await chatWithStrangers(c)}/start_typing?x=1`)],
  ["leaves the API", ({ api }) => api.request("POST", "/../../../__mock/reset")],
];

test.each(others)("with everything allowed, no stranger is reached: a law that %s", async (_, attempt) => {
  const { outcomes } = await run(attempt, ALL);
  expect(server.changes).toEqual([]);
  expect(outcomes.at(-1)).toMatchObject({ verdict: "inconclusive", reason: expect.stringContaining("was not sent") });
});

test("who may be reached is reached, and what was sent is taken back", async () => {
  const { outcomes, left } = await run(create({ phone_numbers: RECIPIENTS }), ALL);
  expect(outcomes.at(-1)?.verdict).toBe("pass");
  expect(server.changes.map(({ method }) => method)).toEqual(["POST", "DELETE"]);
  expect(left).toEqual([]);
});

test("with --allow visible alone, one chat shows signs of life: the one that was named", async () => {
  const typing: Attempt = ({ api }) => api.request("POST", "/chats/46/start_typing");
  const named = await run(typing, { allow: ["visible"], chat: 46 });
  expect(named.outcomes.at(-1)?.verdict).toBe("pass");
  expect(server.changes.map(({ method, url }) => `${method} ${url.split("/").at(-1)}`)).toEqual([
    "POST start_typing",
    "DELETE stop_typing",
  ]);
  const other = await run(typing, { allow: ["visible"], chat: 45 });
  expect(other.outcomes.at(-1)?.verdict).toBe("inconclusive");
  expect(server.changes).toHaveLength(2);
});

test("whoever joins a chat meanwhile is not written to", async () => {
  let joined = false;
  server.instead = ({ method, url }, response) => {
    if (!joined || method !== "GET" || !/\/chats\/\d+$/.test(url)) return false;
    const handle = { id: 1, phone_number: STRANGER, service: "SMS", joined_at: "2025-05-21T15:30:00.000-05:00" };
    const id = Number(url.split("/").at(-1));
    const data = { id, display_name: "", service: "SMS", group: true, message_count: 1, chat_handles: [handle] };
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ data }));
    return true;
  };
  const { outcomes } = await run(async ({ api, line }) => {
    const { id } = await api.create(line, [RECIPIENTS[0] ?? ""], message);
    joined = true;
    await api.send(id, message);
  }, ALL);
  expect(outcomes.at(-1)?.verdict).toBe("inconclusive");
  expect(server.changes.map(({ method }) => method)).toEqual(["POST", "DELETE"]);
});

test("the whole suite with everything allowed names recipients and own lines alone", async () => {
  const lines = ["+12052761148", "+15559876543", "+13125550150"];
  const { left } = await runContract({
    ...ALL,
    target: server.url,
    token: target.token,
    isOwnMock: false,
    time: serverTime(target.advance),
    line: target.line,
    spareLine: target.spareLine,
  });
  const named = server.changes.flatMap(({ body }) => (body === "" ? [] : namedNumbers(fieldsOf(body))));
  const numbers = named.filter((one) => !one.includes("@"));
  const others = numbers.filter((number) => !lines.includes(number) && !RECIPIENTS.includes(number));
  expect(new Set(others)).toEqual(new Set([PUT_BACK]));
  expect(numbers.length).toBeGreaterThan(10);
  expect(left).toEqual([]);
});

/** What a body says: JSON, or a form without what separates its parts. */
function fieldsOf(body: string): unknown {
  return body.startsWith("--") ? body.replaceAll(/^--.*$/gm, "") : withoutUrl(JSON.parse(body));
}

function withoutUrl(body: { webhook_subscription?: { webhook_url?: string } }): unknown {
  const { webhook_url: _, ...rest } = body.webhook_subscription ?? {};
  return { ...body, webhook_subscription: rest };
}
