import { operations } from "../../../../generated/v2/operations";
import type { Difference } from "../../../report";
import { commands } from "../commands";
import { exchangesList } from "../exchanges-list";
import { facts } from "../facts";
import { jsonBlock } from "../json-block";
import { html, type Markup } from "../markup";
import type { Page, Section } from "../page";
import { prose } from "../prose";

/** Where the target answers otherwise than a mock that holds the same. */
export function differencesSection(page: Page): Section {
  const { differences } = page.report;
  return {
    id: "differences",
    title: "Differences from a mock",
    count: differences.length,
    none: "None was found, or the run was not compared with a mock.",
    body: differences.length === 0 ? undefined : html`${differences.map((difference, i) => differenceOf(difference, i, page))}`,
  };
}

function differenceOf({ operation, law, meaning, pointer, target, mock, exchange }: Difference, i: number, page: Page): Markup {
  const { mask } = page;
  return html`<article class="finding" aria-labelledby="difference-${i}">
<h3 id="difference-${i}">${prose(mask.text(meaning))}</h3>
${facts([
  ["Operation", operations[operation].title],
  ["Law", law],
  ["Where", html`<code>${mask.pointer(pointer)}</code>`],
])}
<div class="comparison">
<div><h4>The target</h4>${jsonBlock(mask.value(target, pointer))}</div>
<div><h4>The mock</h4>${jsonBlock(mask.value(mock, pointer))}</div>
</div>
${exchangesList([exchange], { most: 1, pointer }, page)}
${commands([exchange], page)}
</article>
`;
}
