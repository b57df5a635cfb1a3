import { type OperationId, operations } from "../../generated/v2/operations";
import { laws } from "../checks/index";
import { newMark } from "../cleanup/created";
import { inWords } from "../expect";
import { aboutLaw } from "../judge";
import type { Law } from "../law";
import { type CheckOutcome, type ContractReport, SERVER_TROUBLE } from "../report";
import { jsonReport } from "./json";
import { ASKED, renderTerminal, type TerminalOptions } from "./terminal";
import { aBrokenReport } from "./testing/a-broken-report";
import { aReport } from "./testing/a-report";
import { anExchange } from "./testing/an-exchange";
import { anOutcome, aShape } from "./testing/an-outcome";

function render(
  report: ContractReport,
  { strict = false, ...options }: Partial<TerminalOptions & { strict: boolean }> = {},
): string {
  const json = jsonReport(report, { strict, showValues: false });
  const text = renderTerminal(json, { color: false, ...options });
  return json.target === null ? text : text.replace(`${ASKED}\n`, "");
}

test("the first line says what a run asks, but of a recording, which may be of both versions", () => {
  const of = (target: string) =>
    renderTerminal(jsonReport(aReport({ target }), { strict: false, showValues: false }), { color: false });
  expect(of("https://api.linqapp.com")).toMatch(
    /^V2 alone is asked; V3 is checked by --har, linq-mock proxy and the matcher\.\nEvery/,
  );
  expect(of("")).toMatch(/^Everything that was asked holds\.\na recording/);
});

test("the answer is first, then what is wrong and what to do, and last a summary", () => {
  expect(
    render(aBrokenReport()),
  ).toBe(`The contract is broken: 1 failure on 1 of 3 operations, 1 thing could not be removed; the server is
up (no 5xx in 3 answers). Find and get show the same chat differently (Find Chat, law 7).
https://api.linqapp.com, line phone 1, 42 requests in 4.3 s

FAIL find and get show the same chat differently (Find Chat, law 7)
  server    the chat that was found, and the same chat read alone, at /display_name: "name 2"
  document  "name 1", since find agrees with get (law 7)
            Find Chat, answer 200, #/paths/~1chats~1find/get/responses/200
  request   GET /chats/46 → 200 in 12 ms, the last of 2 requests
  see it    curl -g 'https://api.linqapp.com/api/partner/v2/chats/46' -H "X-LINQ-INTEGRATION-TOKEN: $LINQ_TOKEN"
  baseline  law-7#9f2c11ab

Could not be removed; the same command with --sweep tries again (1)
  createContact: DELETE /contacts/131

What is only assumed, and this server does otherwise (1)
  A-group: a chat with name 2 alone is a group
    request: GET /chats/46 → 200
    assumed: \`group\` follows from who is in a chat now.

The server shows what the contract does not know (1)
  \`mood\` of Chat
    shape-getChat-200-/data/mood:added#9f2c11ab
    Describe the field in the contract; to accept it until then, put the fingerprint into a
    baseline.

Could not be judged (1)
  1 check: the server allows no more requests for now (429)
    law 13
    Ask again later, or slower with --rate.

Where it differs from a mock that holds the same (1)
  Get Chat shows another display_name
    GET /chats/46, /data/display_name
    target "name 1", mock "name 2"

Not judged (1)
  2 checks: it is not allowed; --allow send does

Known, and not counted (1)
  the shape of getChat 200: /data/service must be a string
    told to the vendor (team-chat, until 2026-12-31)

to do      Ask again with the command. If the server is right, correct the contract; to accept it
           for a time, put the fingerprint into a baseline.
checks     1 pass, 1 fail, 0 contradicted (1 assumption), 1 added, 1 inconclusive, 2 skipped; 1
           known, which do not count
requests   42 read, 0 write, 0 visible, 0 send, in 4.3 s
exit code  1: the contract is broken, or something was left behind
`);
});

