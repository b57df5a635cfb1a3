import type { ContractReport } from "../report";
import { clauseLine } from "./clause-line";
import { findingOf } from "./finding";
import { headline } from "./headline";
import { counted } from "./html/counted";
import { plainLines } from "./plain-lines";
import type { Renderer, ReportContext } from "./report-context";

const CONTRACT = "contracts/linq-v2.openapi.yaml";
/** GitHub shows no more of each kind for a step. */
const MOST = 10;

interface Annotation {
  readonly level: "error" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
  readonly line: number;
}

/** A report as workflow commands of GitHub Actions, to be printed: annotations of the contract. */
export const renderGithub: Renderer = (report, context) => {
  const annotations = [...findings(report, context), ...leftBehind(report, context), ...assumptions(report, context)];
  const shown = (["error", "warning", "notice"] as const).flatMap((level) => {
    const ofLevel = annotations.filter((annotation) => annotation.level === level);
    const rest = ofLevel.length - MOST;
    return [
      ...ofLevel.slice(0, MOST),
      ...(rest > 0
        ? [{ level, title: "more", message: `${rest} more of this kind; another report shows them all`, line: 1 }]
        : []),
    ];
  });
  const answer: Annotation = { level: "notice", title: "linq-mock contract", message: summary(report, context), line: 1 };
  return [...shown, answer].map((annotation) => `${commandOf(annotation)}\n`).join("");
};

function findings(report: ContractReport, { mask, strict, contractLines = [] }: ReportContext): Annotation[] {
  return report.outcomes.flatMap((outcome): Annotation[] => {
    const { verdict, known } = outcome;
    if (verdict === "pass" || verdict === "skipped") return [];
    const finding = findingOf(outcome, report, mask);
    const isBroken = verdict === "fail" || (verdict === "added" && strict);
    return [
      {
        level: known ? "notice" : isBroken ? "error" : "warning",
        title: known ? `known: ${finding.name}` : finding.name,
        message: [finding.meaning, ...plainLines(finding)].join("\n"),
        line: clauseLine(contractLines, outcome.clause),
      },
    ];
  });
}

function leftBehind({ left }: ContractReport, { mask }: ReportContext): Annotation[] {
  return left.map(({ undo }) => ({
    level: "error",
    title: "left behind",
    message: `could not be undone: ${undo.method} ${mask.path(undo.path)}; the same command with --sweep tries again`,
    line: 1,
  }));
}

function assumptions(report: ContractReport, { mask }: ReportContext): Annotation[] {
  return report.assumptions
    .filter(({ outcome }) => outcome === "contradicted")
    .map(({ id, text, detail }) => ({ level: "notice", title: id, message: `${text}\n${mask.text(detail)}`, line: 1 }));
}

function summary(report: ContractReport, context: ReportContext): string {
  const asked = Object.values(report.requests).reduce((sum, count) => sum + count, 0);
  return `${headline(report, context)} ${counted(asked, "request")}.`;
}

function commandOf({ level, title, message, line }: Annotation): string {
  return `::${level} file=${CONTRACT},line=${line},title=${propertyText(title)}::${messageText(message)}`;
}

function messageText(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function propertyText(text: string): string {
  return messageText(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
