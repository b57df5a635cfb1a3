import { html, type Markup } from "./markup";

/** A case with the number of times that it was seen. */
export function seenCase(name: string, count: number): Markup {
  if (count === 0)
    return html`<span class="case unseen"><span aria-hidden="true">○</span> ${name}<span class="spoken"> not seen</span></span>`;
  return html`<span class="case seen"><span aria-hidden="true">●</span> ${name} <b>${count}</b></span>`;
}
