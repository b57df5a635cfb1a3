import type { Outcome } from "../../report";
import { html, type Markup } from "./markup";
import { prose } from "./prose";

/** What a check is called, with the number of a law. Titles are ours, so nothing in them has to be masked. */
export function checkTitle({ law, title }: Pick<Outcome, "law" | "title">): Markup {
  return law === undefined ? prose(title) : html`<span class="law">${law}</span> ${prose(title)}`;
}
