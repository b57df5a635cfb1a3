import { createHash } from "node:crypto";
import { operationTitle } from "../../contract-version";
import { VERDICTS } from "../report";
import { failuresIn } from "./findings";
import { exitMeaning, headline } from "./headline";
import { STYLES } from "./html-style";
import type { JsonDifference, JsonReport } from "./json";
import type { JsonExchange, JsonOutcome } from "./json-outcome";
import { code, html, type Insertable, Markup, prose } from "./markup";
import { counted, duration } from "./number-format";
import { isSentence, TOKENS, targetOf, totalRequests } from "./report-text";

/** A sign beside the word, so that nothing is told by its color alone. */
const SIGNS = { pass: "✓", fail: "✗", contradicted: "≠", added: "+", inconclusive: "?", skipped: "–" } as const;
const ASSUMED = { contradicted: "fail", confirmed: "pass", "not tried": "skipped" } as const;
const MOST_CHARACTERS = 1600;
/** After so many, requests are left out, so that the page can still be opened. */
const MOST_DETAILED = 40;
const REASONS = "Check|Operation|Why|To do";
const KNOWN = "What|Verdict|Operation|Why it is accepted|By|Until";

/** A report as one page that needs nothing else: no network, no script. Whatever a server has said stays text. */
export function renderHtml(report: JsonReport): string {
  const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLES).digest("base64")}'; base-uri 'none'; form-action 'none'`;
  const sections = sectionsOf(report);
  const link = ({ id, title, count }: Section) => html`<li><a href="#${id}">${title} <b>${count}</b></a></li>\n`;
  const page = html`<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${headline(report)}</title>
<style>${new Markup(STYLES)}</style>
${answer(report)}
<nav aria-label="Sections"><ul>
${sections.map(link)}</ul></nav>
<main>
${sections.map(sectionOf)}</main>
</html>
`;
  return `<!doctype html>\n<html lang="en">\n${page}`;
}

/** The top of the page: what came of it, of what, and when. */
function answer(report: JsonReport): Markup {
  const { started_at, ms, allowed, requests, seed, line, counts, values } = report;
  return html`<header>
<p class="muted">Linq Partner API V2, the contract</p>
<h1>${headline(report)}</h1>
${values === "shown" && html`<p class="warning"><b>Private values are shown.</b> Do not pass this page on.</p>`}
<ul class="counts">
${VERDICTS.map((verdict) => html`<li><b>${counts[verdict]}</b> ${badge(verdict)}</li>\n`)}</ul>
${facts([
  ["Target", targetOf(report)],
  ["Line", line ?? "none"],
  ["Begun", html`<time datetime="${started_at}">${started_at.replace("T", " ").replace(/\.\d+Z$/, " UTC")}</time>`],
  ["Took", `${duration(ms)}, ${totalRequests(report)}`],
  ["Allowed", allowed.map((kind) => `${kind} (${counted(requests[kind], "request")})`).join(", ")],
  ["Seed", seed],
  ["Exit code", exitMeaning(report)],
])}
</header>`;
}

interface Section {
  /** What links name it by. */
  readonly id: string;
  readonly title: string;
  /** How many things are in it. */
  readonly count?: number;
  readonly body: Insertable;
}

type Heading = readonly [id: string, title: string, whenEmpty: string];
type Row = readonly Insertable[];

