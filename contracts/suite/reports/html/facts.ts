import { html, type Insertable, type Markup } from "./markup";

/** Names and what they are; those that are nothing are left out. */
export function facts(entries: readonly (readonly [name: string, value: Insertable])[]): Markup {
  const known = entries.filter(([, value]) => value !== undefined);
  return html`<dl class="facts">
${known.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>`;
}
