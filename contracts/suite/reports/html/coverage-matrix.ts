import { operations } from "../../../generated/v2/operations";
import type { OperationCoverage } from "../../coverage";
import { html, type Markup } from "./markup";

/** Operations by statuses. */
export function coverageMatrix(covered: readonly OperationCoverage[]): Markup {
  const statuses = [...new Set(covered.flatMap((operation) => operation.statuses.map(({ status }) => status)))].sort(
    (a, b) => a - b,
  );
  const heads = ["Operation", ...statuses, "Cases"].map((title) => html`<th role="columnheader" scope="col">${title}</th>`);
  return html`<table role="table" class="matrix">
<caption>How often each operation answered with each status; ○ is a status of the contract that was not seen</caption>
<thead role="rowgroup"><tr role="row">${heads}</tr></thead>
<tbody role="rowgroup">
${covered.map((operation) => rowOf(operation, statuses))}</tbody>
</table>`;
}

function rowOf({ operation, statuses, total }: OperationCoverage, columns: readonly number[]): Markup {
  const cells = columns.map((column) => {
    const found = statuses.find(({ status }) => status === column);
    return found ? cellOf(found) : html`<td role="cell" class="undeclared"></td>`;
  });
  return html`<tr role="row"><th role="rowheader" scope="row">${operations[operation].title}</th>${cells}<td role="cell" class="share">${total.seen} of ${total.of}</td></tr>\n`;
}

function cellOf({ status, count, isListed }: OperationCoverage["statuses"][number]): Markup {
  const label = html`<span class="label">${status}</span>`;
  if (!isListed)
    return html`<td role="cell" class="extra">${label} ${count}<span class="spoken"> not in the contract</span><span aria-hidden="true">!</span></td>`;
  if (count > 0) return html`<td role="cell" class="seen">${label} ${count}</td>`;
  return html`<td role="cell" class="unseen">${label} <span aria-hidden="true">○</span><span class="spoken">not seen</span></td>`;
}
