import type { Verdict } from "../../report";
import { html, type Markup } from "./markup";

/** A sign beside the word, so that nothing is told by its color alone. */
const SIGNS: Readonly<Record<Verdict, string>> = { pass: "✓", fail: "✗", added: "+", inconclusive: "?", skipped: "–" };

export function verdictBadge(verdict: Verdict): Markup {
  return html`<span class="badge ${verdict}"><span aria-hidden="true">${SIGNS[verdict]}</span> ${verdict}</span>`;
}
