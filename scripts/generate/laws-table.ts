import { ALLOW_FLAGS } from "../../contracts/client/kinds";
import type { Law } from "../../contracts/suite/law";

/** The table of laws for the contract kit's page. */
export function lawsTable(laws: readonly Law[]): string {
  const rows = laws.map(({ number, title, operation, kind, assumptions = [] }) => {
    const assumed = assumptions.length > 0 ? ` (assumed: ${assumptions.join(", ")})` : "";
    return `| ${number} | ${title}${assumed} | \`${operation}\` | ${ALLOW_FLAGS[kind]} |`;
  });
  return ["| | law | operation | `--allow` |", "|---|---|---|---|", ...rows].join("\n");
}
