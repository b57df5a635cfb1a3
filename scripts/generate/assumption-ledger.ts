import type { ContractDocument } from "./contract-document";

/** The ledger of what is assumed, and which clauses of the contract rest on it. */
export function assumptionLedger(contract: ContractDocument): string {
  const clauses = clausesByAssumption(contract);
  const rows = Object.entries(contract["x-assumptions"]).map(([id, text]) => {
    const where = [...(clauses.get(id) ?? [])].map((clause) => `\`${clause}\``).join(", ");
    return `| ${id} | ${text.trim().replaceAll("\n", " ")} | ${where} |`;
  });
  return `# Assumptions

<!-- Generated from the contract by \`npm run generate\`. Do not edit. -->

Nobody outside the vendor has written these down. Each is the likeliest answer we know and may turn out wrong. An answer of
the mock that one has shaped names it in the header \`X-Linq-Mock-Assumption\`. Evidence that one is wrong is the most
welcome kind of issue.

| id | what the mock assumes | clauses of the contract |
|---|---|---|
${rows.join("\n")}
`;
}

function clausesByAssumption(contract: ContractDocument): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const visit = (node: unknown, clause: string): void => {
    if (typeof node !== "object" || node === null) return;
    for (const id of assumptionsAt(node)) found.set(id, (found.get(id) ?? new Set()).add(clause));
    for (const [key, child] of Object.entries(node)) {
      visit(child, (child as { operationId?: string } | null)?.operationId ?? clauseName(clause, key));
    }
  };
  visit({ ...contract, "x-assumptions": {} }, "");
  return found;
}

/** Those that a node names, as what it means or as what its demands rest on. */
function assumptionsAt(node: object): string[] {
  const { "x-assumption": meant = [], "x-basis": basis = [] } = node as {
    "x-assumption"?: string[];
    "x-basis"?: object | string;
  };
  const rested = typeof basis === "string" || Array.isArray(basis) ? basis : Object.values(basis).flat();
  return [...meant, ...[rested].flat()].filter((id) => id.startsWith("A-"));
}

/** Components and events go by their own name, operations by their id, so deeper keys add nothing. */
function clauseName(parent: string, key: string): string {
  const containers = [
    "",
    "components",
    "schemas",
    "parameters",
    "responses",
    "webhooks",
    "paths",
    "headers",
    "securitySchemes",
  ];
  return containers.includes(parent) || parent.startsWith("/") ? key : parent;
}
