import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TargetError } from "../../client/errors";
import { type Instead, LoggingServer, type Received } from "../../testing/logging-server";
import { startTarget, type Target } from "../../testing/start-mock";
import type { Law, LawContext } from "../law";
import { runContract } from "../run";
import { sweep } from "./sweep";

// Asserted here, too: A-list-order, A-list-unknown, A-contact-empty, A-list-scope, A-page-past-end.

/* What a run makes is removed, whatever ends it. */

const RECIPIENT = "+19075550101";

let target: Target;
let server: LoggingServer;
let folder: string;
let ledgerFile: string;

beforeAll(async () => {
  target = await startTarget();
});
beforeEach(async () => {
  await target.reset();
  server = await new LoggingServer(target.url).start();
  folder = mkdtempSync(join(tmpdir(), "linq-mock-ledger-"));
  ledgerFile = join(folder, "ledger");
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});
afterAll(() => target.stop());

const options = (): Parameters<typeof runContract>[0] => ({
  target: server.url,
  token: target.token,
  isOwnMock: false,
  rate: 1_000_000,
  line: target.line,
  spareLine: target.spareLine,
  allow: ["write", "visible", "send"],
  recipients: [RECIPIENT],
  ledgerFile,
});

/** Makes one of everything that a run can make. */
async function makeEverything({ api, line, spareLine, unique, receiver }: LawContext): Promise<void> {
  await api.createContact({ first_name: unique(), email: `${unique()}@example.com` });
  await api.subscribe({ webhook_url: `${(await receiver()).url}/${unique()}`, events: ["contact.created"], version: 2 });
  const chat = await api.create(line, [RECIPIENT], { text: `Contract check ${unique()}` });
  const message = await api.send(chat.id, { text: `Contract check ${unique()}` });
  await api.request("POST", `/chat_messages/${message.id}/reactions`, { type: "love", operation: "add" });
  await api.request("POST", `/chats/${chat.id}/start_typing`);
  const spare = (await api.lines()).find(({ phone_number }) => phone_number === spareLine);
  await api.request("PUT", `/phone_numbers/${spare?.id}`, { forwarding_number: line });
}

function law(check: Law["check"]): Law {
  return { number: 1, title: "", broken: "", operation: "listChats", clause: "#", requests: 0, check };
}

function isFor({ method, url }: Received, wanted: string, path: RegExp): boolean {
  return method === wanted && path.test(url);
}

function refusing(method: string, path: RegExp, status: number): Instead {
  return (received, response) => isFor(received, method, path) && Boolean(response.writeHead(status).end());
}

/** What the account holds, chats left out, which cannot be removed. */
async function holdings(): Promise<unknown> {
  const read = async (path: string): Promise<unknown> => {
    const response = await fetch(`${target.url}/api/partner/v2${path}`, {
      headers: { "X-LINQ-INTEGRATION-TOKEN": target.token },
    });
    return response.json();
  };
  const chats = (await read(`/chats?phone_number=${encodeURIComponent(RECIPIENT)}`)) as { data: { message_count: number }[] };
  return {
    contacts: await read("/contacts?per_page=100&page=2"),
    subscriptions: await read("/webhook_subscriptions"),
    lines: await read("/phone_numbers"),
    messages: chats.data.map(({ message_count }) => message_count).filter((count) => count > 0),
  };
}

test("everything that was made is undone, the last first, and the ledger goes", async () => {
  const before = await holdings();
  const report = await runContract(options(), [law(makeEverything)]);
  expect(report.outcomes.at(-1)?.verdict).toBe("pass");
  expect(report.left).toEqual([]);
  expect(await holdings()).toEqual(before);
  const undone = server.changes
    .slice(-7)
    .map(({ method, url }) => `${method} ${url.replace(/.*\/v2/, "").replaceAll(/\d+/g, "n")}`);
  expect(undone).toEqual([
    "PUT /phone_numbers/n",
    "DELETE /chats/n/stop_typing",
    "POST /chat_messages/n/reactions",
    "DELETE /chats/n/chat_messages/n",
    "DELETE /chats/n/chat_messages/n",
    "DELETE /webhook_subscriptions/n",
    "DELETE /contacts/n",
  ]);
  expect(existsSync(ledgerFile)).toBe(false);
});

test("so it is after a law that fails, and after a signal", async () => {
  const before = await holdings();
  const failing = law(async (context) => {
    await makeEverything(context);
    throw new Error("half-way");
  });
  expect((await runContract(options(), [failing])).left).toEqual([]);
  expect(await holdings()).toEqual(before);
  const stopping = new AbortController();
  const stopped = law(async (context) => {
    await makeEverything(context);
    stopping.abort();
    await context.api.lines();
  });
  await expect(runContract({ ...options(), signal: stopping.signal }, [stopped])).rejects.toThrow("The run was stopped.");
  expect(await holdings()).toEqual(before);
});

test("what cannot be removed is left, counted and kept in the ledger; a sweep removes it", async () => {
  const before = await holdings();
  server.instead = ({ method }, response) => {
    if (method !== "DELETE") return false;
    response.writeHead(500, { "Content-Type": "application/json" }).end("{}");
    return true;
  };
  const report = await runContract(options(), [law(makeEverything)]);
  expect(report.left.map(({ operation }) => operation)).toEqual([
    "startTyping",
    "sendMessage",
    "createChat",
    "createWebhookSubscription",
    "createContact",
  ]);
  expect(statSync(ledgerFile).mode & 0o077).toBe(0);
  expect(readFileSync(ledgerFile, "utf8")).not.toContain(target.token);
  await expect(runContract(options(), [])).rejects.toThrow(/An earlier run has not ended well.*--sweep\.$/);
  server.instead = () => false;
  expect(await sweep(options())).toEqual({ removed: 5, left: [] });
  expect(await holdings()).toEqual(before);
  expect(existsSync(ledgerFile)).toBe(false);
  expect(await sweep(options())).toEqual({ removed: 0, left: [] });
});

