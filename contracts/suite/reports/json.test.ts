import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import type { ContractReport } from "../report";
import { renderers } from "./index";
import { type JsonReport, jsonReport } from "./json";
import { aBrokenReport } from "./testing/a-broken-report";
import { aReport } from "./testing/a-report";
import { anExchange } from "./testing/an-exchange";
import { anOutcome, aShape } from "./testing/an-outcome";
import { jsonReportSchema } from "./testing/json-report-schema";

const TIME = "2025-05-21T15:30:00.000-05:00";
const validate = addFormats(new Ajv2020({ allErrors: true, allowUnionTypes: true })).compile(jsonReportSchema);

function render(report: ContractReport, strict = false): JsonReport {
  const document = JSON.parse(renderers.json(jsonReport(report, { strict, showValues: false }))) as JsonReport;
  validate(document);
  expect(validate.errors).toBeNull();
  return document;
}

test.each([
  [
    "a shape that wants a text",
    aShape({ verdict: "fail", evidence: { what: "type", pointer: "/joined_at", expected: "a time", received: 1_748_457_480 } }),
  ],
  [
    "a law",
    anOutcome({
      verdict: "fail",
      evidence: { what: "it", pointer: "/phone_number", expected: "+12055550190", received: 12_055_550_190 },
    }),
  ],
])("a number that is masked is a number and no text, for %s", (_, outcome) => {
  const [found] = render(aReport({ outcomes: [outcome] })).outcomes;
  expect(found?.evidence).toMatchObject({ received: "a number", in_words: expect.arrayContaining(["received"]) });
});

test.each([
  ["one of everything", aBrokenReport()],
  ["nothing but what holds", aReport()],
  ["no check at all", aReport({ outcomes: [], line: undefined, target: "" })],
])("a report with %s has every field that it is documented to have", (_, report) => {
  expect(render(report).linq_mock_contract).toBe(2);
});

test("what came of a check is told in full", () => {
  expect(render(aBrokenReport()).outcomes[1]).toEqual({
    id: "law-7",
    check: "law",
    law: 7,
    name: "law 7: find agrees with get",
    place: null,
    cause: "law-7",
    harm: 0,
    explained_by: [],
    operation: "findChat",
    kind: "read",
    verdict: "fail",
    meaning: "find and get show the same chat differently",
    clause: "#/paths/~1chats~1find/get/responses/200",
    assumptions: [],
    evidence: {
      what: "the chat that was found, and the same chat read alone",
      pointer: "/display_name",
      expected: "name 1",
      received: "name 2",
      in_words: [],
      note: null,
      awaited: false,
      between: null,
      everywhere: false,
      begins: null,
    },
    requests: 2,
    ms: 31,
    exchanges: [
      { method: "GET", path: "/chats/find?phone_number=phone 1&phone_numbers[]=phone 2", status: 200, token: "own", ms: 12 },
      {
        ...{ method: "GET", path: "/chats/46", status: 200, token: "own", ms: 12 },
        answered: { data: { id: 46, display_name: "name 1", group: false, mood: "text 1" } },
      },
    ],
    curl: `curl -g 'https://api.linqapp.com/api/partner/v2/chats/46' -H "X-LINQ-INTEGRATION-TOKEN: $LINQ_TOKEN"`,
    curl_effect: null,
    curl_before: null,
    curl_before_effect: null,
    advice:
      "Ask again with the command. If the server is right, correct the contract; to accept it for a time, put the fingerprint into a baseline.",
    fingerprint: "law-7#9f2c11ab",
    known: null,
  });
});

test.each([
  ["takes any token", "with --token, or it takes any", 25, 401],
  ["has no limits", "without --rate-limits off, or it answers every check", 70, 429],
] as const)("a mock that %s is one to be started %s", (_, flags, law, expected) => {
  const answered = (received: number) => {
    const evidence = { what: "the status", pointer: "status", expected, received };
    return render(aReport({ outcomes: [anOutcome({ law, verdict: "fail", evidence })] })).outcomes[0]?.advice;
  };
  expect(answered(200)).toBe(`If this is linq-mock, start it ${flags}; else tell whoever runs the server.`);
  expect(answered(403)).toMatch(/^Ask again with the command\./);
});

test("counts and exit code are those of the run", () => {
  const { counts, exit_code } = render(aBrokenReport());
  expect(counts).toEqual({ pass: 1, fail: 1, contradicted: 0, added: 1, inconclusive: 1, skipped: 2, known: 1 });
  expect(exit_code).toBe(1);
});

test("a number in another spelling is the same, which is said", () => {
  const evidence = { what: "the line", pointer: "/phone_number", expected: "+12052761148", received: "(205) 276-1148" };
  expect(render(aReport({ outcomes: [anOutcome({ verdict: "fail", evidence })] })).outcomes[0]?.evidence).toMatchObject({
    expected: "phone 1",
    received: "phone 1",
    note: "the two differ in what is redacted or cut here",
  });
});

test("long lists are cut, with the entry that is meant kept, and what was left out has no number", () => {
  const body = { data: Array.from({ length: 30 }, (_, i) => ({ id: i + 1, text: `Text ${i} of many`, sent_at: TIME })) };
  const evidence = { what: "the page", pointer: "/data/25/text", expected: [], received: body };
  const exchanges = [anExchange("/chats/46/chat_messages", { body })];
  const { outcomes } = render(aReport({ outcomes: [anOutcome({ verdict: "fail", evidence, exchanges })] }));
  const received = outcomes[0]?.evidence?.received as { data: unknown[] };
  expect(received.data).toHaveLength(21);
  expect(received.data.at(-1)).toBe("… 10 more");
  expect(outcomes[0]?.exchanges[0]?.answered).toEqual({
    data: [
      { id: 1, text: "text 1", sent_at: TIME },
      { id: 2, text: "text 2", sent_at: TIME },
      { id: 26, text: "text 21", sent_at: TIME },
      "… 27 more",
    ],
  });
});

test("a command makes the last request again, to whoever was asked, with what is redacted to be filled in", () => {
  const commandOf = (fields: Partial<ContractReport>): unknown => {
    const body = { message: { text: "It's late" } };
    const asked = anExchange("/chats/46/chat_messages", { method: "POST", sent: body });
    return render(aReport({ outcomes: [anOutcome({ verdict: "fail", exchanges: [asked] })], ...fields })).outcomes[0]?.curl;
  };
  const rest = `/api/partner/v2/chats/46/chat_messages' -H "X-LINQ-INTEGRATION-TOKEN: $LINQ_TOKEN" -H 'Content-Type: application/json' -d '{"message":{"text":"TEXT_1"}}'`;
  expect(commandOf({})).toBe(`curl -g -X POST 'https://api.linqapp.com${rest}`);
  expect(commandOf({ target: "" })).toBe(`curl -g -X POST 'https://HOST${rest}`);
  expect(commandOf({ target: "http://127.0.0.1:1234", isOwnMock: true })).toBe(`curl -g -X POST 'http://localhost:4010${rest}`);
});
