import { LoggingServer } from "../testing/logging-server";
import { startTarget, type Target } from "../testing/start-mock";
import { laws } from "./checks/index";
import { compareWithMock } from "./compare";
import type { Difference } from "./report";
import { runContract } from "./run";

/* The same reads, asked of a target and of a mock that holds the same. */

let mock: Target;
let target: Target;
let server: LoggingServer;

beforeAll(async () => {
  [mock, target] = await Promise.all([startTarget(), startTarget()]);
});
beforeEach(async () => {
  server = await new LoggingServer(target.url).start();
});
afterEach(() => server.stop());
afterAll(() => Promise.all([mock.stop(), target.stop()]));

async function compared(): Promise<{ differences: Difference[]; asked: number }> {
  const options = { target: server.url, token: target.token, isOwnMock: false, rate: 1_000_000, line: target.line };
  const report = await runContract(options, laws);
  const asked = server.received.length;
  const differences = await compareWithMock(report, { target: mock.url, token: mock.token });
  expect(server.received).toHaveLength(asked); // the target is left alone
  return { differences, asked };
}

type Json = ReturnType<typeof JSON.parse>;

/** Changes the answers at some paths. */
function changeAnswers(path: RegExp, change: (body: Json, url: URL) => Json): void {
  server.instead = ({ method, url, headers }, response) => {
    if (method !== "GET" || !path.test(url)) return false;
    const token = headers["x-linq-integration-token"];
    const asked = fetch(`${target.url}${url}`, {
      headers: token === undefined ? {} : { "X-LINQ-INTEGRATION-TOKEN": String(token) },
    });
    void asked.then(async (reply) => {
      const answer = reply.clone(); // passed on, not looked at
      const body: Json = await answer.json();
      const isMeant = answer.ok || url.includes("/find?email=nowhere");
      const changed = isMeant ? change(body, new URL(url, server.url)) : body;
      response.writeHead(answer.status, { "Content-Type": "application/json" }).end(JSON.stringify(changed));
    });
    return true;
  };
}

test("a target that is as the mock says differs in nothing", async () => {
  const { differences, asked } = await compared();
  expect(differences).toEqual([]);
  expect(asked).toBeGreaterThan(5);
});

test("what the contract does not know is no difference, whatever it says", async () => {
  changeAnswers(/\/(chats|contacts)/, (body, url) => ({ ...body, request_id: `req ${url}` }));
  expect((await compared()).differences).toEqual([]);
});

test("a find that depends on the order is reported by its meaning", async () => {
  changeAnswers(/\/chats\/find\?/, (body, url) => {
    const participants = url.searchParams.getAll("phone_numbers[]");
    const isSorted = participants.every((one, i) => i === 0 || (participants[i - 1] ?? "") <= one);
    return isSorted ? body : { data: { chat: null, messages: [] } };
  });
  const { differences } = await compared();
  expect(new Set(differences.map(({ operation }) => operation))).toEqual(new Set(["findChat"]));
  expect(differences).toContainEqual(
    expect.objectContaining({
      operation: "findChat",
      law: 1,
      meaning: "find depends on the order of the participants",
    }),
  );
});

test("lists in another order, lists with an entry less and other fields are reported by their meanings", async () => {
  changeAnswers(/\/(chats\?|contacts\?|chats\/\d+$)/, (body, { pathname }) => {
    if (pathname.endsWith("/chats")) return { ...body, data: body.data.toReversed() };
    if (pathname.endsWith("/contacts")) return { ...body, contacts: body.contacts.slice(1) };
    return { data: { ...body.data, display_name: "Somebody" } };
  });
  const expected: Partial<Difference>[] = [
    { operation: "listChats", meaning: "List Chats lists the same entries in another order", pointer: "/data" },
    { operation: "listContacts", meaning: "List Contacts lists other entries", pointer: "/contacts" },
    { operation: "getChat", meaning: "Get Chat shows another display_name", pointer: "/data/display_name" },
  ];
  const { differences } = await compared();
  for (const difference of expected) expect(differences).toContainEqual(expect.objectContaining(difference));
});

test("what a contact is by profession, and the words of a documented error, are compared", async () => {
  changeAnswers(/\/(contacts\?|contacts\/find\?email=nowhere)/, (body) =>
    body.error_code === undefined
      ? { ...body, contacts: body.contacts.map((contact: Json) => ({ ...contact, title: "Somebody" })) }
      : { ...body, message: "That is no address" },
  );
  const { differences } = await compared();
  const title = { operation: "listContacts", meaning: "List Contacts shows another title", pointer: "/contacts/0/title" };
  expect(differences).toContainEqual(expect.objectContaining(title));
  expect(differences).toContainEqual(expect.objectContaining({ law: 26, pointer: "/message", target: "That is no address" }));
});
