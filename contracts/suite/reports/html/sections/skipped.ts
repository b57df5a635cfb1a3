import type { Page, Section } from "../page";
import { reasons } from "../reasons";

/** What was not asked, or not decided. */
export function skippedSection(page: Page): Section {
  const outcomes = page.report.outcomes.filter(({ verdict }) => verdict === "skipped");
  return {
    id: "skipped",
    title: "Skipped",
    count: outcomes.length,
    none: "Nothing was left out.",
    body: reasons(outcomes, "skipped", page),
  };
}
