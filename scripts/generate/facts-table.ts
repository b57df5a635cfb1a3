import { existsSync, readFileSync } from "node:fs";
import { jsonPointer } from "../../contracts/json-pointer";
import { type ContractDocument, type ContractOperation, valueAt } from "./contract-document";

/** Facts by subject: each fact, where it is from, and the clause or the test that holds it. */
export type FactTable = Readonly<Record<string, readonly (readonly [fact: string, from: string, heldBy: string])[]>>;

const TEST = /^(\S+\.test\.ts): (.+)$/;
const OF_COMPONENTS = ["schemas", "responses", "parameters"];

/**
 * The page of what is known, and of what holds it.
 *
 * @throws when a clause, a test or an assumption that a fact names is not there
 */
export function factsPage(facts: FactTable, contract: ContractDocument, operations: readonly ContractOperation[]): string {
  const sections = Object.entries(facts).map(([subject, rows]) => {
    const lines = rows.map(([fact, from, heldBy]) => {
      if (!["documented", "observed"].includes(from) && !(from in contract["x-assumptions"])) {
        throw new Error(`facts: ${from} is in no ledger (${fact})`);
      }
      const holder = TEST.test(heldBy) ? testIn(heldBy) : clauseIn(heldBy, contract, operations);
      return `| ${fact} | ${from} | ${holder} |`;
    });
    return `## ${subject}\n\n| fact | from | held by |\n|---|---|---|\n${lines.join("\n").replaceAll("[]", "\\[\\]")}\n`;
  });
  return `# Facts

<!-- Generated from contracts/facts.yaml by \`npm run generate\`. Do not edit. -->

What is known of V2, and what holds it here: a clause of the [contract](../contracts/linq-v2.openapi.yaml), or a test,
which is in the repository alone. A fact is documented by the vendor, observed in traffic, or an [assumption](assumptions.md).

${sections.join("\n")}`;
}

function testIn(heldBy: string): string {
  const [, file = "", name = ""] = TEST.exec(heldBy) ?? [];
  if (!existsSync(file) || !readFileSync(file, "utf8").includes(JSON.stringify(name)))
    throw new Error(`facts: there is no test ${heldBy}`);
  return `${name} (\`${file}\`)`; // no link: the package has no tests
}

function clauseIn(clause: string, contract: ContractDocument, operations: readonly ContractOperation[]): string {
  const [first = "", ...rest] = clause.split("/");
  const operation = operations.find(({ id }) => id === first);
  const start = operation ? jsonPointer(["paths", operation.path, operation.method.toLowerCase()]).slice(1) : first;
  valueAt(contract, ["#", OF_COMPONENTS.includes(first) ? `components/${first}` : start, ...rest].join("/"));
  return `\`${clause.replaceAll("~1", "/")}\``;
}
