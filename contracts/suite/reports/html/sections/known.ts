import { operations } from "../../../../generated/v2/operations";
import { html } from "../markup";
import type { Page, Section } from "../page";
import { prose } from "../prose";
import { table } from "../table";
import { verdictBadge } from "../verdict-badge";

/** The deviations that a baseline knows. */
export function knownSection({ report, mask }: Page): Section {
  const rows = report.outcomes.flatMap(({ verdict, operation, reason, title, known }) => {
    if (!known) return [];
    const why = [html`${mask.text(known.reason)} `, html`<code>${mask.text(known.fingerprint)}</code>`];
    const cells = [prose(mask.text(reason ?? title)), verdictBadge(verdict), operations[operation].title, why];
    return [{ cells: [...cells, mask.text(known.owner), mask.text(known.expires)] }];
  });
  const columns = ["What", "Verdict", "Operation", "Why it is accepted", "By", "Until"].map((title) => ({ title }));
  return {
    id: "known",
    title: "Known deviations",
    count: rows.length,
    none: "No deviation is accepted by a baseline.",
    body: rows.length === 0 ? undefined : table("Deviations that the baseline accepts", columns, rows),
  };
}
