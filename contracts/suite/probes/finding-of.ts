import { TargetError } from "../../client/target-error";
import { Broken, Inconclusive, Refused, Skip, Unanswered } from "../judging/signals";
import type { AssumptionOutcome } from "../outcome";
import { Otherwise } from "./otherwise";

/** What came of one basis of an assumption. */
export type Finding = Pick<AssumptionOutcome, "outcome" | "detail" | "exchanges">;

/** What it means that a probe has thrown something. Whatever it is, nothing fails. */
export function findingOf(error: unknown): Finding {
  if (!(error instanceof Otherwise)) return { outcome: "not tried", detail: reasonOf(error), exchanges: [] };
  return { outcome: "contradicted", detail: error.message, exchanges: error.exchange ? [error.exchange] : [] };
}

/** Only what this suite has worded is told, since a server's own words may be about somebody. */
function reasonOf(error: unknown): string {
  if (error instanceof Skip || error instanceof Inconclusive || error instanceof Refused || error instanceof TargetError) {
    return error.message;
  }
  if (error instanceof Unanswered) {
    const { operation, response } = error.exchange;
    return `${operation} answered ${response.status}, where ${error.expected} was needed`;
  }
  if (error instanceof Broken) return `${error.evidence.what} did not come`;
  return "an answer that it rests on has an odd shape";
}
