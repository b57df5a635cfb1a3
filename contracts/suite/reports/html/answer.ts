import { VERDICTS } from "../../report";
import { exitMeaning } from "../exit-meaning";
import { headline } from "../headline";
import { verdictCounts } from "../verdict-counts";
import { counted } from "./counted";
import { duration } from "./duration";
import { facts } from "./facts";
import { html, type Markup } from "./markup";
import type { Page } from "./page";
import { verdictBadge } from "./verdict-badge";

/** The top of a page: what came of it, of what, and when. */
export function answer({ report, mask, strict }: Page): Markup {
  const { target, startedAt, ms, allowed, seed, line, requests, isOwnMock, outcomes } = report;
  const counts = verdictCounts(outcomes);
  const asked = Object.values(requests).reduce((sum, count) => sum + count, 0);
  const tiles = VERDICTS.map((verdict) => html`<li><b>${counts[verdict]}</b> ${verdictBadge(verdict)}</li>\n`);
  return html`<header>
<p class="kicker">Linq Partner API V2, the contract</p>
<h1>${headline(report, { strict })}</h1>
<ul class="counts">
${tiles}</ul>
${facts([
  ["Target", target === "" ? "a recording" : `${new URL(target).origin}${isOwnMock ? ", a mock of its own" : ""}`],
  ["Line", line === undefined ? "none" : mask.text(line)],
  ["Begun", html`<time datetime="${startedAt}">${startedAt.replace("T", " ").replace(/\.\d+Z$/, " UTC")}</time>`],
  ["Took", `${duration(ms)}, ${counted(asked, "request")}`],
  ["Allowed", allowed.map((kind) => `${kind} (${counted(requests[kind], "request")})`).join(", ")],
  ["Seed", seed],
  ["Exit code", exitMeaning(report, { strict })],
])}
</header>`;
}
