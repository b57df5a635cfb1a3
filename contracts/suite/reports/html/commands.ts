import type { RecordedExchange } from "../../report";
import { html, type Markup } from "./markup";
import type { Page } from "./page";

/** The commands that ask the last of some requests again: the target, unless it was a mock that is gone by now, and a mock. */
export function commands(exchanges: readonly RecordedExchange[], { mask, report }: Page): Markup | undefined {
  const last = exchanges.at(-1);
  if (!last) return undefined;
  const { target, isOwnMock } = report;
  const again = isOwnMock
    ? undefined
    : html`<h4>Ask the target again</h4>
<pre class="command"><code>${mask.curl(last, target === "" ? {} : { base: target })}</code></pre>\n`;
  return html`${again}<h4>Ask a mock the same</h4>
<pre class="command"><code>${mask.mockCurl(last)}</code></pre>`;
}
