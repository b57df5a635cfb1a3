import type { ContractOperation } from "./contract-document";

/** The table of operations for the README, and whether the mock answers them yet. */
export function operationsTable(
  operations: readonly ContractOperation[],
  isBuilt: (operation: ContractOperation) => boolean,
): string {
  const rows = operations.map((operation) => {
    const { title, method, path, responses } = operation;
    const statuses = responses.map(({ status }) => status).join(" ");
    return `| ${title} | \`${method} ${path}\` | ${statuses} | ${isBuilt(operation) ? "yes" : ""} |`;
  });
  return ["| operation | method and path, below `/api/partner/v2` | statuses | built |", "|---|---|---|---|", ...rows].join(
    "\n",
  );
}
