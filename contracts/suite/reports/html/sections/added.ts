import { findingArticle } from "../finding-article";
import { html } from "../markup";
import type { Page, Section } from "../page";

/** What the server shows and the contract does not know. */
export function addedSection(page: Page): Section {
  const added = page.report.outcomes.filter(({ verdict, known }) => verdict === "added" && !known);
  return {
    id: "added",
    title: "Added by the server",
    count: added.length,
    none: "The server shows nothing that the contract does not know.",
    body: added.length === 0 ? undefined : html`${added.map((outcome, i) => findingArticle(outcome, i, page))}`,
  };
}
