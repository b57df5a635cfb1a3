import { KINDS, type Kind } from "./kind";
import { laws } from "./laws/index";
import { probes } from "./probes/index";

/** What a run would do of one kind. */
export interface PlannedKind {
  readonly kind: Kind;
  /** Laws and probes. */
  readonly checks: number;
  /** At most so many. */
  readonly requests: number;
  readonly isAllowed: boolean;
}

/** How much the survey reads: the lines, lists, and what is in them. */
const SURVEY_REQUESTS = 12;

/** How many requests of which kind a run makes at most. */
export function planOf(allowed: ReadonlySet<Kind>): PlannedKind[] {
  return KINDS.map((kind) => {
    const ofKind = [...laws, ...probes].filter((check) => check.kind === kind);
    const requests = ofKind.reduce((sum, check) => sum + check.requests, kind === "read" ? SURVEY_REQUESTS : 0);
    return { kind, checks: ofKind.length, requests, isAllowed: allowed.has(kind) };
  });
}
