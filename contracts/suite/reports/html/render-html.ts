import { createHash } from "node:crypto";
import type { ContractReport } from "../../report";
import { headline } from "../headline";
import type { ReportContext } from "../report-context";
import { answer } from "./answer";
import { html, type Markup } from "./markup";
import type { Page, Section } from "./page";
import { addedSection } from "./sections/added";
import { assumptionsSection } from "./sections/assumptions";
import { coverageSection } from "./sections/coverage";
import { differencesSection } from "./sections/differences";
import { failuresSection } from "./sections/failures";
import { inconclusiveSection } from "./sections/inconclusive";
import { knownSection } from "./sections/known";
import { lawsSection } from "./sections/laws";
import { leftSection } from "./sections/left";
import { legendSection } from "./sections/legend";
import { skippedSection } from "./sections/skipped";
import { timingsSection } from "./sections/timings";
import { STYLES } from "./styles";

/** The legend is last, because it explains what was shown before. */
const SECTIONS: readonly ((page: Page) => Section)[] = [
  failuresSection,
  leftSection,
  addedSection,
  inconclusiveSection,
  knownSection,
  skippedSection,
  lawsSection,
  assumptionsSection,
  differencesSection,
  coverageSection,
  timingsSection,
  legendSection,
];

/** A report as one page that needs nothing else: no network, no script. Whatever a server has said is masked, and stays text. */
export function renderHtml(report: ContractReport, { mask, strict }: ReportContext): string {
  const page: Page = { report, mask, strict };
  const top = answer(page);
  const sections = SECTIONS.map((section) => section(page));
  const policy = `default-src 'none'; style-src 'sha256-${hashOf(STYLES)}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${html`<meta http-equiv="Content-Security-Policy" content="${policy}">`}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
${html`<title>${headline(report, { strict })}</title>`}
<style>${STYLES}</style>
</head>
<body>
${top}
${contents(sections)}
<main>
${html`${sections.map(sectionOf)}`}
</main>
</body>
</html>
`;
}

function contents(sections: readonly Section[]): Markup {
  const links = sections.map(
    ({ id, title, count }) =>
      html`<li><a href="#${id}">${title}${count === undefined ? undefined : html` <b>${count}</b>`}</a></li>\n`,
  );
  return html`<nav aria-label="Sections"><ul>\n${links}</ul></nav>`;
}

function sectionOf({ id, title, body, none }: Section): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${body ?? html`<p class="none">${none}</p>`}
</section>
`;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
