import type { ServerResponse } from "node:http";
import { contractV2 } from "../../contracts/contract-version";
import { LoggingServer } from "../../contracts/testing/logging-server";
import { type OpenProxy, openProxy } from "../testing/open-proxy";
import { describeTally } from "./summary";

/* What the proxy says of answers and requests that break the contract. */

const NOT_FOUND = { errors: [{ status: 404, code: "not_found", title: "Not Found", detail: "Chat not found" }] };
const handle = { id: 1, phone_number: "+12055550101", service: "SMS", joined_at: "2025-05-21T15:30:00.000-05:00" };
const chat = { id: 45, display_name: "Ann Archer", service: "SMS", group: false, message_count: 0, chat_handles: [handle] };
const contact = {
  ...{
    id: 1,
    first_name: "Ann",
    last_name: null,
    full_name: "Ann",
    email: null,
    phone_number: null,
    company: null,
    title: null,
  },
  ...{ location: null, image_url: null, created_at: handle.joined_at, updated_at: handle.joined_at, contact_owner: null },
};

let server: LoggingServer;
let proxy: OpenProxy;

beforeEach(async () => {
  server = await new LoggingServer("http://127.0.0.1:9").start();
  proxy = await openProxy({ target: server.url, allow: ["write"] });
});
afterEach(async () => {
  await proxy.stop();
  await server.stop();
  expect(proxy.defects).toEqual([]);
});

function answerWith(status: number, body?: unknown, type = "application/json"): void {
  server.instead = (_, response: ServerResponse) => {
    response.writeHead(status, { "Content-Type": type }).end(typeof body === "string" ? body : JSON.stringify(body));
    return true;
  };
}

const summary = (strict = false): string => describeTally(proxy.tally, { target: "the target", strict });

test("an answer that keeps to the contract is passed on without a word", async () => {
  answerWith(200, { data: chat });
  const { violation, hint, body } = await proxy.ask("GET", "/chats/45");
  expect({ violation, hint, body }).toEqual({ violation: null, hint: null, body: { data: chat } });
  expect(summary()).toBe("0 violations in 1 request: 1 answered by the target.\n\n  getChat  200 x 1\n");
});

