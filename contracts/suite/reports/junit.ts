import type { ContractReport, Outcome } from "../report";
import { exitMeaning } from "./exit-meaning";
import { findingOf } from "./finding";
import { type Case, type Suite, suiteXml, totalsOf } from "./junit/suite";
import { element } from "./junit/xml";
import { plainLines } from "./plain-lines";
import type { Renderer, ReportContext } from "./report-context";

const SUITES = { law: "laws", shape: "shapes", baseline: "baseline" } as const;

/** A report as JUnit XML, for Jenkins, GitLab and what else reads it. Known deviations are skipped, as is what could not be judged. */
export const renderJunit: Renderer = (report, context) => {
  const suites = suitesOf(report, context).filter(({ cases }) => cases.length > 0);
  const { tests, failures } = totalsOf(suites.flatMap(({ cases }) => cases));
  const attributes = { name: "linq-mock contract", tests, failures, errors: 0, time: seconds(report.ms) };
  const children = suites.map((suite) => suiteXml(suite, report.startedAt));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", attributes, children)}\n`;
};

function suitesOf(report: ContractReport, context: ReportContext): Suite[] {
  const { outcomes } = report;
  const properties = propertiesOf(report, context);
  const ofChecks = (["law", "shape", "baseline"] as const).map((check) => ({
    name: SUITES[check],
    properties,
    cases: outcomes.filter((outcome) => outcome.check === check).map((outcome) => caseOf(outcome, report, context)),
  }));
  return [
    ...ofChecks,
    { name: "assumptions", properties, cases: report.assumptions.map((assumption) => assumptionCase(assumption, context)) },
    { name: "differences", properties, cases: report.differences.map((difference) => differenceCase(difference, context)) },
    { name: "clean-up", properties, cases: report.left.map((made) => leftCase(made, context)) },
  ];
}

function propertiesOf(report: ContractReport, { strict }: ReportContext): Suite["properties"] {
  const { target, isOwnMock, seed, allowed, requests } = report;
  return {
    target: target === "" ? "a recording" : isOwnMock ? "a mock of its own" : target,
    seed: String(seed),
    allowed: allowed.join(", "),
    requests: Object.entries(requests)
      .map(([kind, count]) => `${count} ${kind}`)
      .join(", "),
    strict: String(strict),
    exit_code: exitMeaning(report, { strict }),
  };
}

function caseOf(outcome: Outcome, report: ContractReport, { mask, strict }: ReportContext): Case {
  const finding = findingOf(outcome, report, mask);
  const { id, name, meaning, operation, verdict, known, ms } = finding;
  const common = { name: outcome.check === "law" ? name : id, classname: `linq-v2.${operation}`, time: seconds(ms) };
  if (verdict === "pass") return common;
  const details = plainLines(finding).join("\n");
  if (known) {
    const message = `known until ${known.expires} (${known.owner}): ${known.reason}`;
    return { ...common, skipped: { message }, output: details };
  }
  if (verdict === "fail" || (verdict === "added" && strict))
    return { ...common, failure: { message: meaning, type: verdict, details } };
  if (verdict === "added") return { ...common, output: `${meaning}\n${details}` };
  const message = verdict === "inconclusive" ? `could not be judged: ${meaning}` : meaning;
  return { ...common, skipped: { message }, ...(verdict === "inconclusive" && { output: details }) };
}

/** What is only assumed cannot be broken. */
function assumptionCase({ id, text, outcome, detail }: ContractReport["assumptions"][number], { mask }: ReportContext): Case {
  const common = { name: `${id}: ${text}`, classname: "linq-v2.assumptions", time: seconds(0) };
  return outcome === "confirmed" ? common : { ...common, skipped: { message: `${outcome}: ${mask.text(detail)}` } };
}

function differenceCase(
  { operation, meaning, pointer, exchange }: ContractReport["differences"][number],
  { mask }: ReportContext,
): Case {
  const { method, path } = exchange.request;
  const message = `${method} ${mask.path(path)}, ${pointer === "" ? "the whole" : mask.pointer(pointer)}`;
  return { name: mask.text(meaning), classname: `linq-v2.${operation}`, time: seconds(0), skipped: { message } };
}

function leftCase({ operation, path, undo }: ContractReport["left"][number], { mask }: ReportContext): Case {
  const details = `undone by: ${undo.method} ${mask.path(undo.path)}\nThe same command with --sweep tries again.`;
  const failure = { message: "what the run has made could not be removed", type: "left", details };
  return { name: `left behind: ${mask.path(path)}`, classname: `linq-v2.${operation}`, time: seconds(0), failure };
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
