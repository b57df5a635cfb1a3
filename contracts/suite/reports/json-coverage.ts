import { type OperationId, operations } from "../../generated/v2/operations";
import { coverageOf } from "../coverage";
import type { ContractReport, RecordedExchange } from "../report";
import type { Redaction } from "./redaction";

/** What of the contract was seen. */
export interface JsonCoverage {
  /** Of the cases that the contract tells apart. */
  readonly seen: number;
  readonly of: number;
  readonly operations: readonly {
    readonly operation: OperationId;
    readonly requests: number;
    readonly seen: number;
    readonly of: number;
    /** How often each status was answered. */
    readonly statuses: readonly { readonly status: number; readonly count: number; readonly is_listed: boolean }[];
    /** `200 /data/email: null`. */
    readonly not_seen: readonly string[];
  }[];
  readonly events: readonly { readonly type: string; readonly count: number; readonly is_listed: boolean }[];
}

export function jsonCoverage(report: ContractReport, shown: Redaction): JsonCoverage {
  const { operations: covered, events, total } = coverageOf(report);
  return {
    ...total,
    operations: covered.map((one) => ({
      ...{ operation: one.operation, requests: one.requests, ...one.total },
      statuses: one.statuses.map(({ status, count, isListed }) => ({ status, count, is_listed: isListed })),
      not_seen: one.places.flatMap(({ of, pointer, cases }) =>
        cases.filter(({ count }) => count === 0).map(({ name }) => `${of} ${pointer === "" ? "the whole" : pointer}: ${name}`),
      ),
    })),
    events: events.map(({ type, count, isListed }) => ({ type: shown.text(type), count, is_listed: isListed })),
  };
}

/** How long the answers of an operation took, waits for a turn left out. */
export interface JsonTiming {
  readonly operation: OperationId;
  readonly count: number;
  readonly median_ms: number;
  readonly slowest_ms: number;
}

/** In the vendor's order; refused tokens are left out, because nothing is done for them. */
export function timingsOf(exchanges: readonly RecordedExchange[]): JsonTiming[] {
  return (Object.keys(operations) as OperationId[]).flatMap((id) => {
    const times = exchanges.flatMap(({ operation, token, ms }) => (operation === id && token === "own" ? [ms] : []));
    times.sort((a, b) => a - b);
    const [below, above] = [times[Math.floor((times.length - 1) / 2)], times[Math.floor(times.length / 2)]];
    if (below === undefined || above === undefined) return [];
    const [median_ms, slowest_ms] = [(below + above) / 2, times.at(-1) ?? 0].map(Math.round) as [number, number];
    return [{ operation: id, count: times.length, median_ms, slowest_ms }];
  });
}
