import type { AssumptionOutcome } from "../../../report";
import { html, type Markup } from "../markup";
import type { Page, Section } from "../page";
import { prose } from "../prose";
import { table } from "../table";

type Tried = AssumptionOutcome["outcome"];

const ORDER: readonly Tried[] = ["contradicted", "confirmed", "not tried"];
const SIGNS: Readonly<Record<Tried, string>> = { contradicted: "✗", confirmed: "✓", "not tried": "–" };
const CLASSES: Readonly<Record<Tried, string>> = { contradicted: "fail", confirmed: "pass", "not tried": "skipped" };

/** What is assumed, and what the server does; those first that it contradicts. */
export function assumptionsSection({ report, mask }: Page): Section {
  const sorted = ORDER.flatMap((tried) => report.assumptions.filter(({ outcome }) => outcome === tried));
  const rows = sorted.map(({ id, text, outcome, detail }) => ({
    cells: [html`<code>${id}</code>`, prose(text), badge(outcome), prose(mask.text(detail))],
  }));
  const columns = ["Assumption", "What is assumed", "Outcome", "What the server does"].map((title) => ({ title }));
  return {
    id: "assumptions",
    title: "Assumptions",
    count: rows.length,
    none: "No assumption was looked at.",
    body: rows.length === 0 ? undefined : table("What nobody has documented, and what was seen of it", columns, rows),
  };
}

function badge(tried: Tried): Markup {
  return html`<span class="badge ${CLASSES[tried]}"><span aria-hidden="true">${SIGNS[tried]}</span> ${tried}</span>`;
}
