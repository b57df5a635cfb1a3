import type { ContractDocument } from "./contract-document";
import type { Observation } from "./observations";

/** The ledger of what is assumed, which clauses of the contract rest on it, and who has seen it on the vendor's server. */
export function assumptionLedger(
  contract: ContractDocument,
  contractOfV3: ContractDocument,
  observations: readonly Observation[],
): string {
  const rows = assumptionsOf(contract).map(({ id, text, where }) => {
    const name = contract["x-asked-first"]?.includes(id) ? `${id} (asked first)` : id;
    const seen = observations.filter(({ assumption }) => assumption === id).map(sighting);
    return `| ${name} | ${text} | ${where} | ${seen.join("; ")} |`;
  });
  const rowsOfV3 = assumptionsOf(contractOfV3).map(({ id, text, where }) => `| ${id} | ${text} | ${where} |`);
  return `# Assumptions

<!-- Generated from the contract by \`npm run generate\`. Do not edit. -->

Nobody outside the vendor has written these down. Each is the likeliest answer we know and may turn out wrong. An answer of
the mock that one has shaped names it in the header \`X-Linq-Mock-Assumption\`, but for what all answers of a kind rest on, such as names,
counts, forms of times and fields that are always there. Evidence that one is wrong is the most welcome kind of issue: \`--facts\` [writes it down](contract.md#facts). Those that are probably stricter than the vendor are asked first.
What was seen confirmed counts as observed.

| id | what the mock assumes | clauses of the contract | seen on the vendor's server |
|---|---|---|---|
${rows.join("\n")}

## V3

| id | what the mock assumes | clauses of the contract |
|---|---|---|
${rowsOfV3.join("\n")}
`;
}

/** Each with its text on one line, and where the contract names it. */
function assumptionsOf(contract: ContractDocument): { readonly id: string; readonly text: string; readonly where: string }[] {
  const clauses = clausesByAssumption(contract);
  return Object.entries(contract["x-assumptions"]).map(([id, text]) => ({
    id,
    text: inCell(text.trim()),
    where: [...(clauses.get(id) ?? [])].map((clause) => `\`${clause}\``).join(", "),
  }));
}

/** Who has seen what and when, and what is to be done about it. */
function sighting({ answer, partly, seen, instead, evidence, date, file }: Observation): string {
  const answers = evidence.map(({ operation, status }) => `\`${operation}\` ${status}`).join(", ");
  const by = `[${date}](../contracts/observed/${file})${answers === "" ? "" : `, ${answers}`}`;
  if (answer === "confirmed") return `${partly ? "confirmed in part" : "confirmed"} (${by})`;
  return `**contradicted**: ${inCell(seen)} (${by}); ${instead === null ? "needs a change of the mock" : `the mock follows: ${instead}`}`;
}

function inCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");
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

/** The assumptions that a node names, as what it means or as what its demands rest on. */
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
