import { html, type Markup } from "./markup";

/** A sentence whose words between backticks are code. */
export function prose(sentence: string): Markup {
  const parts = sentence.split(/`([^`]+)`/);
  return html`${parts.map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}
