import { operations } from "../../../../generated/v2/operations";
import { VERDICTS } from "../../../report";
import { checkTitle } from "../check-title";
import { duration } from "../duration";
import { html } from "../markup";
import type { Page, Section } from "../page";
import { table } from "../table";
import { verdictBadge } from "../verdict-badge";

const COLUMNS = [
  { title: "Law" },
  { title: "Operation" },
  { title: "Kind" },
  { title: "Verdict" },
  { title: "Requests", isNumber: true },
  { title: "Time", isNumber: true },
] as const;

/** Every law, those of one verdict alone when they are chosen. */
export function lawsSection({ report }: Page): Section {
  const laws = report.outcomes.filter(({ check }) => check === "law").sort((a, b) => (a.law ?? 0) - (b.law ?? 0));
  const rows = laws.map(({ operation, kind, verdict, known, requests, ms, ...law }) => ({
    verdict,
    cells: [
      checkTitle(law),
      operations[operation].title,
      kind,
      html`${verdictBadge(verdict)}${known && " known"}`,
      requests,
      requests === 0 ? "–" : duration(ms),
    ],
  }));
  const choices = ["all", ...VERDICTS.filter((verdict) => laws.some((law) => law.verdict === verdict))];
  const choice = (name: string, i: number) =>
    html`<label><input type="radio" name="shown" value="${name}" ${i === 0 ? html`checked` : undefined}> ${name}</label>\n`;
  return {
    id: "laws",
    title: "Laws",
    count: laws.length,
    none: "No law was asked.",
    body:
      laws.length === 0
        ? undefined
        : html`<fieldset class="filter"><legend>Show</legend>
${choices.map(choice)}</fieldset>
${table("The laws, in the order of their numbers", COLUMNS, rows, "dense")}`,
  };
}
