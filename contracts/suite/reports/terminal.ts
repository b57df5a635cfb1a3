import { type ContractReport, exitCodeOf } from "../report";
import { exitMeaning } from "./exit-meaning";
import { headline } from "./headline";
import { counted } from "./html/counted";
import { duration } from "./html/duration";
import type { ReportContext } from "./report-context";
import { legend } from "./terminal/legend";
import { inColor, withoutColor } from "./terminal/paint";
import type { Screen } from "./terminal/screen";
import { sections } from "./terminal/sections";
import { verdictCounts } from "./verdict-counts";

export interface TerminalOptions extends ReportContext {
  readonly color: boolean;
  /** How many characters go on a line. Default: 100. */
  readonly width?: number | undefined;
}

const WIDTH = 100;
const TONES = { 0: "pass", 1: "fail", 2: "inconclusive" } as const;

/** A report as text: the answer first, then what is wrong and what to do, and a summary. */
export function renderTerminal(report: ContractReport, { color, width = WIDTH, ...context }: TerminalOptions): string {
  const screen: Screen = { report, ...context, paint: color ? inColor : withoutColor, width };
  const body = joined([top(screen), ...sections.map((section) => section(screen))]);
  return `${joined([body, legend(body, screen), summary(screen)])}\n`;
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join("\n\n");
}

function top({ report, strict, paint, mask }: Screen): string {
  const { target, isOwnMock, line, ms, requests } = report;
  const where = target === "" ? "a recording" : isOwnMock ? "a mock of its own" : target;
  const asked = counted(
    Object.values(requests).reduce((sum, count) => sum + count, 0),
    "request",
  );
  const facts = [
    where,
    line === undefined ? "no line" : `line ${mask.value(line, "/phone_number")}`,
    `${asked} in ${duration(ms)}`,
  ];
  return `${paint("bold", paint(TONES[exitCodeOf(report, { strict })], headline(report, { strict })))}\n${paint("dim", facts.join(", "))}`;
}

function summary({ report, strict, paint }: Screen): string {
  const { known, ...verdicts } = verdictCounts(report.outcomes);
  const counts = Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}`);
  const requests = Object.entries(report.requests).map(([kind, count]) => `${count} ${kind}`);
  const rows = [
    ["checks", `${counts.join(", ")}${known > 0 ? `; ${known} known, which do not count` : ""}`],
    ["requests", `${requests.join(", ")}, in ${duration(report.ms)}`],
    ["exit code", exitMeaning(report, { strict })],
  ] as const;
  return rows.map(([label, text]) => `${paint("dim", label.padEnd(10))} ${text}`).join("\n");
}
