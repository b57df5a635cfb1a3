import type { World } from "../world/world";
import type { AdviceRule, Evidence, Kept } from "./advice-rule";

const SHOWN_EVIDENCE = 5;

/** A piece of advice with what it rests on. */
export interface Advice {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  /** The newest first, no more than five. */
  readonly evidence: readonly Evidence[];
  readonly remedy: string;
  readonly assumptions?: readonly AssumptionCount[];
}

interface AssumptionCount {
  readonly id: string;
  readonly count: number;
  readonly operations: readonly string[];
}

/** What some rules have to say of what a world has kept. */
export function advise({ journal, deliveries }: World, rules: readonly AdviceRule[]): Advice[] {
  const kept: Kept = { requests: journal.entries(), deliveries: deliveries.values(), firstPages: journal.firstPages };
  return rules.flatMap((rule) => {
    const found = rule.find(kept);
    return found.length === 0 ? [] : [adviceOf(rule, found)];
  });
}

function adviceOf({ id, one, many, remedy }: AdviceRule, found: readonly Evidence[]): Advice {
  const assumptions = countAssumptions(found);
  return {
    id,
    title: `${found.length} ${found.length === 1 ? one : many}`,
    count: found.length,
    evidence: found.slice(-SHOWN_EVIDENCE).reverse(),
    remedy,
    ...(assumptions.length > 0 && { assumptions }),
  };
}

/** The most frequent first. */
function countAssumptions(found: readonly Evidence[]): AssumptionCount[] {
  const counts = new Map<string, { count: number; operations: Set<string> }>();
  for (const { assumptions = [], operation } of found) {
    for (const id of assumptions) {
      const counted = counts.get(id) ?? { count: 0, operations: new Set() };
      counted.count += 1;
      if (operation !== undefined) counted.operations.add(operation);
      counts.set(id, counted);
    }
  }
  return [...counts]
    .map(([id, { count, operations }]) => ({ id, count, operations: [...operations].sort() }))
    .sort((a, b) => b.count - a.count);
}
