import type { ContractReport, Outcome } from "../../suite/report";
import type { Fault } from "./fault";

/** What the suite has said of a server with a fault, or without one. */
export interface Finding {
  /** Undefined for the server without a fault. */
  readonly fault: Fault | undefined;
  readonly seed: number;
  /** The checks that fail, those of shapes first, then the laws by their numbers. */
  readonly failed: readonly Outcome[];
  /** Those that neither fail nor pass. */
  readonly undecided: readonly Outcome[];
  /** Whether the one that has to tell of the fault is among those that fail. */
  readonly isCaught: boolean;
  /** Whether it is the first of them. */
  readonly isNamed: boolean;
}

export function findingOf(fault: Fault | undefined, { outcomes, seed }: ContractReport): Finding {
  const failed = outcomes.filter(({ verdict }) => verdict === "fail");
  const undecided = outcomes.filter(({ verdict }) => verdict !== "fail" && verdict !== "pass");
  const [first] = failed;
  return {
    fault,
    seed,
    failed,
    undecided,
    isCaught: failed.some((outcome) => tellsOf(outcome, fault)),
    isNamed: first !== undefined && tellsOf(first, fault),
  };
}

function tellsOf({ id }: Outcome, fault: Fault | undefined): boolean {
  if (!fault || !id.startsWith(fault.caughtBy)) return false;
  const rest = id.slice(fault.caughtBy.length);
  return rest === "" || (fault.caughtBy.startsWith("shape-") && /^[-:/]/.test(rest));
}
