import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import type { ContractReport } from "../report";
import { Mask } from "./mask";
import { renderSarif } from "./sarif";
import { aBrokenReport } from "./testing/a-broken-report";
import { aReport } from "./testing/a-report";
import { sarifSchema } from "./testing/sarif-schema";

interface Log {
  runs: { tool: { driver: { rules: { id: string }[] } }; results: Result[]; invocations: { exitCode: number }[] }[];
}

interface Result {
  ruleId: string;
  ruleIndex: number;
  level: string;
  message: { text: string };
  suppressions?: object[];
}

const contractLines = readFileSync(join(__dirname, "../../linq-v2.openapi.yaml"), "utf8").split("\n");
const validate = addFormats(new Ajv2020({ allErrors: true })).compile(sarifSchema);

function render(report: ContractReport, strict = false): Log["runs"][number] {
  const log = JSON.parse(renderSarif(report, { mask: new Mask(report), strict, contractLines })) as Log;
  validate(log);
  expect(validate.errors).toBeNull();
  return log.runs[0] as Log["runs"][number];
}

test.each([
  ["one of everything", aBrokenReport()],
  ["nothing but what holds", aReport()],
  ["no check at all", aReport({ outcomes: [] })],
])("a report with %s is SARIF", (_, report) => {
  const { tool, results } = render(report);
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  expect(new Set(tool.driver.rules.map(({ id }) => id)).size).toBe(tool.driver.rules.length);
});

test("what fails, what is added and what could not be judged are results", () => {
  const levels = (strict: boolean): string[][] =>
    render(aBrokenReport(), strict).results.map(({ ruleId, level }) => [ruleId, level]);
  expect(levels(false)).toEqual([
    ["law-7", "error"],
    ["shape-getChat", "warning"],
    ["law-13", "note"],
    ["shape-getChat", "error"],
  ]);
  expect(levels(true)[1]).toEqual(["shape-getChat", "error"]);
});

test("a result is at its clause, and is known again by its fingerprint", () => {
  const startLine = contractLines.indexOf("    Chat:") + 1;
  const { results } = render(aBrokenReport());
  const { message, ...added } = results[1] ?? { message: { text: "" } };
  expect(added).toEqual({
    ruleId: "shape-getChat",
    ruleIndex: 2,
    level: "warning",
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: "contracts/linq-v2.openapi.yaml" }, region: { startLine } },
        logicalLocations: [{ fullyQualifiedName: "GET /chats/{chat_id}", kind: "function" }],
      },
    ],
    partialFingerprints: { "linqMockContract/v1": "shape-getChat-200-/data/mood:added#9f2c11ab" },
  });
  expect(message.text).toMatch(
    /^the shape of getChat 200: \/data\/mood is a field that the contract does not know\noperation: Get Chat\nrule: added\n/,
  );
});

test("what a baseline knows is suppressed, with its reason", () => {
  expect(render(aBrokenReport()).results.map(({ suppressions }) => suppressions)).toEqual([
    undefined,
    undefined,
    undefined,
    [{ kind: "external", status: "accepted", justification: "told to the vendor (until 2026-12-31)" }],
  ]);
});
