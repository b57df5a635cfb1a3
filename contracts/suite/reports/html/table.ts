import { html, type Insertable, type Markup } from "./markup";

export interface Column {
  readonly title: string;
  readonly isNumber?: true;
}

export interface Row {
  /** The first is what the row is about. */
  readonly cells: readonly Insertable[];
  /** What the row can be chosen by. */
  readonly verdict?: string;
}

const NUMBER = html` class="number"`;

/** What becomes of a row where the page is narrow: a line for each cell, or one for all. */
export type Layout = "stack" | "dense";

/** A table whose rows become blocks where the page is narrow; the roles keep it a table then. */
export function table(caption: string, columns: readonly Column[], rows: readonly Row[], layout: Layout = "stack"): Markup {
  const heads = columns.map(({ title, isNumber }) => {
    return html`<th role="columnheader" scope="col"${isNumber && NUMBER}>${title}</th>`;
  });
  return html`<table role="table" class="${layout}">
<caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${heads}</tr></thead>
<tbody role="rowgroup">
${rows.map(({ cells, verdict }) => html`<tr role="row"${verdict && html` data-verdict="${verdict}"`}>${cells.map((cell, i) => cellOf(cell, columns[i], i))}</tr>\n`)}</tbody>
</table>`;
}

function cellOf(cell: Insertable, column: Column | undefined, index: number): Markup {
  if (index === 0) return html`<th role="rowheader" scope="row">${cell}</th>`;
  return html`<td role="cell"${column?.isNumber && NUMBER} data-label="${column?.title}">${cell}</td>`;
}