test("it is short when everything holds", () => {
  const skipped = Array.from({ length: 40 }, (_, i) =>
    anOutcome({
      id: `law-${i}`,
      law: i,
      verdict: "skipped",
      reason: `it is not allowed; --allow ${["writes", "visible", "send"][i % 3]} does`,
    }),
  );
  const text = render(aReport({ outcomes: [...Array.from({ length: 60 }, () => anOutcome()), ...skipped] }));
  expect(text.split("\n").length).toBeLessThan(25);
  expect(text).toMatch(/^Everything that was asked holds\.\n/);
  expect(text).toContain("exit code  0: everything that was asked holds\n");
  expect(text).toContain("Not judged (3)\n  14 checks: it is not allowed; --allow writes does\n");
});

test.each([
  ["Nothing was judged.", aReport({ outcomes: [] })],
  [
    "Nothing is broken, but 1 check could not be judged.",
    aReport({ outcomes: [anOutcome({ verdict: "inconclusive", reason: "it was slow" })] }),
  ],
  ["Nothing is broken, but 1 thing could not be removed.", aReport({ left: aBrokenReport().left })],
  ["Everything that was asked holds.", aReport()],
])("the first line is: %s", (line, report) => {
  expect(render(report).split("\n")[0]).toBe(line);
});

test("what the contract does not know breaks it when it is strict", () => {
  const report = aBrokenReport({ left: [], outcomes: aBrokenReport().outcomes.filter(({ verdict }) => verdict !== "fail") });
  expect(render(report)).toMatch(/^Nothing is broken, but 1 check/);
  expect(render(report, { strict: true })).toMatch(/^The contract is broken: 1 thing that the contract does not know\.\n/);
  expect(render(report, { strict: true })).toContain("exit code  1:");
});

test("there is color only when it is asked for", () => {
  const start = "\u001b[";
  expect(render(aBrokenReport())).not.toContain(start);
  const colored = render(aBrokenReport(), { color: true });
  expect(colored).toContain(`${start}31mFAIL${start}0m`);
  expect(
    colored
      .split(start)
      .map((part, i) => (i === 0 ? part : part.replace(/^\d+m/, "")))
      .join(""),
  ).toBe(`${ASKED}\n${render(aBrokenReport())}`);
});

test("lines fit the width, and commands stay whole", () => {
  const lines = render(aBrokenReport(), { width: 60 }).split("\n");
  const long = lines.filter(
    (line) => line.length > 60 && !/curl|requests|checks|exit code|https:|phone_number=|^The|^Could/.test(line),
  );
  expect(long).toEqual([]);
  expect(lines.some((line) => line.includes('chats/46\' -H "X-LINQ-INTEGRATION-TOKEN: $LINQ_TOKEN"'))).toBe(true);
});

test("of many failures the first are told in detail, the others on a line, and all on 60 lines unless more are asked for", () => {
  const outcomes = Array.from({ length: 200 }, (_, i) =>
    anOutcome({
      id: `law-${i}`,
      law: i,
      verdict: i < 90 ? "fail" : i < 150 ? "inconclusive" : "skipped",
      reason: `${i}`.repeat(60),
    }),
  );
  const report = aReport({ outcomes, left: aBrokenReport().left });
  const text = render(report);
  expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(60);
  expect(text).toMatch(/\n {2}and \d+ more; --report json=<file> keeps them next time, --lines all shows them\n/);
  expect(render(report, { file: "contract.xml" })).toMatch(/\n {2}and \d+ more; contract\.xml has them\n/);
  expect(text).toContain("Could not be removed");
  const all = render(report, { lines: Number.POSITIVE_INFINITY });
  expect(all.match(/^FAIL /gm)).toHaveLength(90);
  expect(all.match(/^ {2}document/gm)?.length).toBe(90);
});

