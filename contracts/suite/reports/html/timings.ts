import { type OperationId, operations } from "../../../generated/v2/operations";
import type { RecordedExchange } from "../../report";

/** In milliseconds. */
export interface OperationTiming {
  readonly operation: OperationId;
  readonly count: number;
  readonly median: number;
  readonly slowest: number;
}

/** How long each operation took, in the vendor's order; refused tokens are left out, because nothing is done for them. */
export function timingsOf(exchanges: readonly RecordedExchange[]): OperationTiming[] {
  return (Object.keys(operations) as OperationId[]).flatMap((id) => {
    const times = exchanges.flatMap(({ operation, token, ms }) => (operation === id && token === "own" ? [ms] : []));
    times.sort((a, b) => a - b);
    if (times.length === 0) return [];
    return [{ operation: id, count: times.length, median: medianOf(times), slowest: times.at(-1) ?? 0 }];
  });
}

function medianOf(sorted: readonly number[]): number {
  const [below = 0, above = 0] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return (below + above) / 2;
}