test("operations of the same name are told apart by their version in the summary", async () => {
  answerWith(404, NOT_FOUND);
  await proxy.ask("GET", "/chats/45");
  await proxy.ask("GET", "//api/partner/v3/chats/550e8400-e29b-41d4-a716-446655440000");
  expect(summary()).toMatch(/\n {2}getChat {7}404 x 1\n {2}V3's getChat {2}404 x 1; 1 with violations\n/);
  expect(summary()).toContain("\n  V3's getChat 404: ");
});

test.each<[string, number, unknown, string, string?]>([
  [
    "a field that is missing",
    200,
    { data: { ...chat, id: undefined } },
    "1 violation: /data/id is missing; it must be an integer of at least 1",
  ],
  ["a field of another type", 200, { data: { ...chat, group: "no" } }, "1 violation: /data/group must be true or false"],
  ["a status that is not declared", 500, NOT_FOUND, "1 violation: the status must be one of 200, 401, 404"],
  [
    "an error in the other envelope",
    404,
    { status: "error", error_code: "X", message: "x", errors: ["x"] },
    "1 violation: the body must be an Error",
  ],
  ["a page", 200, "<html>", "1 violation: the content type must be application/json", "text/html"],
  ["no body", 200, "", "1 violation: there must be a JSON body"],
  ["half a body", 200, '{"data":', "1 violation: the body is no JSON"],
  ["half a refusal", 404, '{"errors":', "1 violation: the body is no JSON"],
  [
    "a byte order mark",
    200,
    `\ufeff${JSON.stringify({ data: chat })}`,
    "1 violation: the body is no JSON: it begins with a byte order mark",
  ],
  ["a text that is JSON", 200, '"hello"', "1 violation: the body must be an object with data"],
  [
    "what is nested too deeply",
    200,
    `${"[".repeat(9_000)}${"]".repeat(9_000)}`,
    "1 violation: the body is nested too deeply to be looked at",
  ],
])("%s is passed on as it came, and told in a header and in the log", async (_, status, body, expected, ...[type]) => {
  answerWith(status, body, type);
  const answer = await proxy.ask("GET", "/chats/45");
  expect(answer.status).toBe(status);
  expect(answer.violation).toContain(expected);
  expect(proxy.logged).toMatchObject([{ operation: "getChat", violation: answer.violation }]);
  expect(proxy.tally.violations).toBe(1);
});

test("an answer to a request without a token is a violation, unless it refuses", async () => {
  answerWith(200, { data: chat });
  const ask = () => fetch(`${proxy.url}/api/partner/v2/chats/45`);
  const violation = "1 violation: the status must be 401, because the request has no token in X-LINQ-INTEGRATION-TOKEN";
  expect((await ask()).headers.get("X-Linq-Mock-Violation")).toBe(violation);
  expect(proxy.logged).toMatchObject([{ operation: "getChat", violation }]);
  answerWith(401, { errors: [{ status: 401, code: "unauthorized", title: "Unauthorized", detail: "No token" }] });
  expect((await ask()).headers.get("X-Linq-Mock-Violation")).toBeNull();
  expect(summary()).toBe(`1 violation in 2 requests: 2 answered by the target.

  getChat  200 x 1, 401 x 1; 1 with violations

Answers that break the contract
  getChat 200: the status must be 401, because the request has no token in X-LINQ-INTEGRATION-TOKEN (req-1)
    #/components/securitySchemes/apiKey
`);
});

test("many violations are counted, the first are told, and no value of a field is", async () => {
  answerWith(200, {
    data: { ...chat, id: "Ann", display_name: 1, service: "Ann", group: "Ann", chat_handles: [{ ...handle, id: "Ann" }] },
  });
  const { violation } = await proxy.ask("GET", "/chats/45");
  expect(violation).toMatch(/^5 violations: (\/data\/\S+ must be [^;]+; ){3}\.\.\.$/);
  expect(`${violation}${summary()}`).not.toContain("Ann");
});

test("a violation that comes again is one line of the summary, with where it is first, how often, and the clause", async () => {
  answerWith(200, {
    data: [
      { ...chat, id: "1" },
      { ...chat, id: "2" },
    ],
    meta: { page: 1, total_pages: 1, total_count: 2, per_page: 25 },
  });
  await proxy.ask("GET", "/chats?phone_number=%2B12055550101");
  await proxy.ask("GET", "/chats?phone_number=%2B12055550101");
  expect(summary()).toBe(`4 violations in 2 requests: 2 answered by the target.

  listChats  200 x 2; 2 with violations

Answers that break the contract
  listChats 200: /data/*/id must be an integer of at least 1 (4 times, first req-1)
    #/components/schemas/Chat/properties/id
`);
});

test("what the contract does not know is a note, and with --strict a violation", async () => {
  answerWith(200, { data: { ...chat, vibe: "good" } });
  const { violation, hint } = await proxy.ask("GET", "/chats/45");
  expect({ violation, hint }).toEqual({
    violation: null,
    hint: "In the answer, /data/vibe is a field that the contract does not know.",
  });
  expect(summary()).toContain(
    "What answers hold, and the contract does not know (no violations; with --strict they are)\n  getChat 200: /data/vibe",
  );
  const strict = await openProxy({ target: server.url, strict: true });
  expect((await strict.ask("GET", "/chats/45")).violation).toBe(
    "1 violation: /data/vibe is a field that the contract does not know",
  );
  await strict.stop();
});

test("a request that breaks the contract is a violation when it is answered as if it did not", async () => {
  answerWith(201, { data: contact });
  const { violation } = await proxy.ask("POST", "/contacts", { contact: { first_nam: "Ann" } });
  expect(violation).toMatch(/^\d violations?: in the request, \/body\/contact/);
  expect(summary()).toContain(
    "Requests that break the contract, and were answered as if they did not\n  createContact 201: /body/contact",
  );
});

test("a request that breaks the contract and is refused is a note", async () => {
  answerWith(400, {
    errors: [
      { status: 400, code: "missing_phone", title: "Missing Phone", detail: "Missing required parameter: phone_number" },
    ],
  });
  const { violation, hint } = await proxy.ask("GET", "/chats");
  expect({ violation, hint }).toEqual({
    violation: null,
    hint: "In the request, /query/phone_number is missing; it must be a string that is not blank.",
  });
  expect(summary()).toContain(
    "Requests that break the contract, and were refused (no violations)\n  listChats 400: /query/phone_number",
  );
});

test("names of fields that are somebody's get into no header and no summary", async () => {
  answerWith(200, { data: { ...chat, "Ann Smith": 1, "ann@smith.com": 2, "+12055426109": 3, mood_of_day: 4 } });
  const { hint } = await proxy.ask("GET", "/chats/45");
  expect(hint).toContain("/data/{name} is a field that the contract does not know");
  const said = `${hint} ${summary()}`;
  expect(said).toContain("/data/mood_of_day");
  expect(said).not.toMatch(/Smith|smith|2055426109/);
});

test("a 429 is a limit, and no violation", async () => {
  answerWith(429, { errors: [] });
  expect((await proxy.ask("GET", "/chats/45")).violation).toBeNull();
  expect(proxy.tally.violations).toBe(0);
});

test("a path that the contract does not have is passed on, and said to be none", async () => {
  answerWith(200, { hello: 1 });
  const { status, body, hint, violation } = await proxy.ask("GET", "/messages/7\u001b[2J?x=1");
  expect({ status, body, violation }).toEqual({ status: 200, body: { hello: 1 }, violation: null });
  expect(hint).toContain("GET /messages/7%1B[2J is not in the contract");
  expect(summary()).toContain("Not in the contract (no violations)\n  200: GET /messages/7");
});

test("the answer to HEAD has no body, and need not have one", async () => {
  answerWith(200, { data: chat });
  const { status, violation } = await proxy.ask("HEAD", "/chats/45");
  expect({ status, violation }).toEqual({ status: 200, violation: null });
  expect(server.received[0]?.method).toBe("HEAD");
});

test("an exchange that nobody can record is answered all the same, and the log says so", async () => {
  const other = await openProxy({
    target: server.url,
    onExchange: () => {
      throw new Error("disk full");
    },
  });
  answerWith(200, { data: chat });
  expect((await other.ask("GET", "/chats/45")).status).toBe(200);
  expect(other.defects).toEqual(["linq-mock: an exchange could not be recorded"]);
  await other.stop();
});

test("findings of ever new kinds do not fill the memory", async () => {
  for (let i = 0; i < 600; i += 1) {
    const finding = {
      kind: "unknown",
      counts: false,
      operation: undefined,
      status: 404,
      text: `${i}`,
      clause: undefined,
    } as const;
    proxy.tally.note({ contract: contractV2, operation: undefined }, 404, [finding], "req-1");
  }
  expect(proxy.tally.groups("unknown")).toHaveLength(500);
  expect(summary()).toContain("100 more findings of other kinds");
});