test("one cause is one failure, with the places that show it, and meaning comes before shape", () => {
  const shape = (operation: "getChat" | "listChats" | "findChat" | "createChat" | "getContact"): CheckOutcome =>
    aShape({
      id: `shape-${operation}-200-/data/group:type`,
      title: `the shape of ${operation} 200`,
      place: `${operations[operation].title} 200`,
      operation,
      verdict: "fail",
      cause: "type #/components/schemas/Chat/properties/group",
      clause: "#/components/schemas/Chat/properties/group",
      reason: "/data/group must be true or false",
      evidence: { what: "type", pointer: "/data/group", expected: "true or false", received: "no" },
    });
  const shapes = (["getChat", "listChats", "findChat", "createChat", "getContact"] as const).map(shape);
  const text = render(aReport({ outcomes: [...shapes, anOutcome({ verdict: "fail", law: 7 })] }));
  expect(text.split("\nhttps")[0]?.replaceAll(/\s+/g, " ")).toBe(
    'The contract is broken: 2 failures on 5 of 5 operations. The gravest: find agrees with get (Find Chat, law 7). What spreads furthest shows in 5 of them: Get Chat 200: /data/group must be true or false, not "no", a string.',
  );
  expect(text.match(/^FAIL .*/gm)).toEqual([
    "FAIL find agrees with get (Find Chat, law 7)",
    'FAIL Get Chat 200: /data/group must be true or false, not "no", a string',
  ]);
  expect(text).toContain('  server    /data/group is "no"\n  document  true or false\n            Chat, group, #/');
  expect(text).toContain(
    "also in   List Chats 200 /data/group\n            Find Chat 200 /data/group\n            Create Chat 200 /data/group\n            and 1 more place\n",
  );
});

test("many causes are told from an outage", () => {
  const failures = (["getChat", "listChats", "findChat", "createChat", "getContact", "getContact"] as const).map(
    (operation, i) => anOutcome({ id: `law-${i}`, law: i, operation, verdict: "fail", cause: `${i}` }),
  );
  const first = (report: ContractReport): string => render(report).split("\nhttps")[0]?.replaceAll(/\s+/g, " ") ?? "";
  expect(first(aReport({ outcomes: failures }))).toBe(
    "The contract is broken: 6 failures on 5 of 5 operations. The gravest: find agrees with get (Get Chat, law 0). These are many causes, and no outage: the widest shows in 1 operation.",
  );
  expect(first(aReport({ outcomes: failures.slice(0, 4) }))).toBe(
    "The contract is broken: 4 failures on 4 of 4 operations. The gravest: find agrees with get (Get Chat, law 0).",
  );
  const exchanges = [500, 500, 200].map((status) => anExchange("/contacts", { status, body: {} }));
  expect(first(aReport({ outcomes: failures, exchanges }))).toMatch(
    /^The server is failing: 2 of 3 answers were 500, on List Contacts, some 200 when asked again\. The contract .*\. Look at the 5xx first: most of the rest follows from them\.$/,
  );
});

test("however often it was asked, one request shows it, and one command", () => {
  const exchanges = Array.from({ length: 12 }, () => anExchange("/chats/46"));
  const text = render(aReport({ outcomes: [anOutcome({ verdict: "fail", exchanges, requests: 15 })] }));
  expect(text.match(/^.*(?:→|curl).*$/gm)).toEqual([
    "  request   GET /chats/46 → 200 in 12 ms, the last of 15 requests",
    expect.stringMatching(/^ {2}see it {4}curl /),
  ]);
});

test("secrets that are shown come first, then tokens that are not needed, then the laws by their numbers", () => {
  const outcomes = [36, 24, 7].map((number) => {
    const law = laws.find((one) => one.number === number) as Law;
    return anOutcome({ ...aboutLaw(law), verdict: "fail", reason: law.broken });
  });
  const told = render(aReport({ outcomes: outcomes.toReversed() })).match(/(?<=^FAIL .*law )\d+(?=\))/gm);
  expect(told).toEqual(["36", "24", "7"]);
});

test("commands say where something is to be filled in, and how", () => {
  const exchanges = [anExchange("/chats?phone_number=%2B12052761148")];
  const text = render(aReport({ outcomes: [anOutcome({ verdict: "fail", exchanges })] }));
  expect(text).toContain("/chats?phone_number=PHONE_1' -H");
  expect(text).toContain("In commands, PHONE_1 stands for phone 1, and so on;");
  expect(render(aBrokenReport())).not.toContain("In commands");
});