function sectionsOf(report: JsonReport): Section[] {
  const { outcomes, left, assumptions, differences } = report;
  const of = (verdict: JsonOutcome["verdict"]): JsonOutcome[] =>
    outcomes.filter((one) => one.verdict === verdict && !one.known);
  const reason = ({ name, operation, meaning, advice }: JsonOutcome): Row => [
    name,
    operationTitle(operation),
    prose(meaning ?? ""),
    advice,
  ];
  const accepted = outcomes.flatMap(({ meaning, name, verdict, operation, known }): Row[] => {
    if (!known) return [];
    const { reason: why, fingerprint, owner, expires } = known;
    return [[prose(meaning ?? name), badge(verdict), operationTitle(operation), [why, " ", code(fingerprint)], owner, expires]];
  });
  const laws = outcomes.filter(({ check }) => check === "law").sort((a, b) => (a.law ?? 0) - (b.law ?? 0));
  const lawRow = ({ name, operation, kind, verdict, known, requests, ms }: JsonOutcome): Row => {
    return [
      prose(name),
      operationTitle(operation),
      kind,
      [badge(verdict), known && " known"],
      requests,
      requests > 0 ? duration(ms) : "–",
    ];
  };
  const assumed = Object.keys(ASSUMED).flatMap((wanted) => assumptions.filter(({ outcome }) => outcome === wanted));
  return [
    articles(
      ["failures", "Failures", "Nothing that was asked breaks the contract."],
      failuresIn(report).map(({ outcome, places, follows }, i) => finding(outcome, i, places, follows)),
    ),
    rows(
      ["left", "Left behind", "Whatever was made is removed."],
      "What|Made by|Removed by",
      left.map(({ path, operation, undo }) => [code(path), operationTitle(operation), code(`${undo.method} ${undo.path}`)]),
    ),
    articles(
      ["contradicted", "Only assumed, and contradicted", "Nothing is otherwise than is assumed."],
      of("contradicted").map((outcome, i) => finding(outcome, i)),
    ),
    articles(
      ["added", "Added by the server", "Nothing is shown that the contract does not know."],
      of("added").map((outcome, i) => finding(outcome, i)),
    ),
    rows(["inconclusive", "Inconclusive", "Whatever was asked could be judged."], REASONS, of("inconclusive").map(reason)),
    rows(["known", "Known deviations", "No deviation is accepted by a baseline."], KNOWN, accepted),
    rows(["skipped", "Not judged", "Nothing was left out."], REASONS, of("skipped").map(reason)),
    rows(["laws", "Laws", "No law was asked."], "Law|Operation|Kind|Verdict|Requests|Time", laws.map(lawRow)),
    rows(
      ["assumptions", "Assumptions", "No assumption was looked at."],
      "Assumption|What is assumed|Outcome|What the server does",
      assumed.map(({ id, text, outcome, detail }) => [code(id), prose(text), badge(ASSUMED[outcome], outcome), prose(detail)]),
    ),
    articles(
      ["differences", "Differences from a mock", "None was found, or nothing was compared."],
      differences.map(difference),
    ),
  ];
}

function articles([id, title, whenEmpty]: Heading, found: readonly Markup[]): Section {
  return { id, title, count: found.length, body: found.length > 0 ? found : html`<p class="muted">${whenEmpty}</p>` };
}

function rows([id, title, whenEmpty]: Heading, columns: string, found: readonly Row[]): Section {
  return {
    id,
    title,
    count: found.length,
    body: found.length > 0 ? table(columns, found) : html`<p class="muted">${whenEmpty}</p>`,
  };
}

function sectionOf({ id, title, body }: Section): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">\n<h2 id="${id}-title">${title}</h2>\n${body}\n</section>\n`;
}

/** What was found to be otherwise: what it means, what was expected and came, the clause, the requests and how to make them again. */
function finding(
  outcome: JsonOutcome,
  index: number,
  places: readonly string[] = [],
  follows: JsonReport["assumptions"] = [],
): Markup {
  const { check, verdict, name, meaning, operation, evidence, clause, assumptions, fingerprint, exchanges } = outcome;
  const [here, there] = evidence?.between ?? ["Received", "Expected"];
  const expected = isSentence(outcome) ? html`<p>${String(evidence?.expected)}</p>` : json(evidence?.expected);
  return html`<article class="${verdict}" aria-labelledby="${verdict}-${index}">
<h3 id="${verdict}-${index}">${badge(verdict)} ${prose(meaning ?? name)}</h3>
${facts([
  [check === "law" ? "Law" : "Check", prose(name.replace(/^law /, ""))],
  ["Operation", operationTitle(operation)],
  [check === "law" ? "Compared" : "Rule", evidence?.what],
  ["Where", evidence && code(evidence.pointer || "the whole")],
  ["Also in", places.slice(1).join(", ")],
  ["With it", follows.map(({ id, detail }) => `${id}: ${detail}`).join("; ")],
  ["Clause", code(clause)],
  ["Rests on", assumptions.join(", ")],
  ["Requests", counted(outcome.requests, "request")],
  ["Fingerprint", fingerprint && code(fingerprint)],
])}
${evidence && comparison([there, expected], [here, [json(evidence.received), evidence.note]])}
${evidence?.between && html`<p>One is wrong; this run cannot say which.</p>`}
${outcome.advice && html`<p><b>To do:</b> ${outcome.advice}</p>`}
${index < MOST_DETAILED && exchanges.length > 0 && html`<h4>The requests</h4>\n<ol>\n${exchanges.map(request)}</ol>`}
${outcome.curl_before && command(outcome.curl_before, "Ask first")}
${outcome.curl && command(outcome.curl)}
</article>
`;
}

