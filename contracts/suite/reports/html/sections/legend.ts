import { html } from "../markup";
import type { Page, Section } from "../page";
import { table } from "../table";

/** What the pseudonyms stand for. */
export function legendSection({ mask }: Page): Section {
  const rows = [...mask.legend()].map(([pseudonym, place]) => ({ cells: [html`<code>${pseudonym}</code>`, place] }));
  const columns = [{ title: "Pseudonym" }, { title: "Where it is found" }];
  return {
    id: "legend",
    title: "Pseudonyms",
    count: rows.length,
    none: "Nothing had to be masked.",
    body: rows.length === 0 ? undefined : table("Where somebody with access finds what was masked", columns, rows),
  };
}