test("what stumbles over the same is one failure, told by the answer behind it", () => {
  const cause = "Find Contact answers 404, not 200";
  const law = (number: number): CheckOutcome =>
    anOutcome({ id: `law-${number}`, law: number, title: `law of ${number}`, verdict: "fail", reason: cause, cause });
  const text = render(aReport({ outcomes: [28, 29, 30].map(law) }));
  expect(text.match(/^FAIL .*/gm)).toEqual(["FAIL Find Contact answers 404, not 200 (Find Chat, law 28)"]);
  expect(text).toContain("also in   law 29: law of 29\n            law 30: law of 30\n");
});

test("what the suite says and sends itself is shown, and what a server says is not", () => {
  const mark = `${newMark()}-b`;
  const evidence = { what: "the name", pointer: "/first_name", expected: mark, received: "Zeb" };
  const words = { what: "the list", pointer: "", expected: inWords`entry ${7} among others`, received: ["Quux"] };
  const outcomes = [
    anOutcome({ verdict: "fail", evidence, exchanges: [anExchange("/contacts/3", { body: { data: { first_name: mark } } })] }),
    anOutcome({ id: "law-8", law: 8, verdict: "fail", evidence: words }),
  ];
  const text = render(aReport({ outcomes }));
  expect(text).toContain(`document  "${mark}", since find agrees with get (law 7)`);
  expect(text).toContain("document  entry 7 among others, since find agrees with get (law 8)");
  expect(text).not.toMatch(/Zeb|Quux/);
});

test("what contradicts an assumption is told with it, once for all places, and breaks nothing", () => {
  const evidence = { what: "find", pointer: "", expected: null, received: { id: 1 } };
  const law = anOutcome({
    verdict: "contradicted",
    assumptions: ["A-find-match"],
    reason: "find matches more",
    evidence,
  });
  const text = render(aReport({ outcomes: [law, { ...law, id: "law-3", law: 3, title: "find is exact" }] }));
  expect(text).toMatch(/^Nothing documented broke; 1 assumption of ours did, first of all A-find-match: find matches more\.\n/);
  expect(text.match(/^ASSUMED.*/gm)).toEqual(["ASSUMED find matches more (A-find-match)"]);
  expect(text).toContain("also in   law 3: find is exact\n");
  expect(text).toContain("exit code  0: nothing documented broke; 1 assumption did\n");
  expect(render(aReport({ outcomes: [law] }), { strict: true })).toMatch(
    /^The contract is broken: 1 thing otherwise than is assumed\.\n/,
  );
});

const asked = anExchange("/chats/find?phone_number=%2B12052761148", { body: { data: { chat: null } } });
const tooMany = anOutcome({
  id: "law-3",
  law: 3,
  title: "find matches the participants exactly",
  verdict: "contradicted",
  assumptions: ["A-find-match"],
  reason: "Find Chat gives a chat with people who were not asked for, which is only assumed not to be",
  evidence: { what: "who is in what find gives", pointer: "", expected: ["Ann"], received: ["Ann", "Bob"] },
  exchanges: [asked],
});
const other = aShape({
  id: "shape-getContact-201-:status",
  place: "Get Contact 201",
  operation: "getContact",
  verdict: "fail",
  reason: "the status must be one of 200, 401, 404",
  evidence: { what: "status", pointer: "", expected: "one of 200, 401, 404", received: 201 },
});