function request({ method, path, status, token, ms, sent, answered }: JsonExchange): Markup {
  const call = html`<code>${method} ${path}</code>${TOKENS[token]} <span class="muted">→ ${status} in ${duration(ms)}</span>`;
  if (sent === undefined && answered === undefined) return html`<li>${call}</li>\n`;
  return html`<li><details><summary>${call}</summary>
${sent !== undefined && html`<h5>Sent</h5>${json(sent)}`}<h5>Answered</h5>${json(answered)}</details></li>\n`;
}

function difference({ operation, law, meaning, pointer, request, curl, ...found }: JsonDifference, index: number): Markup {
  return html`<article aria-labelledby="difference-${index}">
<h3 id="difference-${index}">${prose(meaning)}</h3>
${facts([
  ["Operation", operationTitle(operation)],
  ["Law", law],
  ["Where", code(pointer || "the whole")],
  ["Request", code(`${request.method} ${request.path}`)],
])}
${comparison(["The target", json(found.target)], ["The mock", json(found.mock)])}
${command(curl)}
</article>
`;
}

function comparison(...sides: readonly (readonly [name: string, shown: Insertable])[]): Markup {
  return html`<div class="comparison">${sides.map(([name, shown]) => html`\n<div><h4>${name}</h4>${shown}</div>`)}\n</div>`;
}

function command(curl: string, title = "Ask again"): Markup {
  return html`<h4>${title}</h4>\n<pre class="command"><code>${curl}</code></pre>`;
}

function badge(verdict: keyof typeof SIGNS, word: string = verdict): Markup {
  return html`<span class="badge ${verdict}"><span aria-hidden="true">${SIGNS[verdict]}</span> ${word}</span>`;
}

/** Names and what they are; those that are nothing are left out. */
function facts(entries: readonly (readonly [name: string, value: Insertable])[]): Markup {
  const known = entries.filter(([, value]) => value || value === 0);
  return html`<dl>\n${known.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>`;
}

/** A table whose rows become blocks where the page is narrow; the roles keep it a table then. */
function table(columns: string, found: readonly Row[]): Markup {
  const names = columns.split("|");
  const cell = (content: Insertable, i: number): Markup => {
    if (i === 0) return html`<th role="rowheader" scope="row">${content}</th>`;
    return html`<td role="cell" data-label="${names[i]}"><div>${content}</div></td>`;
  };
  return html`<table role="table">
<thead role="rowgroup"><tr role="row">${names.map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}</tr></thead>
<tbody role="rowgroup">
${found.map((cells) => html`<tr role="row">${cells.map(cell)}</tr>\n`)}</tbody>
</table>`;
}

/** A value as it would stand in JSON, cut when it is long. */
function json(value: unknown): Markup {
  if (value === undefined) return html`<p class="muted">nothing</p>`;
  const text = JSON.stringify(value, null, 2);
  const rest = text.length - MOST_CHARACTERS;
  const more = rest > 0 && html`<p class="muted">and ${rest.toLocaleString("en-US")} more characters</p>`;
  return html`<pre><code>${text.slice(0, MOST_CHARACTERS)}</code></pre>${more}`;
}
