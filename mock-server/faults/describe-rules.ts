import type { FaultRule } from "../world/model";

/** Rules as headers and logs show them: the name of each, and its fault where the name does not say it. */
export function describeRules(rules: readonly FaultRule[]): string {
  return rules.map(({ name, fault }) => (name === fault ? name : `${name} (${fault})`)).join(", ");
}
