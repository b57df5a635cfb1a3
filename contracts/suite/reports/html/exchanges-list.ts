import { operations } from "../../../generated/v2/operations";
import type { RecordedExchange } from "../../report";
import { duration } from "./duration";
import { jsonBlock } from "./json-block";
import { html, type Markup } from "./markup";
import type { Page } from "./page";
import { shortened } from "./shortened";

const TOKENS = { own: undefined, none: " without a token", wrong: " with a wrong token" } as const;

export interface Shown {
  /** At most so many, the last. */
  readonly most: number;
  /** Where in an answer to look. */
  readonly pointer: string | undefined;
}

/** Requests and what was answered, shortened. */
export function exchangesList(
  exchanges: readonly RecordedExchange[],
  { most, pointer = "" }: Shown,
  { mask }: Page,
): Markup | undefined {
  if (exchanges.length === 0) return undefined;
  const shown = exchanges.slice(-most);
  const earlier = exchanges.length - shown.length;
  const items = shown.map(({ operation, request, response, token, ms }) => {
    const { method, path, body } = request;
    const answer = response.body === undefined ? undefined : shortened(response.body, pointer, (kept) => mask.value(kept));
    return html`<li><details>
<summary><code>${method} ${mask.path(path)}</code>${TOKENS[token]} <span class="result">→ ${response.status} in ${duration(ms)}</span></summary>
<p>${operations[operation].title}</p>
${body === undefined ? undefined : html`<h5>Sent</h5>${jsonBlock(mask.value(body))}`}
<h5>Answered</h5>${jsonBlock(answer)}
</details></li>\n`;
  });
  const last = shown.length === 1 ? "The last request" : `The last ${shown.length} requests`;
  return html`<h4>${earlier === 0 ? "The requests" : last}</h4>
<ol class="exchanges" start="${earlier + 1}">
${items}</ol>`;
}