test("what does most harm comes first though it is only assumed, with what shows it, and another success last", () => {
  const text = render(aReport({ outcomes: [other, tooMany] }), { width: 1000 });
  const harm = "Find Chat gives a chat with people who were not asked for: messages can reach the wrong people";
  expect(text.split("\n")[0]).toMatch(
    new RegExp(`^${harm} \\(contradicts A-find-match, which is assumed\\)\\. The contract is broken: 1 failure`),
  );
  expect(text.match(/^(?:ASSUMED|FAIL) .*/gm)).toEqual([
    `ASSUMED ${harm} (A-find-match)`,
    "FAIL Get Contact answers 201, not 200: still a success",
  ]);
  expect(text).toMatch(
    /server\s+who is in what find gives: \["text 1","text 2"\]\n {2}assumed\s+\["text 1"\], since find matches/,
  );
  expect(text).toContain("request   GET /chats/find?phone_number=phone 1 → 200");
  expect(text).toContain("to do      No document promises it, and programs may rely on it all the same: ");
  expect(text).toContain("see it    curl -g 'https://api.linqapp.com/api/partner/v2/chats/find?phone_number=PHONE_1'");
  const alone = render(aReport({ outcomes: [tooMany] })).replaceAll("\n", " ");
  expect(alone).toMatch(/which is assumed\)\. Nothing documented broke; 1 assumption of ours did\. /);
  expect(alone).toContain("exit code  0: nothing documented broke; 1 assumption did");
});

test("another success is mild only where it hides nothing and nothing worse is told, and is counted apart beside a failure", () => {
  const first = (...outcomes: CheckOutcome[]): string => render(aReport({ outcomes }), { width: 1000 }).split("\n")[0] ?? "";
  expect(first(other)).toMatch(
    /^The contract is broken, but mildly: 1 failure on .* Get Contact answers 201, not 200: still a success\.$/,
  );
  const cause = "status 201";
  const doubt = anOutcome({ law: 28, verdict: "inconclusive", reason: "it rests on it", cause });
  expect(first({ ...other, cause }, doubt)).toMatch(/^The contract is broken: 1 failure on /);
  const evidence = {
    what: "a contact",
    pointer: "/created_at",
    expected: "2025-10-20T08:05:48Z",
    received: "2025-10-20T09:05:48Z",
    between: ["Find Contact", "Get Contact"] as const,
  };
  const zone = anOutcome({ law: 28, operation: "findContact", verdict: "fail", evidence });
  expect(first(other, zone)).toMatch(
    /^The contract is broken: 1 failure on 1 of \d operations?.*\. Find agrees with get \(Find Contact, law 28\)\. Beside it: Get Contact answers 201, not 200: still a success, harmless\.$/,
  );
});

test("a field that is gone and one that is new are one finding, and what is new is on a line for each name", () => {
  const field = (operation: OperationId, name: string, what: "required" | "added") =>
    aShape({
      id: `shape-${operation}-${name}`,
      place: `${operation} 200`,
      operation,
      verdict: what === "added" ? "added" : "contradicted",
      assumptions: [what === "added" ? "A-extra-fields" : "A-always-present"],
      clause: `#/components/schemas/Chat${what === "added" ? "" : `/properties/${name}`}`,
      evidence: { what, pointer: `/data/${name}`, expected: "a string", received: undefined, everywhere: true },
    });
  const outcomes = (["getChat", "listChats"] as const).flatMap((operation) => [
    field(operation, "display_name", "required"),
    field(operation, "title", "added"),
  ]);
  const text = render(aReport({ outcomes }));
  const sentence =
    "very chat lacks `display_name` and has `title` instead (2 operations), perhaps renamed: whatever reads it breaks";
  expect(text.replaceAll("\n", " ")).toMatch(new RegExp(`^E${sentence.replaceAll(/[()]/g, "\\$&")} \\(contradicts A-always-`));
  expect(text.match(/^ASSUMED/gm)).toHaveLength(1);
  expect(text).toContain("The server shows what the contract does not know (1)\n  `title` of Chat, in 2 places\n");
  expect(text).toMatch(/9f2c11ab\n {4}Describe the field/);
  const everywhere = ["Chat", "Contact"].map((object, i) => ({
    ...field("getChat", "tenant", "added"),
    id: `${i}`,
    clause: `#/components/schemas/${object}`,
  }));
  expect(render(aReport({ outcomes: [...outcomes, ...everywhere] })).replaceAll("\n", " ")).toContain(sentence);
});

