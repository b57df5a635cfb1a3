import { findingArticle } from "../finding-article";
import { html } from "../markup";
import type { Page, Section } from "../page";

/** The failures that no baseline knows. */
export function failuresSection(page: Page): Section {
  const failures = page.report.outcomes.filter(({ verdict, known }) => verdict === "fail" && !known);
  return {
    id: "failures",
    title: "Failures",
    count: failures.length,
    none: "Nothing that was asked breaks the contract.",
    body: failures.length === 0 ? undefined : html`${failures.map((outcome, i) => findingArticle(outcome, i, page))}`,
  };
}
