import { html, type Markup } from "./markup";

const MOST_CHARACTERS = 1600;

/** A value as it would stand in JSON, cut when it is long. */
export function jsonBlock(value: unknown): Markup {
  if (value === undefined) return html`<p class="none">nothing</p>`;
  const text = JSON.stringify(value, null, 2);
  const rest = text.length - MOST_CHARACTERS;
  if (rest <= 0) return html`<pre><code>${text}</code></pre>`;
  return html`<pre><code>${text.slice(0, MOST_CHARACTERS)}</code></pre>
<p class="none">and ${rest.toLocaleString("en-US")} more characters</p>`;
}
