import { operations } from "../../../../generated/v2/operations";
import { duration } from "../duration";
import { html, type Markup } from "../markup";
import type { Page, Section } from "../page";
import { table } from "../table";
import { type OperationTiming, timingsOf } from "../timings";

/** How long the answers took. */
export function timingsSection({ report }: Page): Section {
  const timings = timingsOf(report.exchanges);
  const longest = Math.max(...timings.map(({ slowest }) => slowest));
  const rows = timings.map((timing) => ({
    cells: [
      operations[timing.operation].title,
      timing.count,
      duration(timing.median),
      duration(timing.slowest),
      bar(timing, longest),
    ],
  }));
  const numbers = ["Requests", "Median", "Slowest"].map((title) => ({ title, isNumber: true }) as const);
  return {
    id: "timings",
    title: "Timings",
    none: "Nothing was asked.",
    body:
      rows.length === 0
        ? undefined
        : table(
            "How long answers took, waits for a turn left out; a bar is as long as the slowest, and its first part as the median",
            [{ title: "Operation" }, ...numbers, { title: "Median and slowest" }],
            rows,
            "dense",
          ),
  };
}

/** The same as the numbers beside it, so it needs no words. */
function bar({ median, slowest }: OperationTiming, longest: number): Markup {
  const width = (ms: number): string => ((ms / longest) * 100).toFixed(1);
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
<rect class="slowest" width="${width(slowest)}" height="8"/><rect class="median" width="${width(median)}" height="8"/></svg>`;
}
