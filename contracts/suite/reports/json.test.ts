import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import type { ContractReport } from "../report";
import { renderJson } from "./json";
import type { JsonReport } from "./json-report";
import { Mask } from "./mask";
import { aBrokenReport } from "./testing/a-broken-report";
import { aReport } from "./testing/a-report";
import { anExchange } from "./testing/an-exchange";
import { anOutcome } from "./testing/an-outcome";
import { jsonReportSchema } from "./testing/json-report-schema";

const validate = addFormats(new Ajv2020({ allErrors: true, allowUnionTypes: true })).compile(jsonReportSchema);

function render(report: ContractReport, strict = false): JsonReport {
  const document = JSON.parse(renderJson(report, { mask: new Mask(report), strict })) as JsonReport;
  validate(document);
  expect(validate.errors).toBeNull();
  return document;
}

test.each([
  ["one of everything", aBrokenReport()],
  ["nothing but what holds", aReport()],
  ["no check at all", aReport({ outcomes: [], line: undefined, target: "" })],
])("a report with %s has every field that it is documented to have", (_, report) => {
  expect(render(report).linq_mock_contract).toBe(1);
});

test("what came of a check is told in full", () => {
  expect(render(aBrokenReport()).outcomes[1]).toEqual({
    id: "law-7",
    check: "law",
    law: 7,
    name: "law 7: find agrees with get",
    operation: "findChat",
    kind: "read",
    verdict: "fail",
    meaning: "find and get show the same chat differently",
    clause: "#/paths/~1chats~1find/get/responses/200",
    assumptions: [],
    evidence: {
      what: "the chat that was found, and the same chat read alone",
      pointer: "/display_name",
      expected: "NAME_4",
      received: "NAME_1",
      note: null,
    },
    requests: 2,
    ms: 31,
    exchanges: [
      { method: "GET", path: "/chats/find?phone_number=LINE&phone_numbers[]=NUMBER_1", status: 200, token: "own", ms: 12 },
      { method: "GET", path: "/chats/46", status: 200, token: "own", ms: 12 },
    ],
    curl: 'curl -g "$BASE/api/partner/v2/chats/46" -H "X-LINQ-INTEGRATION-TOKEN: $LINQ_TOKEN"',
    mock_curl: 'curl -g "http://localhost:4010/api/partner/v2/chats/46" -H "X-LINQ-INTEGRATION-TOKEN: any-token"',
    advice:
      "Ask again with the command. If the server is right, correct the contract; to accept it for a time, put the fingerprint into a baseline.",
    fingerprint: "law-7#9f2c11ab",
    known: null,
  });
});

test("counts, exit code and legend are those of the run", () => {
  const { counts, exit_code, legend } = render(aBrokenReport());
  expect(counts).toEqual({ pass: 1, fail: 1, added: 1, inconclusive: 1, skipped: 2, known: 1 });
  expect(exit_code).toBe(1);
  expect(legend).toEqual({
    LINE: "the own line that was asked about: GET /phone_numbers",
    NUMBER_1: "phone_numbers[] in the request GET /chats/find?phone_number=LINE&phone_numbers[]=NUMBER_1",
    NAME_1: "data.chat.display_name in the answer to GET /chats/find?phone_number=LINE&phone_numbers[]=NUMBER_1",
    NAME_4: "data.display_name in the answer to GET /chats/46",
    TEXT_1: "data.mood in the answer to GET /chats/46",
  });
});

test("a number in another spelling is the same, which is said", () => {
  const evidence = { what: "the line", pointer: "/phone_number", expected: "+12052761148", received: "(205) 276-1148" };
  expect(render(aReport({ outcomes: [anOutcome({ verdict: "fail", evidence })] })).outcomes[0]?.evidence).toMatchObject({
    expected: "LINE",
    received: "LINE",
    note: "the two differ in what is masked or cut here",
  });
});

test("long lists are cut, and what was left out is neither shown nor explained", () => {
  const body = {
    data: Array.from({ length: 30 }, (_, i) => ({
      id: i + 1,
      text: `Text ${i} of many`,
      sent_at: "2025-05-21T15:30:00.000-05:00",
    })),
  };
  const evidence = { what: "the page", pointer: "", expected: [], received: body };
  const exchanges = [anExchange("/chats/46/chat_messages", { body })];
  const { outcomes, legend } = render(aReport({ outcomes: [anOutcome({ verdict: "fail", evidence, exchanges })] }));
  const received = outcomes[0]?.evidence?.received as { data: unknown[] } | undefined;
  const data = received?.data ?? [];
  expect(data).toHaveLength(21);
  expect(data.at(-1)).toBe("… 10 more");
  expect(Object.keys(legend)).toHaveLength(21);
  expect(legend["TEXT_20"]).toBe("text of message 20: GET /chats/46/chat_messages/20");
});
