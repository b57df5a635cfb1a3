import type { ContractOperation } from "./contract-document";

/** The table of operations for the README. */
export function operationsTable(operations: readonly ContractOperation[]): string {
  const rows = operations.map(({ id, title, method, path, responses }) => {
    const statuses = responses.map(({ status }) => status).join(" ");
    return `| ${title} | \`${id}\` | \`${method} ${path}\` | ${statuses} |`;
  });
  return ["| | operation | method and path, below `/api/partner/v2` | statuses |", "|---|---|---|---|", ...rows].join("\n");
}