test("of two answers that differ none is called right, and times that are hours apart are a matter of zones", () => {
  const evidence = {
    what: "message 1 read alone, and in the list",
    pointer: "/sent_at",
    expected: "2025-10-20T08:05:48.000-06:00",
    received: "2025-10-20T08:05:48.000-05:00",
    between: ["Get Message", "List Messages"] as const,
  };
  expect(failuresOf(render(aReport({ outcomes: [anOutcome({ verdict: "fail", evidence })] })))).toContain(`
  compared  message 1 read alone, and in the list, at /sent_at
  here      Get Message: "2025-10-20T08:05:48.000-05:00"
  there     List Messages: "2025-10-20T08:05:48.000-06:00"
  differ    the same clock time, 1 hour apart: a time zone or daylight-saving fault
            one is wrong; this run cannot say which
  document  find agrees with get (law 7)
`);
});

test("an operation that differs from several others is probably the wrong one, and that is one failure, before what is asked by time", () => {
  const differs = (law: number, between: readonly [string, string]) => {
    const evidence = { what: "a contact", pointer: `/${law}/created_at`, expected: "2025-10-20T08:05:48Z", between };
    const received = "2025-10-20T09:05:48Z";
    return anOutcome({ id: `law-${law}`, law, verdict: "fail", cause: `${law}`, evidence: { ...evidence, received } });
  };
  const before = anOutcome({ id: "law-19", law: 19, verdict: "fail", reason: "`before` lists another" });
  const pairs = [differs(28, ["Find Contact", "Get Contact"]), differs(29, ["Find Contact", "List Contacts"])];
  const text = render(aReport({ outcomes: [before, ...pairs] }));
  expect(text.match(/^FAIL .*/gm)).toEqual([
    "FAIL Find Contact shows created_at otherwise than Get Contact and List Contacts (law 28, 29)",
    "FAIL `before` lists another (Find Chat, law 19)",
  ]);
  expect(text.replaceAll("\n", " ")).toContain(". Look at the time zone first: what is asked by time");
  expect(text).toContain(`differ    1 hour apart: a time zone or daylight-saving fault
            Find Contact differs from all others: it is probably wrong
`);
  const apart = render(
    aReport({ outcomes: [differs(28, ["Find Contact", "Get Contact"]), differs(9, ["Get Chat", "List Chats"])] }),
  );
  expect(apart.match(/^FAIL/gm)).toHaveLength(2);
});

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

test("a mock of its own is stopped when the report is read, so that only a new one can be asked", () => {
  const text = render(aBrokenReport({ isOwnMock: true, target: "http://127.0.0.1:1" }));
  expect(text).toContain("see it    curl -g 'http://localhost:4010/");
  expect(text).toContain("to do      Correct the mock;");
});

test("commands that a server would give a terminal are shown escaped", () => {
  const text = render(aReport({ outcomes: [anOutcome({ verdict: "fail", reason: "it says \u001b[2J\u202e and\nmore" })] }));
  expect(text).toContain("it says \\u001b[2J\\u202e and\\u000amore");
});

test("with --show-values, numbers, names and texts are shown, which is said; commands for a terminal are escaped in them, too", () => {
  const evidence = { what: "the name", pointer: "/display_name", expected: "Zeb\u202e", received: "Zebediah" };
  const exchanges = [anExchange("/chats/find?phone_number=%2B12052761148", { method: "GET" })];
  const report = aReport({ outcomes: [anOutcome({ verdict: "fail", evidence, exchanges })] });
  const text = renderTerminal(jsonReport(report, { strict: false, showValues: true }), { color: false });
  expect(text).toContain("line +12052761148, 42 requests in 4.3 s, private values are shown\n");
  expect(text).toContain('at /display_name: "Zebediah"\n  document  "Zeb\\u202e", since find agrees');
  expect(text).toContain("GET /chats/find?phone_number=+12052761148 → 200");
  expect(text).toContain("curl -g 'https://api.linqapp.com/api/partner/v2/chats/find?phone_number=%2B12052761148'");
});

