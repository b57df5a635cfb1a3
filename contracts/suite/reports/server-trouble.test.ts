import { SERVER_TROUBLE } from "../report";
import { aBrokenReport } from "./testing/a-broken-report";
import { aReport } from "./testing/a-report";
import { anExchange } from "./testing/an-exchange";
import { anOutcome, aShape } from "./testing/an-outcome";
import { render } from "./testing/render";

/* What is told of a server that fails. */

test("a server that fails is one failure, with its own advice, and no matter for a baseline", () => {
  const outcomes = (["getChat", "listChats", "findChat"] as const).map((operation) =>
    aShape({
      id: `shape-${operation}-503-:status`,
      place: `${operation} 503`,
      operation,
      verdict: "fail",
      cause: SERVER_TROUBLE,
      evidence: { what: "status", pointer: "", expected: "one of 200, 401, 404", received: 503 },
      exchanges: [anExchange("/chats/46", { status: 503, body: "<html>", headers: { "content-type": "text/html" } })],
    }),
  );
  const doubt = (law: number, reason: string) =>
    anOutcome({ id: `law-${law}`, law, verdict: "inconclusive", reason, cause: SERVER_TROUBLE });
  const text = render(aReport({ outcomes: [...outcomes, doubt(9, "503"), doubt(7, "another 503")] }));
  const [first] = text.split("\nhttps");
  expect(first?.replaceAll("\n", " ")).toBe(
    "The server is failing: 3 of 3 answers were 503 (web pages), on Get Chat, and nothing good since. 2 checks could not be judged.",
  );
  expect(text.match(/^FAIL .*/gm)).toEqual(["FAIL Get Chat answers 503: the server is failing"]);
  expect(text).toContain("hides     2 checks that could not be judged (law 7, 9)\n");
  expect(text).toContain("to do      This is trouble of the server, and no question of the contract");
  expect(text).not.toContain("baseline");
  expect(text).toContain("exit code  1: the server was failing; nothing else that it answered breaks the contract");
});

test("a server that fails at a request says so first, with what came when it was asked again", () => {
  const answer = (path: string, status: number) => anExchange(path, { status, body: {} });
  const exchanges = [
    ...[500, 502, 200].map((status) => answer("/contacts?per_page=100", status)),
    ...[answer("/chats/46", 200), answer("/chats/46", 503), answer("/phone_numbers", 500), answer("/phone_numbers", 500)],
    ...[answer("/chats/47", 200), answer("/contacts/1", 500), answer("/contacts/2", 500)],
  ];
  const report = aReport({ outcomes: [anOutcome({ verdict: "fail" })], exchanges });
  expect(
    render(report).split("\n\n")[0],
  ).toBe(`The server is failing: 7 of 10 answers were 500, 502, 503, on 4 of 4 operations, some 200 when asked
again. The contract is broken: 1 failure on 1 of 4 operations. Find agrees with get (Find Chat, law
7).
https://api.linqapp.com, line phone 1, 42 requests in 4.3 s
5xx: 500, 2 times; asked again: 200: GET /contacts?per_page=100
5xx: 503; it was not asked again: GET /chats/46
5xx: 500, 2 times; asked again: 500: GET /phone_numbers
5xx: and 2 more requests`);
  const fewer = render(aReport({ ...report, exchanges: exchanges.slice(2, 5) }))
    .split("\n")
    .slice(0, 2);
  expect(fewer.join(" ")).toContain(
    "The server is failing: 1 of 3 answers was 503, on Get Chat, and nothing good since. The contract is broken: 1 failure on",
  );
});

test("a page in the place of JSON shows how it begins, without private values, and what it hides", () => {
  const page = "<html>\n  <h1>We'll be back soon, call +1 (205) 276-1148</h1>".padEnd(200, "x");
  const answered = { body: page, headers: { "content-type": "text/html" } };
  const cause = "answers of type text/html";
  const shape = aShape({
    id: "shape-listContacts-200-:content-type",
    place: "List Contacts 200",
    operation: "listContacts",
    verdict: "fail",
    reason: "the content type must be application/json",
    cause,
    clause: "#/paths/~1contacts/get/responses/200",
    evidence: { what: "content-type", pointer: "", expected: "application/json", received: "text/html" },
    exchanges: [anExchange("/contacts", answered)],
  });
  const created = { ...shape, id: "shape-createContact-200", operation: "createContact", place: "Create Contact 200" } as const;
  const doubt = (law: number, reason: string) => anOutcome({ id: `law-${law}`, law, verdict: "inconclusive", reason, cause });
  const doubts = [doubt(31, "POST /contacts answered 200, not 201"), doubt(12, "it rests on it"), doubt(13, "it rests on it")];
  const text = render(aReport({ outcomes: [shape, created, ...doubts] }));
  expect(failuresOf(text)).toBe(`FAIL List Contacts 200: the content type must be application/json, not text/html
  server    the content type is text/html
            the body begins: <html> <h1>We'll be back soon, call phone
            1</h1>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
  document  application/json
            List Contacts, answer 200, #/paths/~1contacts/get/responses/200
  request   GET /contacts → 200 in 12 ms, the last of 2 requests
  see it    curl -g -i 'https://api.linqapp.com/api/partner/v2/contacts' -H "X-LINQ-INTEGRATION-TOKEN: $LINQ_TOKEN"
  also in   Create Contact 200
  hides     3 checks that could not be judged (law 12, 13, 31)
  baseline  shape-listContacts-200-:content-type#9f2c11ab`);
  expect(text).not.toContain("Could not be judged");
  expect(text).toContain("checks     0 pass, 2 fail (1 failure in 2 checks), 0 contradicted");
});

