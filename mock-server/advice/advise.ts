import { USER_AGENT } from "../../contracts/client/user-agent";
import { isUrl } from "../../contracts/urls";
import { type ApiVersions, versionFor } from "../server/api-version";
import type { JournalReader } from "../server/journal-reader";
import { CONTROL_PREFIX, RECEIVER_HOOK } from "../server/paths";
import { readPreference } from "../server/prefer-header";
import type { Delivery } from "../world/delivery-log";
import { type JournalEntry, pathOf } from "../world/journal";
import type { World } from "../world/world";

/** What a sandbox has kept of its caller, each oldest first. */
export interface Kept {
  readonly requests: readonly JournalEntry[];
  readonly deliveries: readonly Delivery[];
  readonly deliveriesEvicted: number;
  /** How often the first page of a list was read; below 0 when a later page was. */
  readonly firstPages: ReadonlyMap<string, number>;
  /** What reads a request: that of its version. */
  callsOf(entry: JournalEntry): JournalReader;
}

/** A place where something shows. */
export interface Evidence {
  /** By their ids in the journal. */
  readonly requests?: readonly string[];
  /** By their ids in the delivery log. */
  readonly deliveries?: readonly number[];
  /** Milliseconds since 1970, by the sandbox's clock. */
  readonly at: number;
  readonly what: string;
  /** The assumptions that it is about. */
  readonly assumptions?: readonly string[];
  readonly operation?: string;
}

/** A piece of advice, and how to find whether a caller needs it. */
export interface AdviceRule {
  readonly id: string;
  /** What was seen, so that it can stand behind a number: for one, and for several. */
  readonly one: string;
  readonly many: string;
  readonly remedy: string;
  /** How much of the evidence is shown. Default: 5. */
  readonly shown?: number;
  /** In the order in which it was seen. Empty when there is nothing to advise. */
  find(kept: Kept): readonly Evidence[];
}

/** How much earlier than it should a client's timer may ring, so that it still has waited as was recommended. */
export const TIMER_JITTER_MS = 50;

const SHOWN_EVIDENCE = 5;

/** A piece of advice with what it rests on. */
export interface GivenAdvice {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  /** The newest first, no more than the rule says. */
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
export function advise({ journal, deliveries }: World, versions: ApiVersions, rules: readonly AdviceRule[]): GivenAdvice[] {
  const kept: Kept = {
    requests: journal.entries().filter(({ headers }) => headers["user-agent"] !== USER_AGENT),
    deliveries: deliveries.values().filter(({ url }) => !isOwnReceiver(url)),
    deliveriesEvicted: deliveries.counts.evicted,
    firstPages: journal.firstPages,
    callsOf: (entry) => versionFor(versions, pathOf(entry)).calls,
  };
  return rules.flatMap((rule) => {
    const found = rule.find(kept);
    return found.length === 0 ? [] : [adviceOf(rule, found)];
  });
}

/** What the mock's own receiver does is nobody's mistake. */
function isOwnReceiver(url: string): boolean {
  return isUrl(url) && new URL(url).pathname.endsWith(`${CONTROL_PREFIX}${RECEIVER_HOOK}`);
}

function adviceOf({ id, one, many, remedy, shown = SHOWN_EVIDENCE }: AdviceRule, found: readonly Evidence[]): GivenAdvice {
  const assumptions = countAssumptions(found);
  return {
    id,
    title: `${found.length} ${found.length === 1 ? one : many}`,
    count: found.length,
    evidence: found.slice(-shown).reverse(),
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

/** What is to be said at the end of all the worlds of a mock, a line for each piece of advice; empty when there is none. */
export function summariseAdvice(worlds: Iterable<World>, versions: ApiVersions, rules: readonly AdviceRule[]): string {
  const counts = new Map<string, number>();
  for (const world of worlds) {
    for (const { id, count } of advise(world, versions, rules)) counts.set(id, (counts.get(id) ?? 0) + count);
  }
  return rules
    .flatMap(({ id, one, many, remedy }) => {
      const count = counts.get(id);
      return count === undefined ? [] : [`Advice: ${count} ${count === 1 ? one : many}. ${remedy} (docs/advice.md, ${id})\n`];
    })
    .join("");
}

/** Whether the caller asked for this answer by `Prefer`, so that it says nothing of the operation. */
export function isForced({ headers: { prefer } }: JournalEntry): boolean {
  return prefer !== undefined && readPreference(String(prefer)) !== undefined;
}