test.each(["/contacts", "/webhook_subscriptions", "/chats", "/chat_messages"])(
  "what was made by a POST to %s whose answer never came is found by its mark",
  async (end) => {
    const before = await holdings();
    server.instead = ({ method, url, body }, response) => {
      if (method !== "POST" || !url.endsWith(end)) return false;
      const headers = { "X-LINQ-INTEGRATION-TOKEN": target.token, "Content-Type": "application/json" };
      void fetch(`${target.url}${url}`, { method, headers, body }).then(() => response.destroy());
      return true;
    };
    const report = await runContract(options(), [law(makeEverything)]);
    expect(report.outcomes.at(-1)?.verdict).toBe("inconclusive");
    server.instead = () => false;
    expect((await sweep(options())).left).toEqual([]);
    expect(await holdings()).toEqual(before);
  },
);

test.each<[string, Instead]>([
  ["that refuses what undoes one", refusing("DELETE", /\/contacts\/\d+$/, 403)],
  [
    "that does not answer what undoes one",
    (received, response) => isFor(received, "DELETE", /\/contacts\/\d+$/) && Boolean(response.destroy()),
  ],
])("a sweep gets past a server %s, and says what stays", async (_, instead) => {
  server.instead = ({ method }, response) => method === "DELETE" && Boolean(response.writeHead(500).end());
  const severalContacts = law(async (context) => {
    await makeEverything(context);
    for (const _ of [1, 2, 3]) await context.api.createContact({ first_name: context.unique() });
  });
  await runContract(options(), [severalContacts]);
  server.instead = instead;
  const { removed, left } = await sweep(options());
  expect({ removed, left: left.map(({ undo }) => undo.method) }).toEqual({ removed: 4, left: Array(4).fill("DELETE") });
  server.instead = () => false;
  expect(await sweep(options())).toEqual({ removed: 4, left: [] });
});

test.each([
  ["/contacts?", "createContact", "/contacts", false],
  ["/webhook_subscriptions", "createWebhookSubscription", "/webhook_subscriptions", false],
  ["/chat_messages?", "sendMessage", expect.stringMatching(/chat_messages$/), true],
])("a sweep gets past a list of %s that is refused, and says so", async (list, operation, path, isKept) => {
  const before = await holdings();
  server.instead = ({ method }, response) => method === "DELETE" && Boolean(response.writeHead(500).end());
  await runContract(options(), [law(makeEverything)]);
  server.instead = ({ method, url }, response) => {
    if (method !== "GET" || !url.includes(list)) return false;
    response.writeHead(403, { "Content-Type": "application/json" }).end("{}");
    return true;
  };
  const { removed, left } = await sweep(options());
  expect(removed).toBe(5);
  expect(left).toEqual(expect.arrayContaining([expect.objectContaining({ operation, path, undo: { method: "GET", path } })]));
  expect(existsSync(ledgerFile)).toBe(isKept);
  server.instead = () => false;
  expect(await sweep(options())).toEqual({ removed: 0, left: [] });
  expect(existsSync(ledgerFile)).toBe(false);
  expect(await holdings()).toEqual(before);
});

test("a sweep after one that did not get everything, and whose ledger was cut off, still knows what is left", async () => {
  server.instead = ({ method }, response) => (method === "DELETE" ? Boolean(response.destroy()) : false);
  await runContract(options(), [law(({ api, unique }) => api.createContact({ first_name: unique() }).then(() => undefined))]);
  writeFileSync(ledgerFile, `${readFileSync(ledgerFile, "utf8")}{"entry":"ma`);
  expect((await sweep(options())).left).toHaveLength(1);
  server.instead = () => false;
  expect(await sweep(options())).toEqual({ removed: 1, left: [] });
});

test("a ledger whose last line was cut off still counts", async () => {
  server.instead = ({ method }, response) => (method === "DELETE" ? Boolean(response.destroy()) : false);
  await runContract(options(), [law(({ api, unique }) => api.createContact({ first_name: unique() }).then(() => undefined))]);
  writeFileSync(ledgerFile, `${readFileSync(ledgerFile, "utf8")}{"entry":"ma`);
  server.instead = () => false;
  expect(await sweep(options())).toEqual({ removed: 1, left: [] });
});

test("what others have made stays, whatever they call it", async () => {
  const headers = { "X-LINQ-INTEGRATION-TOKEN": target.token, "Content-Type": "application/json" };
  const contact = { first_name: "Not linq-mock-contract-made", email: "someone@example.com" };
  await fetch(`${target.url}/api/partner/v2/contacts`, { method: "POST", headers, body: JSON.stringify({ contact }) });
  expect(await sweep(options())).toEqual({ removed: 0, left: [] });
  expect(server.changes).toEqual([]);
});

test.each([
  [
    "of another server",
    '{"entry":"run","target":"https://other.example","mark":"x"}\n',
    /is the ledger of a run against https:\/\/other\.example/,
  ],
  ["that is something else", "hello\nworld\n", /is no ledger of a run, or was damaged/],
  ["without a beginning", '{"entry":"undone","path":"/contacts/1"}\n', /is no ledger of a run; name the right one/],
])("a ledger %s", async (_, content, expected) => {
  writeFileSync(ledgerFile, content);
  const error: unknown = await sweep(options()).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TargetError);
  expect(String(error)).toMatch(expected);
  expect(server.changes).toEqual([]);
});
