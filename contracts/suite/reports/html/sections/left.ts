import { operations } from "../../../../generated/v2/operations";
import { jsonBlock } from "../json-block";
import { html } from "../markup";
import type { Page, Section } from "../page";
import { table } from "../table";

/** What the run made and could not remove. */
export function leftSection({ report, mask }: Page): Section {
  const rows = report.left.map(({ operation, path, undo }) => ({
    cells: [
      html`<code>${mask.path(path)}</code>`,
      operations[operation].title,
      html`<code>${undo.method} ${mask.path(undo.path)}</code>${undo.body === undefined ? undefined : jsonBlock(mask.value(undo.body))}`,
    ],
  }));
  const columns = [{ title: "What" }, { title: "Made by" }, { title: "Removed by" }];
  return {
    id: "left",
    title: "Left behind",
    count: rows.length,
    none: "Whatever was made is removed.",
    body: rows.length === 0 ? undefined : table("What could not be removed", columns, rows),
  };
}
