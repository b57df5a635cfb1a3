import { coveragePoints } from "../generated/v2/coverage-points";
import { WEBHOOK_EVENTS } from "../generated/v2/enumerations";
import { type OperationId, operations } from "../generated/v2/operations";
import type { ContractReport, RecordedExchange } from "./report";
import { type OperationShapes, placesIn, type Shape, type ShapePlace } from "./tally";

/** What of the contract a run has seen. */
export interface Coverage {
  readonly operations: readonly OperationCoverage[];
  readonly events: readonly Counted<{ readonly type: string }>[];
  readonly total: Share;
}

export interface OperationCoverage {
  readonly operation: OperationId;
  readonly requests: number;
  /** Those that the contract lists, and others that came. */
  readonly statuses: readonly Counted<{ readonly status: number }>[];
  /** The cases of requests that were granted, and of answers of success. The envelopes of refusals have one form each. */
  readonly places: readonly CoveredPlace[];
  readonly total: Share;
}

interface CoveredPlace extends ShapePlace {
  /** The status of the answers that it stands in, or `request`. */
  readonly of: string;
}

/** How many times something came, and whether the contract lists it. */
type Counted<T> = T & { readonly count: number; readonly isListed: boolean };

/** So many of so many cases that the contract lists were seen. */
export interface Share {
  readonly seen: number;
  readonly of: number;
}

/** What of the contract a run has seen: of each operation every status, branch, value, null, optional field and empty list; and every event. */
export function coverageOf({ exchanges, events }: Pick<ContractReport, "exchanges" | "events">): Coverage {
  const covered = (Object.keys(operations) as OperationId[]).map((id) =>
    operationCoverage(
      id,
      exchanges.filter(({ operation }) => operation === id),
    ),
  );
  const came = events.map(({ type }) => type);
  const seen = counted<string>(WEBHOOK_EVENTS, came).map(({ key, ...rest }) => ({ type: key, ...rest }));
  const shares = [...covered.map(({ total }) => total), shareOf(seen.filter(({ isListed }) => isListed))];
  const total = shares.reduce((sum, share) => ({ seen: sum.seen + share.seen, of: sum.of + share.of }), { seen: 0, of: 0 });
  return { operations: covered, events: seen, total };
}

function operationCoverage(operation: OperationId, exchanges: readonly RecordedExchange[]): OperationCoverage {
  const came = exchanges.map(({ response }) => response.status);
  const statuses = counted<number>(operations[operation].statuses, came).map(({ key, ...rest }) => ({ status: key, ...rest }));
  const places = coveredPlaces(coveragePoints.operations[operation], exchanges);
  const cases = [...statuses.filter(({ isListed }) => isListed), ...places.flatMap((place) => place.cases)];
  return { operation, requests: exchanges.length, statuses, places, total: shareOf(cases) };
}

function coveredPlaces({ request, ...answers }: OperationShapes, exchanges: readonly RecordedExchange[]): CoveredPlace[] {
  const places = (of: string, shape: Shape, bodies: readonly unknown[]): CoveredPlace[] =>
    placesIn(shape, coveragePoints.shared, bodies).map((place) => ({ of, ...place }));
  const granted = exchanges.filter(({ response }) => response.status < 300);
  return [
    ...(request ? places("request", request, granted.map(contentsOf)) : []),
    ...Object.entries(answers).flatMap(([status, shape]) => {
      const answered = exchanges.filter(({ response }) => String(response.status) === status);
      return places(
        status,
        shape,
        answered.map(({ response }) => response.body),
      );
    }),
  ];
}

function contentsOf({ request }: RecordedExchange): unknown {
  const [, query = ""] = request.path.split("?");
  return { query: Object.fromEntries(new URLSearchParams(query)), body: request.body };
}

/** How often each of a list came, and after them what else did. */
function counted<T>(listed: readonly T[], came: readonly T[]): { key: T; count: number; isListed: boolean }[] {
  return [...new Set([...listed, ...came])].map((key) => ({
    key,
    count: came.filter((other) => other === key).length,
    isListed: listed.includes(key),
  }));
}

function shareOf(cases: readonly { readonly count: number }[]): Share {
  return { seen: cases.filter(({ count }) => count > 0).length, of: cases.length };
}
