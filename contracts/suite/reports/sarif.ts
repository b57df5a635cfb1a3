import { operations } from "../../generated/v2/operations";
import { type ContractReport, exitCodeOf, type Outcome } from "../report";
import { clauseLine } from "./clause-line";
import { type Finding, findingOf } from "./finding";
import { plainLines } from "./plain-lines";
import type { Renderer, ReportContext } from "./report-context";
import { ruleOf } from "./sarif/rule";

const CONTRACT = "contracts/linq-v2.openapi.yaml";
const SHOWN: readonly Outcome["verdict"][] = ["fail", "added", "inconclusive"];

/** A report as SARIF 2.1.0, for code scanning: what is wrong, at the clause of the contract that it is about. */
export const renderSarif: Renderer = (report, context) => {
  const rules = [...new Map(report.outcomes.map(ruleOf).map((rule) => [rule.id, rule])).values()];
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const results = report.outcomes
    .filter(({ verdict }) => SHOWN.includes(verdict))
    .map((outcome) => {
      const ruleId = ruleOf(outcome).id;
      return { ruleId, ruleIndex: indexes.get(ruleId), ...resultOf(outcome, report, context) };
    });
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "linq-mock contract", rules } },
        automationDetails: { id: "linq-mock-contract/" },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: true,
            exitCode: exitCodeOf(report, context),
            startTimeUtc: report.startedAt,
          },
        ],
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

function resultOf(outcome: Outcome, report: ContractReport, { mask, strict, contractLines = [] }: ReportContext): object {
  const finding = findingOf(outcome, report, mask);
  const { method, path } = operations[outcome.operation];
  return {
    level: levelOf(finding, strict),
    message: { text: messageOf(finding) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: CONTRACT },
          region: { startLine: clauseLine(contractLines, outcome.clause) },
        },
        logicalLocations: [{ fullyQualifiedName: `${method} ${path}`, kind: "function" }],
      },
    ],
    partialFingerprints: { "linqMockContract/v1": finding.fingerprint ?? finding.id },
    ...(finding.known && {
      suppressions: [
        { kind: "external", status: "accepted", justification: `${finding.known.reason} (until ${finding.known.expires})` },
      ],
    }),
  };
}

function levelOf({ verdict }: Finding, strict: boolean): "error" | "warning" | "note" {
  if (verdict === "fail" || (verdict === "added" && strict)) return "error";
  return verdict === "added" ? "warning" : "note";
}

function messageOf(finding: Finding): string {
  return [`${finding.name}: ${finding.meaning}`, ...plainLines(finding)].join("\n");
}
