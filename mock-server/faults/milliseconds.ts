import type { FaultRule } from "../world/model";

const DEFAULT_MS = 5000;

/** How long a rule says; of a range, the part that `share` (0 to 1) points to. */
export function milliseconds({ ms = DEFAULT_MS, max_ms: most = ms }: FaultRule, share: number): number {
  return Math.round(ms + (most - ms) * share);
}
