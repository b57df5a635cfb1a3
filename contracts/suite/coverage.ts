import { coveragePoints } from "../generated/v2/coverage-points";
import { WEBHOOK_EVENTS } from "../generated/v2/enumerations";
import { type OperationId, operations } from "../generated/v2/operations";
import type { ContractReport, RecordedExchange } from "./report";
import { type OperationShapes, type Shape, type ShapePlace, ShapeTally } from "./tally";

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
  /** What can be told apart in what is asked and granted, and in what success answers. The envelopes of refusals have one form each. */
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
  const covered = (Object.keys(operations) as OperationId[]).map((id) => {
    return operationCoverage(
      id,
      exchanges.filter(({ operation }) => operation === id),
    );
  });
  const types = events.map(({ type }) => type);
  const seen = counted<string>(WEBHOOK_EVENTS, types).map(({ key, ...rest }) => ({ type: key, ...rest }));
  return {
    operations: covered,
    events: seen,
    total: sumOfShares([...covered.map(({ total }) => total), shareOf(seen.filter(({ isListed }) => isListed))]),
  };
}

function operationCoverage(operation: OperationId, exchanges: readonly RecordedExchange[]): OperationCoverage {
  const declared: readonly number[] = operations[operation].statuses;
  const came = exchanges.map(({ response }) => response.status);
  const statuses = counted(declared, came).map(({ key, ...rest }) => ({ status: key, ...rest }));
  const places = coveredPlaces(coveragePoints.operations[operation], exchanges);
  const cases = [...statuses.filter(({ isListed }) => isListed), ...places.flatMap((place) => place.cases)];
  return { operation, requests: exchanges.length, statuses, places, total: shareOf(cases) };
}

function coveredPlaces({ request, ...answers }: OperationShapes, exchanges: readonly RecordedExchange[]): CoveredPlace[] {
  const answered = Object.entries(answers).flatMap(([status, shape]) => {
    const bodies = exchanges.flatMap(({ response }) => (String(response.status) === status ? [response.body] : []));
    return placesIn(status, shape, bodies);
  });
  return request ? [...placesIn("request", request, exchanges.filter(isGranted).map(askedBy)), ...answered] : answered;
}

function placesIn(of: string, shape: Shape, bodies: readonly unknown[]): CoveredPlace[] {
  const tally = new ShapeTally(shape, coveragePoints.shared);
  for (const body of bodies) tally.see(body);
  return tally.places().map((place) => ({ of, ...place }));
}

function isGranted({ response }: RecordedExchange): boolean {
  return response.status < 300;
}

function askedBy({ request }: RecordedExchange): unknown {
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

function sumOfShares(shares: readonly Share[]): Share {
  return shares.reduce((total, { seen, of }) => ({ seen: total.seen + seen, of: total.of + of }), { seen: 0, of: 0 });
}
