import type { FixtureFaultRule } from "../../fixtures/generated/fixture-document";
import { type FaultKind, faultKinds, faultProfiles, kindOfFault } from "../../fixtures/resolve/fault-kinds";

/** The faults that befall answers, or webhooks, for their page. */
export function faultsTable(befalls: "answers" | "webhooks"): string {
  const kinds = (Object.keys(faultKinds) as FaultKind[]).filter((kind) => kindOfFault(kind).befalls === befalls);
  const rows = kinds.map((kind) => {
    const { takes, needs = [], about } = kindOfFault(kind);
    const options = takes.map((option) => (needs.includes(option) ? `**\`${option}\`**` : `\`${option}\``));
    return `| \`${kind}\` | ${options.join(", ")} | ${about} |`;
  });
  return ["| `fault` | options | what happens |", "|---|---|---|", ...rows].join("\n");
}

export function profilesTable(): string {
  const rows = Object.entries(faultProfiles).map(([name, { about, rules }]) => {
    return `| \`${name}\` | ${about} | ${rules.map((rule) => `\`${words(rule)}\``).join("<br>")} |`;
  });
  return ["| profile | situation | rules |", "|---|---|---|", ...rows].join("\n");
}

/** A rule as it stands in a flag. */
function words({ fault, ...others }: FixtureFaultRule): string {
  return [fault, ...Object.entries(others).map(([field, value]) => `${field}=${value}`)].join(" ");
}
