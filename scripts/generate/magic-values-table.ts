import type { MagicValue } from "../../mock-server/world/magic-values";

/** The table of magic values for docs/magic-values.md. */
export function magicValuesTable(values: readonly MagicValue[]): string {
  const rows = values.map(({ number, text, happens }) => {
    return `| \`${number}\` | ${text === undefined ? "" : `\`${text}\``} | ${happens} |`;
  });
  return ["| number | text | what happens |", "|---|---|---|", ...rows].join("\n");
}