/** From the first failure to the end of its section. */
function failuresOf(text: string): string {
  return text.slice(text.indexOf("FAIL "), text.indexOf("\n\nto do"));
}

const failing = (path: string, status: number, method = "GET") => anExchange(path, { status, body: {}, method });

test("where one resource fails and nothing else, it is named, with how much of it fails", () => {
  const exchanges = [
    ...[500, 200, 500].map((status) => failing("/contacts?page=0", status)),
    ...[failing("/contacts/7", 500), failing("/contacts/7", 200), failing("/chats/46", 200)],
  ];
  const first = (some: typeof exchanges): string =>
    render(aReport({ outcomes: [anOutcome({ verdict: "inconclusive" })], exchanges: some }), { width: 1000 }).split(". ")[0] ??
    "";
  expect(first(exchanges)).toBe(
    "The server is failing: all 2 operations of Contacts answer 500 in 3 of 5 requests, some 200 when asked again; nothing else does",
  );
  expect(first([...exchanges, failing("/contacts/find?email=nobody", 200)])).toContain(
    "2 of 3 operations of Contacts answer 500",
  );
  expect(first([...exchanges, failing("/chats/46", 500)])).toContain("4 of 7 answers were 500, on 3 of 3 operations");
});

test("requests with which nothing is wrong are shown first", () => {
  const exchanges = [failing("/contacts?page=0", 500), failing("/contacts/7", 500), failing("/contacts?per_page=3", 500)];
  const text = render(aReport({ exchanges: [...exchanges, failing("/contacts?per_page=3", 200)] }));
  expect(text.match(/^5xx: .*/gm)).toEqual([
    "5xx: 500; asked again: 200: GET /contacts?per_page=3",
    "5xx: 500; it was not asked again: GET /contacts/7",
    "5xx: 500; it was not asked again: GET /contacts?page=0",
  ]);
});

test("what a failing server has left is said beside that nothing else is broken", () => {
  const trouble = aShape({ verdict: "fail", cause: SERVER_TROUBLE, exchanges: [failing("/contacts", 500)] });
  const text = render(aReport({ outcomes: [trouble], left: aBrokenReport().left }), { width: 1000 });
  expect(text).toContain(
    "1: the server was failing; nothing else that it answered breaks the contract, and something was left behind",
  );
});

test("where changes alone fail, that is said, with how long to wait", () => {
  const down = (path: string, method: string, operation: "createContact" | "updateContact" | "deleteContact") => ({
    ...anExchange(path, { status: 503, body: {}, method, headers: { "retry-after": "2" } }),
    operation,
  });
  const changes = [
    down("/contacts", "POST", "createContact"),
    down("/contacts/7", "PUT", "updateContact"),
    down("/contacts/7", "DELETE", "deleteContact"),
  ];
  const trouble = changes.slice(0, 2).map((exchange) =>
    aShape({
      id: `shape-${exchange.operation}-503-:status`,
      operation: exchange.operation,
      verdict: "fail",
      cause: SERVER_TROUBLE,
      evidence: { what: "status", pointer: "", expected: "one of 200, 401", received: 503 },
      exchanges: [exchange],
    }),
  );
  const told = (exchanges: typeof changes): string => render(aReport({ outcomes: trouble, exchanges }), { width: 1000 });
  const read = failing("/chats/46", 200) as (typeof changes)[number];
  const text = told([...changes, read]);
  expect(text).toMatch(
    /^The server is failing: every change \(POST, PUT, DELETE\) answers 503, in all 3 requests to 3 operations, with Retry-After: 2; reads work\. /,
  );
  expect(text).toContain("FAIL every change (POST, PUT, DELETE) answers 503: the server is failing\n");
  expect(text).toContain("also in   Update Contact\n            Delete Contact\n");
  expect(told([...changes, read, failing("/chats/46", 503) as typeof read])).not.toContain("reads work");
});