/** From the first failure to the end of its section. */
function failuresOf(text: string): string {
  return text.slice(text.indexOf("FAIL "), text.indexOf("\n\nto do"));
}

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

test("each of many failures has a line of evidence, and the worst is told in full", () => {
  const evidence = { what: "the status of a chat", pointer: "status", expected: 401, received: 200 };
  const outcomes = Array.from({ length: 22 }, (_, i) =>
    anOutcome({ id: `law-${i + 1}`, law: i + 1, verdict: "fail", reason: `find fails in way ${i + 1}`, evidence }),
  );
  const text = render(aReport({ outcomes }));
  expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(60);
  expect(failuresOf(text)).toContain(`FAIL find fails in way 1 (Find Chat, law 1)
  server    the status of a chat: 200
  document  401, since find agrees with get (law 1)
            Find Chat, answer 200, #/paths/~1chats~1find/get/responses/200
  baseline  law-1#9f2c11ab

FAIL find fails in way 2 (Find Chat, law 2)
  200 instead of 401: the status of a chat
FAIL find fails in way 3 (Find Chat, law 3)
  200 instead of 401: the status of a chat
FAIL`);
  expect(text.match(/^ {2}200 instead of 401: /gm)).toHaveLength(21);
});

test("where there is room, failures have a command, before any but the worst is told in full", () => {
  const evidence = { what: "the status", pointer: "status", expected: 404, received: 200 };
  const outcomes = [1, 2, 3].map((law) =>
    anOutcome({ law, verdict: "fail", evidence, cause: `${law}`, exchanges: [anExchange("/chats/46")] }),
  );
  const text = render(aReport({ outcomes }), { lines: 28 });
  expect(failuresOf(text).split("\n").slice(-6).join("\n")).toBe(`FAIL find agrees with get (Find Chat, law 2)
  200 instead of 404: the status
  curl -g -i 'https://api.linqapp.com/api/partner/v2/chats/46' -H "X-LINQ-INTEGRATION-TOKEN: $LINQ_TOKEN"
FAIL find agrees with get (Find Chat, law 3)
  200 instead of 404: the status
  curl -g -i 'https://api.linqapp.com/api/partner/v2/chats/46' -H "X-LINQ-INTEGRATION-TOKEN: $LINQ_TOKEN"`);
});

test("a failure is tied to the assumption that explains it, where the server contradicts that", () => {
  const created = anOutcome({
    id: "law-41",
    law: 41,
    verdict: "fail",
    reason: "it is not found",
    explainedBy: ["A-find-match"],
  });
  const find = anOutcome({ id: "law-1", law: 1, verdict: "contradicted", assumptions: ["A-find-match"], reason: "it depends" });
  expect(failuresOf(render(aReport({ outcomes: [created, find] })))).toContain(
    "probably  the same as A-find-match, which this server contradicts\n",
  );
  const secret = anOutcome({ verdict: "fail", harm: 2 });
  expect(render(aReport({ outcomes: [created, find, secret] }), { lines: 20 })).toContain(
    "FAIL it is not found (Find Chat, law 41), probably the same as A-find-match\n",
  );
  expect(render(aReport({ outcomes: [created] }))).not.toContain("probably");
});

