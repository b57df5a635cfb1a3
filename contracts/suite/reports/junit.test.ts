import { jsonReport } from "./json";
import { renderJunit } from "./junit";
import { aBrokenReport } from "./testing/a-broken-report";
import { aReport } from "./testing/a-report";
import { anOutcome, aShape } from "./testing/an-outcome";
import { type Element, parseXml } from "./testing/parse-xml";

function render(report = aBrokenReport(), strict = false): Element {
  return parseXml(renderJunit(jsonReport(report, { strict, showValues: false })));
}

function casesIn(root: Element): Element[] {
  return root.children.flatMap((suite) => suite.children.filter(({ name }) => name === "testcase"));
}

/** What Jenkins' schema allows: attributes, and children in this order. */
const SCHEMA: Readonly<
  Record<string, { attributes: readonly string[]; required: readonly string[]; children: readonly string[] }>
> = {
  testsuites: {
    attributes: ["name", "time", "tests", "failures", "disabled", "errors"],
    required: [],
    children: ["testsuite"],
  },
  testsuite: {
    attributes: [
      "name",
      "tests",
      "failures",
      "errors",
      "time",
      "disabled",
      "skipped",
      "timestamp",
      "hostname",
      "id",
      "package",
    ],
    required: ["name", "tests"],
    children: ["properties", "testcase", "system-out", "system-err"],
  },
  properties: { attributes: [], required: [], children: ["property"] },
  property: { attributes: ["name", "value"], required: ["name", "value"], children: [] },
  testcase: {
    attributes: ["name", "classname", "time", "assertions", "status"],
    required: ["name", "classname"],
    children: ["skipped", "error", "failure", "system-out", "system-err"],
  },
  skipped: { attributes: ["message"], required: ["message"], children: [] },
  failure: { attributes: ["message", "type"], required: ["message", "type"], children: [] },
  "system-out": { attributes: [], required: [], children: [] },
};

function breaches({ name, attributes, children }: Element): string[] {
  const rule = SCHEMA[name];
  if (!rule) return [`${name} is unknown`];
  const places = children.map((child) => rule.children.indexOf(child.name));
  return [
    ...Object.keys(attributes).filter((attribute) => !rule.attributes.includes(attribute)),
    ...rule.required.filter((attribute) => !(attribute in attributes)),
    ...(places.includes(-1) || places.some((place, i) => place < (places[i - 1] ?? 0)) ? [`children of ${name}`] : []),
    ...children.flatMap(breaches),
  ];
}

test.each([
  ["one of everything", aBrokenReport()],
  ["nothing but what holds", aReport()],
  ["no check at all", aReport({ outcomes: [] })],
])("a report with %s is what Jenkins' schema allows", (_, report) => {
  expect(breaches(render(report))).toEqual([]);
});

test("the counts are those of the cases, suite by suite and in all", () => {
  const root = render();
  for (const suite of [root, ...root.children]) {
    const cases = suite === root ? casesIn(root) : suite.children.filter(({ name }) => name === "testcase");
    const count = (child: string): string =>
      String(cases.filter(({ children }) => children.some(({ name }) => name === child)).length);
    const { tests, failures, errors, skipped = count("skipped") } = suite.attributes;
    expect({ tests, failures, errors, skipped }).toEqual({
      tests: String(cases.length),
      failures: count("failure"),
      errors: "0",
      skipped: count("skipped"),
    });
  }
});

test("what fails says what it means, and how to ask again", () => {
  const [, failed] = casesIn(render());
  expect(failed?.attributes).toEqual({ name: "law 7: find agrees with get", classname: "linq-v2.findChat", time: "0.031" });
  expect(failed?.children.map(({ name, attributes, text }) => ({ name, attributes, text }))).toEqual([
    {
      name: "failure",
      attributes: { message: "find and get show the same chat differently", type: "fail" },
      text: `server: the chat that was found, and the same chat read alone, at /display_name: "name 2"
document: "name 1", since find agrees with get (law 7); Find Chat, answer 200, #/paths/~1chats~1find/get/responses/200
request: GET /chats/46 → 200 in 12 ms, the last of 2 requests
see it: curl -g 'https://api.linqapp.com/api/partner/v2/chats/46' -H "X-LINQ-INTEGRATION-TOKEN: $LINQ_TOKEN"
to do: Ask again with the command. If the server is right, correct the contract; to accept it for a time, put the fingerprint into a baseline.
fingerprint: law-7#9f2c11ab`,
    },
  ]);
});

