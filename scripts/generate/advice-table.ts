import type { AdviceRule } from "../../mock-server/advice/advise";

/** The table of advice for docs/advice.md. */
export function adviceTable(rules: readonly AdviceRule[]): string {
  const rows = rules.map(({ id, one, remedy }) => `| \`${id}\` | ${one} | ${remedy} |`);
  return ["| id | seen | remedy |", "|---|---|---|", ...rows].join("\n");
}
