import type { Page, Section } from "../page";
import { reasons } from "../reasons";

/** What was asked, and could not be judged. */
export function inconclusiveSection(page: Page): Section {
  const outcomes = page.report.outcomes.filter(({ verdict, known }) => verdict === "inconclusive" && !known);
  return {
    id: "inconclusive",
    title: "Inconclusive",
    count: outcomes.length,
    none: "Whatever was asked could be judged.",
    body: reasons(outcomes, "inconclusive", page),
  };
}
