import { newMark } from "../cleanup/created";
import { inWords } from "../law-errors";
import { jsonReport } from "./json";
import { renderTerminal } from "./terminal";
import { aBrokenReport } from "./testing/a-broken-report";
import { aReport } from "./testing/a-report";
import { anExchange } from "./testing/an-exchange";
import { anOutcome } from "./testing/an-outcome";
import { render } from "./testing/render";

/* The commands that a report shows, and what may be read in them. */

test("however often it was asked, one request shows it, and one command", () => {
  const exchanges = Array.from({ length: 12 }, () => anExchange("/chats/46"));
  const text = render(aReport({ outcomes: [anOutcome({ verdict: "fail", exchanges, requests: 15 })] }));
  expect(text.match(/^.*(?:→|curl).*$/gm)).toEqual([
    "  request   GET /chats/46 → 200 in 12 ms, the last of 15 requests",
    expect.stringMatching(/^ {2}see it {4}curl /),
  ]);
});

test("commands say where something is to be filled in, and how", () => {
  const exchanges = [anExchange("/chats?phone_number=%2B12052761148")];
  const text = render(aReport({ outcomes: [anOutcome({ verdict: "fail", exchanges })] }));
  expect(text).toContain("/chats?phone_number=PHONE_1' -H");
  expect(text).toContain("In commands, PHONE_1 stands for phone 1, and so on;");
  expect(render(aBrokenReport())).not.toContain("In commands");
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
  expect(text).toContain("line +12052761148, 42 requests in 4.3 s, private values are shown,");
  expect(text).toContain('at /display_name: "Zebediah"\n  document  "Zeb\\u202e", since find agrees');
  expect(text).toContain("GET /chats/find?phone_number=+12052761148 → 200");
  expect(text).toContain("curl -g 'https://api.linqapp.com/api/partner/v2/chats/find?phone_number=%2B12052761148'");
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
