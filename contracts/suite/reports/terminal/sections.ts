import type { Outcome } from "../../report";
import { findingOf } from "../finding";
import { findingLines } from "../finding-lines";
import { findingSummary } from "../finding-summary";
import { counted } from "../html/counted";
import { limited } from "../limited";
import { oneLine } from "../one-line";
import { entries } from "./entries";
import type { Section } from "./screen";
import { wrap } from "./wrap";

const MOST_DETAILED = 20;
const LABEL = 14;

const failures: Section = (screen) => {
  const failed = counting(screen.report.outcomes, "fail");
  const detailed = failed.slice(0, MOST_DETAILED).map((outcome) => detail(outcome, screen));
  const left = failed.length - detailed.length;
  if (left > 0) detailed.push(`and ${counted(left, "more failure")}; --report html=<file> shows all`);
  return detailed.length === 0 ? undefined : detailed.join("\n\n");
};

const added: Section = (screen) =>
  entries(screen, {
    title: "The server shows what the contract does not know",
    tone: "added",
    entries: counting(screen.report.outcomes, "added").map((outcome) => {
      const { name, meaning, fingerprint, advice } = findingSummary(outcome, screen.report, screen.mask);
      return [`${name}: ${meaning}`, [fingerprint, advice].filter((text) => text !== undefined).join("  ")];
    }),
  });

const inconclusive: Section = (screen) =>
  entries(screen, {
    title: "Could not be judged",
    tone: "inconclusive",
    entries: counting(screen.report.outcomes, "inconclusive").map((outcome) => {
      const { name, meaning, advice } = findingSummary(outcome, screen.report, screen.mask);
      return [name, meaning, advice];
    }),
  });

/** A law that rests on assumptions is told among those. */
const skipped: Section = (screen) => {
  const reasons = new Map<string, Outcome[]>();
  for (const outcome of counting(screen.report.outcomes, "skipped")) {
    if (outcome.evidence) continue;
    const reason = screen.mask.text(outcome.reason ?? "no reason was given");
    reasons.set(reason, [...(reasons.get(reason) ?? []), outcome]);
  }
  const byCount = [...reasons].sort(([, a], [, b]) => b.length - a.length);
  return entries(screen, {
    title: "Not asked",
    tone: "skipped",
    entries: byCount.map(([reason, outcomes]) => [`${String(outcomes.length).padStart(3)} ${nounOf(outcomes)}: ${reason}`]),
  });
};

const assumptions: Section = (screen) => {
  const { report, mask } = screen;
  const contradicted = report.assumptions.filter(({ outcome }) => outcome === "contradicted");
  const told = new Set<string>(contradicted.map(({ id }) => id));
  const laws = counting(report.outcomes, "skipped").filter(
    ({ evidence, assumptions: ids }) => evidence && !ids.some((id) => told.has(id)),
  );
  return entries(screen, {
    title: "What is only assumed, and this server does otherwise",
    tone: "added",
    entries: [
      ...contradicted.map(({ id, text, detail: does }) => [`${id}: ${text}`, mask.text(does)]),
      ...laws.map((outcome) => {
        const { name, meaning } = findingSummary(outcome, report, mask);
        return [name, meaning];
      }),
    ],
  });
};

const differences: Section = (screen) =>
  entries(screen, {
    title: "Where it differs from a mock that holds the same",
    tone: "added",
    entries: screen.report.differences.map(({ meaning, pointer, target, mock, exchange }) => {
      const { mask } = screen;
      const [there, here] = [target, mock].map((value) => oneLine(limited(value, (kept) => mask.value(kept, pointer))));
      const where = pointer === "" ? "the whole" : mask.pointer(pointer);
      return [
        mask.text(meaning),
        `${exchange.request.method} ${mask.path(exchange.request.path)}, ${where}`,
        `target ${there}, mock ${here}`,
      ];
    }),
  });

const left: Section = (screen) =>
  entries(screen, {
    title: "Could not be removed; the same command with --sweep tries again",
    tone: "fail",
    entries: screen.report.left.map(({ operation, undo }) => [`${operation}: ${undo.method} ${screen.mask.path(undo.path)}`]),
  });

const known: Section = (screen) =>
  entries(screen, {
    title: "Known, and not counted",
    tone: "skipped",
    entries: screen.report.outcomes.flatMap((outcome) => {
      if (!outcome.known) return [];
      const finding = findingSummary(outcome, screen.report, screen.mask);
      if (!finding.known) return [];
      const { reason, owner, expires } = finding.known;
      return [[`${finding.name}: ${finding.meaning}`, `${reason} (${owner}, until ${expires})`]];
    }),
  });

/** In the order of what matters. */
export const sections: readonly Section[] = [failures, left, added, inconclusive, assumptions, differences, skipped, known];

function detail(outcome: Outcome, { report, mask, paint, width }: Parameters<Section>[0]): string {
  const finding = findingOf(outcome, report, mask);
  const lines = [["means", finding.meaning] as const, ...findingLines(finding)].flatMap(([label, ...texts]) =>
    texts.map((text, i) => {
      const shown = label.startsWith("ask a") ? text : wrap(text, width, LABEL);
      return `  ${paint("dim", (i === 0 ? label : "").padEnd(LABEL - 2))}${shown}`;
    }),
  );
  return [`${paint("fail", "FAIL")} ${paint("bold", finding.name)}`, ...lines].join("\n");
}

/** Those of a verdict that no baseline knows. */
function counting(outcomes: readonly Outcome[], wanted: Outcome["verdict"]): Outcome[] {
  return outcomes.filter(({ verdict, known: isKnown }) => verdict === wanted && !isKnown);
}

function nounOf(outcomes: readonly Outcome[]): string {
  return outcomes.length === 1 ? "check" : "checks";
}