test("one cause is one failure, and the others name it", () => {
  const cause = "Find Contact answers 404, not 200";
  const outcomes = [28, 29].map((law) => anOutcome({ id: `law-${law}`, law, verdict: "fail", reason: cause, cause }));
  const [first, second] = casesIn(
    parseXml(renderJunit(jsonReport(aReport({ outcomes }), { strict: false, showValues: false }))),
  );
  expect(first?.children.map(({ name }) => name)).toEqual(["failure"]);
  expect(second?.children[0]).toMatchObject({
    name: "skipped",
    attributes: { message: "the same as: Find Contact answers 404, not 200 (Find Chat, law 28, 29)" },
  });
});

test("what was not judged, not asked, or is known, is skipped and says why", () => {
  const reasons = casesIn(render()).flatMap(({ attributes, children }) =>
    children
      .filter(({ name }) => name === "skipped")
      .map((skipped) => `${attributes["name"]}: ${skipped.attributes["message"]}`),
  );
  expect(reasons).toEqual([
    "law 13: total_count is true: could not be judged: the server allows no more requests for now (429)",
    "law 41: find finds what was created: it is not allowed; --allow send does",
    "law 46: message_count grows by one: it is not allowed; --allow send does",
    "shape-getChat-200-/data/service:type: known until 2026-12-31 (team-chat): told to the vendor",
    "A-group: `group` follows from who is in a chat now.: contradicted: a chat with name 2 alone is a group",
    "Get Chat shows another display_name: GET /chats/46, /data/display_name",
  ]);
});

test("what the contract does not know fails when it is strict", () => {
  const failures = (strict: boolean): string[] =>
    casesIn(render(aBrokenReport({ left: [] }), strict)).flatMap(({ attributes, children }) =>
      children.some(({ name }) => name === "failure") ? [attributes["name"] ?? ""] : [],
    );
  expect(failures(false)).toEqual(["law 7: find agrees with get"]);
  expect(failures(true)).toEqual(["law 7: find agrees with get", "shape-getChat-200-/data/mood:added"]);
});

test("what was left behind fails", () => {
  const left = casesIn(render()).at(-1);
  expect(left?.attributes["name"]).toBe("left behind: /contacts/131");
  expect(left?.children[0]?.text).toBe("undone by: DELETE /contacts/131\nThe same command with --sweep tries again.");
});

test("the run is told of in properties", () => {
  const [properties] = render().children[0]?.children ?? [];
  expect(
    Object.fromEntries((properties?.children ?? []).map(({ attributes }) => [attributes["name"], attributes["value"]])),
  ).toEqual({
    target: "https://api.linqapp.com",
    seed: "1",
    allowed: "read",
    requests: "42 read, 0 write, 0 visible, 0 send",
    strict: "false",
    values: "redacted",
    exit_code: "1: the contract is broken, or something was left behind",
  });
});

test("what XML cannot hold is escaped, and comes back as it was", () => {
  const reason = `a <b> & "of" 'in' ]]> \u0000\u001b[31m \uD800 \uFFFE\ttab`;
  const report = aReport({
    outcomes: [anOutcome({ verdict: "fail", reason }), aShape({ verdict: "skipped", reason: "one\ntwo" })],
  });
  const [failed, skipped] = casesIn(render(report));
  expect(failed?.children[0]?.attributes["message"]).toBe(`a <b> & "of" 'in' ]]> \\u0000\\u001b[31m \\ud800 \\ufffe\\u0009tab`);
  expect(skipped?.children[0]?.attributes["message"]).toBe("one\\u000atwo");
});
