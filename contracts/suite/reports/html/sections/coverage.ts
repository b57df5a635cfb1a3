import { coverageOf, type Share } from "../../../coverage";
import { coverageMatrix } from "../coverage-matrix";
import { coveredPlaces } from "../covered-places";
import { html } from "../markup";
import type { Page, Section } from "../page";
import { seenCase } from "../seen-case";

/** What of the contract the run has seen. */
export function coverageSection({ report, mask }: Page): Section {
  const { operations, events, total } = coverageOf(report);
  return {
    id: "coverage",
    title: "Coverage",
    none: "",
    body: html`<p>${shareOf(total)} of what the contract tells apart was seen.</p>
${coverageMatrix(operations)}
<h3>What differs in requests and answers</h3>
<p>Branches, listed values, null, optional fields and empty lists. The number says in how many requests or answers.</p>
${operations.map(coveredPlaces)}
<h3>Webhook events</h3>
<ul class="cases">
${events.map(({ type, count, isListed }) => html`<li>${seenCase(mask.text(type), count)}${isListed ? undefined : " not in the contract"}</li>\n`)}</ul>`,
  };
}

function shareOf({ seen, of }: Share): string {
  return `${seen} of ${of} cases (${Math.floor((seen / of) * 100)} %)`;
}
