import { version } from "../../../package.json";
import { jsonReport } from "./json";
import { ASKED, renderTerminal, TERMS } from "./terminal";
import { aBrokenReport } from "./testing/a-broken-report";
import { aReport } from "./testing/a-report";
import { anExchange } from "./testing/an-exchange";
import { anOutcome, aShape } from "./testing/an-outcome";
import { render } from "./testing/render";

/* What goes on a screen, and how much of it. */

test("the first line says what a run asks, but of a recording, which may be of both versions", () => {
  const of = (target: string) =>
    renderTerminal(jsonReport(aReport({ target }), { strict: false, showValues: false }), { color: false });
  expect(of("https://api.linqapp.com")).toMatch(
    /^V2 alone is asked; V3 is checked by --har, linq-mock proxy and the matcher\.\nEvery/,
  );
  expect(of("")).toMatch(/^Everything that was asked holds\.\na recording/);
});

test("a report says when it was made and by what, and what its words mean, where it has any of them", () => {
  const of = (report: ReturnType<typeof aReport>) =>
    renderTerminal(jsonReport(report, { strict: false, showValues: false }), { color: false });
  const facts = `4.3 s, 2026-11-25 10:00 UTC, linq-mock ${version}\n`;
  expect(of(aBrokenReport())).toContain(`${facts}${TERMS}\n`);
  expect(of(aReport())).toContain(`${facts}\n`);
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
      .join("")
      .replace(`${TERMS}\n`, ""),
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

/** From the first failure to the end of its section. */
function failuresOf(text: string): string {
  return text.slice(text.indexOf("FAIL "), text.indexOf("\n\nto do"));
}
