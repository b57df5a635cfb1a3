import { operations } from "../../../generated/v2/operations";
import type { OperationCoverage } from "../../coverage";
import { html, type Markup } from "./markup";
import { seenCase } from "./seen-case";
import { table } from "./table";

const COLUMNS = [{ title: "Where" }, { title: "In" }, { title: "Seen, and not" }];

/** What differs in the requests and answers of an operation; undefined when nothing does. */
export function coveredPlaces({ operation, places }: OperationCoverage): Markup | undefined {
  if (places.length === 0) return undefined;
  const { title } = operations[operation];
  const cases = places.flatMap((place) => place.cases);
  const rows = places.map(({ of, pointer, cases }) => ({
    cells: [
      html`<code>${pointer === "" ? "the whole" : pointer}</code>`,
      of,
      html`<span class="cases">${cases.map(({ name, count }) => html`${seenCase(name, count)} `)}</span>`,
    ],
  }));
  return html`<details class="places"><summary><h4>${title}</h4> ${cases.filter(({ count }) => count > 0).length} of ${cases.length}</summary>
${table(`Cases of ${title}`, COLUMNS, rows)}
</details>
`;
}
