import type { Outcome } from "../../report";
import { findingOf, type ShownEvidence } from "../finding";
import { checkTitle } from "./check-title";
import { commands } from "./commands";
import { counted } from "./counted";
import { exchangesList } from "./exchanges-list";
import { facts } from "./facts";
import { jsonBlock } from "./json-block";
import { html, type Insertable, type Markup } from "./markup";
import type { Page } from "./page";
import { prose } from "./prose";
import { verdictBadge } from "./verdict-badge";

/** After so many, requests are left out, so that the page can still be opened. */
const MOST_DETAILED = 40;
/** Of a shape that is wrong, each answer shows the same. */
const MOST_EXCHANGES = { law: 5, shape: 1, baseline: 1 } as const;

/** What was found to be otherwise: what it means, what was expected and came, the clause, the requests and how to make them again. */
export function findingArticle(outcome: Outcome, index: number, page: Page): Markup {
  const { check, law, exchanges } = outcome;
  const finding = findingOf(outcome, page.report, page.mask);
  const { verdict, meaning, operationTitle, evidence, clause, assumptions, requests, advice, fingerprint } = finding;
  const asked =
    (): Markup => html`${exchangesList(exchanges, { most: MOST_EXCHANGES[check], pointer: outcome.evidence?.pointer }, page)}
${commands(exchanges, page)}`;
  return html`<article class="finding ${verdict}" aria-labelledby="${verdict}-${index}">
<h3 id="${verdict}-${index}">${verdictBadge(verdict)} ${prose(meaning)}</h3>
${facts([
  [law === undefined ? "Check" : "Law", checkTitle(outcome)],
  ["Operation", operationTitle],
  [check === "law" ? "Compared" : "Rule", evidence?.what],
  ["Where", evidence && whereOf(evidence.pointer)],
  ["Clause", html`<code>${clause}</code>`],
  ["Rests on", assumptions.length === 0 ? undefined : assumptions.join(", ")],
  ["Requests", counted(requests, "request")],
  ["Fingerprint", fingerprint === undefined ? undefined : html`<code>${fingerprint}</code>`],
])}
${evidence && comparison(evidence, check)}
${advice === undefined ? undefined : html`<p><b>To do:</b> ${prose(advice)}</p>`}
${index < MOST_DETAILED ? asked() : html`<p class="none">Its requests are left out, because there are so many findings.</p>`}
</article>
`;
}

function whereOf(pointer: string): Insertable {
  return pointer === "" ? "the whole" : html`<code>${pointer}</code>`;
}

/** What a shape expects is a sentence; what a law expects is a value. */
function comparison({ expected, received, note }: ShownEvidence, check: Outcome["check"]): Markup {
  const isSentence = check !== "law" && typeof expected === "string";
  return html`<div class="comparison">
<div><h4>Expected</h4>${isSentence ? html`<p>${expected}</p>` : jsonBlock(expected)}</div>
<div><h4>Received</h4>${jsonBlock(received)}${note && html`<p class="none">${note}</p>`}</div>
</div>`;
}
