import { ALLOW_FLAGS, KINDS, kindsAllowed } from "../../../contracts/client/kinds";
import type { planOf } from "../../../contracts/suite/run";
import type { ContractFlags } from "./contract-flags";

const WHAT = {
  read: "reads (GET)",
  write: "writes, and reaches nobody",
  visible: "is seen by a person",
  send: "sends to a person",
} as const;

/** What a run would ask, and what not. */
export function describePlan({ target, allow, recipient }: ContractFlags, plan: typeof planOf): string {
  const planned = plan(new Set(target === undefined ? KINDS : ["read", ...kindsAllowed(allow)]));
  const rows = planned.map(({ kind, checks, requests, isAllowed }) => {
    const what = WHAT[kind].padEnd(27);
    return isAllowed
      ? `  ${what} ${checks} checks, at most ${requests} requests\n`
      : `  ${what} not asked (${checks} checks); --allow ${ALLOW_FLAGS[kind]} allows it\n`;
  });
  const total = planned.filter(({ isAllowed }) => isAllowed).reduce((sum, { requests }) => sum + requests, 0);
  const people = recipient.length === 1 ? "1 recipient" : `${recipient.length} recipients`;
  return `Plan for ${target ?? "a mock of its own"}, at most ${total} requests${recipient.length > 0 ? `, to ${people}` : ""}:\n${rows.join("")}Nothing was asked.\n`;
}