test("an event that has not come is told by what did, and a command that sends says to how many", () => {
  const sent = { send_from: "+12052761148", chat: { phone_numbers: ["+12052761149", "+12052761150"] } };
  const outcome = anOutcome({
    id: "law-54",
    law: 54,
    title: "an event tells who has sent it",
    operation: "sendMessage",
    verdict: "fail",
    reason: "message.sent is not delivered",
    clause: "#/webhooks/message.sent",
    evidence: {
      what: "the events that came",
      pointer: "",
      expected: inWords`message.sent, to a subscription that asks for it`,
      received: inWords`no message.sent within 30 s of POST /chats; chat.created came`,
      awaited: true,
    },
    exchanges: [anExchange("/chats", { method: "POST", sent, body: {} })],
  });
  expect(failuresOf(render(aReport({ outcomes: [outcome] })))).toBe(`FAIL message.sent is not delivered (Webhooks, law 54)
  server    no message.sent within 30 s of POST /chats; chat.created came
  document  message.sent, to a subscription that asks for it
            Webhooks, message.sent, #/webhooks/message.sent
  request   POST /chats → 200 in 12 ms, the last of 2 requests
  see it    SENDS a message to 2 people:
            curl -g -X POST 'https://api.linqapp.com/api/partner/v2/chats' -H "X-LINQ-INTEGRATION-TOKEN: $LINQ_TOKEN" -H 'Content-Type: application/json' -d '{"send_from":"PHONE_1","chat":{"phone_numbers":["PHONE_2","PHONE_3"]}}'
  baseline  law-54#9f2c11ab`);
});

test("a command for what the run has removed asks for another, and one that writes says so", () => {
  const put = anExchange("/contacts/131", { method: "PUT", sent: { contact: {} }, body: {} });
  const removed = anExchange("/contacts/131", { method: "DELETE", status: 204 });
  const outcomes = [anOutcome({ verdict: "fail", exchanges: [put] })];
  expect(render(aReport({ outcomes }))).toContain("see it    CHANGES the account by PUT:\n            curl -g -X PUT '");
  expect(render(aReport({ outcomes, exchanges: [put, removed] }))).toContain(
    "see it    CHANGES the account by PUT; what the run made there is removed: put another id:\n",
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

test("how to fill in commands is told where one that is shown has something to fill in", () => {
  const outcomes = Array.from({ length: 30 }, (_, i) =>
    anOutcome({
      id: `law-${i + 1}`,
      law: i + 1,
      verdict: "fail",
      cause: `${i}`,
      exchanges: [anExchange(i === 0 ? "/chats/46" : "/chats?phone_number=%2B12052761148")],
    }),
  );
  expect(render(aReport({ outcomes }), { lines: 30 })).not.toContain("In commands");
  expect(render(aReport({ outcomes }), { lines: 300 })).toContain("In commands, PHONE_1 stands for phone 1");
});

test("where failures are so many that they need the room, of the rest the titles are told", () => {
  const evidence = { what: "the names of a chat".repeat(5), pointer: "/name", expected: "a".repeat(90), received: 7 };
  const failures = Array.from({ length: 17 }, (_, i) =>
    anOutcome({ id: `law-${i + 1}`, law: i + 1, verdict: "fail", cause: `${i}`, reason: "it fails", evidence }),
  );
  const { left, outcomes } = aBrokenReport();
  const report = aReport({ left, outcomes: [...failures, ...outcomes.filter(({ verdict }) => verdict !== "fail")] });
  const text = render(report, { file: "run.json" });
  expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(60);
  expect(text.match(/^FAIL .*\n {2}7 instead of "name 1": .*…$/gm)).toHaveLength(16);
  expect(text).toContain(`
Could not be removed; the same command with --sweep tries again (1)
The server shows what the contract does not know (1)
Could not be judged (1)
Not judged (1)
  not shown, for the failures; run.json has them

to do `);
});

test("a failure that is told in short says how many checks it hides", () => {
  const cause = "type #/components/schemas/Chat/properties/id";
  const evidence = { what: "type", pointer: "/data/id", expected: "an integer of at least 1", received: "47" };
  const shape = aShape({
    place: "Get Chat 200",
    verdict: "fail",
    reason: "/data/id must be an integer of at least 1",
    cause,
    evidence,
  });
  const doubts = [8, 9].map((law) => anOutcome({ law, verdict: "inconclusive", reason: "it rests on it", cause }));
  expect(render(aReport({ outcomes: [shape, ...doubts] }), { lines: 1 })).toContain(
    '\nFAIL Get Chat 200: /data/id must be an integer of at least 1, not "47", a string (hides 2 checks)\n',
  );
});
